import { afterEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { parseList } from '../../lib/graph/parse-page.ts';
import type { BodyEncoding } from '../../lib/graph/parse-page.ts';
import { anyText } from '../support/any-text.ts';
import { runsOf } from '../support/extent.ts';

const NEXT = 'https://graph.example/v1.0/things?$skiptoken=a';
const CONTEXT = { '@odata.context': 'https://graph.example/v1.0/$metadata#things' };

/** Texts that look like the end of a row and the beginning of the next. */
const LURES = ['},{"id":', '"},{"id":"', ']},{"id":1', '\\"},{\\"id\\":', '"value":[', '{"id":'];

const aText = fc.oneof(anyText(), fc.constantFrom(...LURES));
const aRow = fc.record({
  id: aText,
  steps: fc.array(fc.record({ id: aText, text: aText }), { maxLength: 3 }),
  more: fc.dictionary(fc.constantFrom('a', 'id', 'value', '@odata.type'), fc.jsonValue()),
});

/** Long enough to be cut several times. */
function aLongList(rows: readonly object[]): readonly object[] {
  const filling = 'x'.repeat(700);
  return Array.from({ length: 400 }, (_, index) => ({ ...rows[index % rows.length], filling }));
}

function parse(text: string, encoding: BodyEncoding = 'utf8') {
  return parseList(Buffer.from(text), { encoding, decode: (row) => row });
}

afterEach(() => {
  jest.restoreAllMocks();
});

describe('a long page', () => {
  it('holds the same rows and the same link as when it is parsed at once', () => {
    fc.assert(
      fc.property(fc.array(aRow, { minLength: 1, maxLength: 5 }), fc.boolean(), (rows, isFirst) => {
        const link = { '@odata.nextLink': NEXT };
        const value = aLongList(rows);
        const page = { ...CONTEXT, ...(isFirst ? link : {}), value, ...(isFirst ? {} : link) };
        const text = JSON.stringify(page);

        expect(parse(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: runsOf(60) },
    );
  });

  it.each<[string, (value: readonly object[]) => string]>([
    ['is written over many lines', (value) => JSON.stringify({ value }, undefined, 2)],
    [
      'has a list of the same name before it',
      (value) => JSON.stringify({ a: { value: [1] }, value }),
    ],
    [
      'has a list of nearly the same name before it',
      (value) => `{"\\"value":${JSON.stringify(value)},"value":[]}`,
    ],
    [
      'has rows that are no records',
      (value) => JSON.stringify({ value: value.map(() => 'x'.repeat(700)) }),
    ],
    [
      'names the link before and has no rows',
      () => `{"@odata.nextLink":"${NEXT}","value":[]}${' '.repeat(200_000)}`,
    ],
  ])('is read as well where it %s', (_, write) => {
    const text = write(aLongList([{ id: 'a' }]));

    expect(parse(text)).toEqual(JSON.parse(text));
  });

  it('is never parsed as a whole, though rows hold lists of records that begin like them', () => {
    const policies = Array.from({ length: 12 }, (_, index) => ({
      id: `${index}`,
      displayName: 'x',
    }));
    const text = JSON.stringify({
      value: aLongList([{ id: 'a', createdDateTime: 'b', policies }]),
    });
    const parsing = jest.spyOn(JSON, 'parse');

    const list = parse(text);

    const lengths = parsing.mock.calls.map(([part]) => part.length);
    expect(list?.value).toHaveLength(400);
    expect(Math.max(...lengths)).toBeLessThan(text.length / 4);
  });

  it('gives every row to the decoder once, in order', () => {
    const rows = aLongList([{ id: 'a' }]).map((row, index) => ({ ...row, index }));
    const bytes = Buffer.from(JSON.stringify({ value: rows }));

    const list = parseList(bytes, {
      encoding: 'latin1',
      decode: (row) => (row as { readonly index: number }).index,
    });

    expect(list?.value).toEqual(rows.map((_, index) => index));
  });

  it.each([0.1, 0.5, 0.9, 0.999])('is no JSON where only %f of it came', (share) => {
    const text = JSON.stringify({ ...CONTEXT, value: aLongList([{ id: 'a' }]) });

    expect(() => parse(text.slice(0, Math.floor(text.length * share)))).toThrow(SyntaxError);
  });

  it('is no list where it is something else', () => {
    expect(parse(JSON.stringify({ error: { code: 'x'.repeat(200_000) } }))).toBeUndefined();
    expect(parse(JSON.stringify(aLongList([{ id: 'a' }])))).toBeUndefined();
  });
});
