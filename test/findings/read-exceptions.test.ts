import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  EXCEPTIONS_NAME,
  parseExceptions,
  readExceptions,
} from '../../lib/findings/read-exceptions.ts';
import { createVolatileStore } from '../../lib/storage/store.ts';

const read = (text: string) => parseExceptions(Buffer.from(text));
const line = {
  line: 2,
  person: 'ada@contoso.example',
  reason: 'No phone',
  approvedBy: 'Bo',
  expires: '2026-12-31',
};

describe('parseExceptions', () => {
  it.each([
    ['commas', 'person,reason,approved by,expires\nada@contoso.example,No phone,Bo,2026-12-31'],
    ['semicolons', 'person;reason;approved by;expires\nada@contoso.example;No phone;Bo;2026-12-31'],
    [
      'a byte order mark',
      '\uFEFFperson,reason,approved by,expires\nada@contoso.example,No phone,Bo,2026-12-31',
    ],
    [
      'Windows line ends and blanks',
      'person , reason,approved by,expires\r\n ada@contoso.example ,No phone, Bo,2026-12-31 \r\n\r\n',
    ],
    [
      'another case, order and spelling of the header',
      'Expires,APPROVED_BY,Rea son,PERSON,ticket\n2026-12-31,Bo,No phone,ada@contoso.example,7',
    ],
    [
      'quotes',
      '"person","reason","approved by","expires"\n"ada@contoso.example","No phone","Bo","2026-12-31"',
    ],
  ])('reads a register with %s', (_case, text) => {
    expect(read(text)).toEqual({ state: 'read', lines: [line] });
  });

  it('excepts nobody where there is no file', async () => {
    expect(await readExceptions(createVolatileStore())).toEqual({ state: 'read', lines: [] });
  });

  const header = 'person,reason,approved by,expires\n';
  it.each([
    ['more than 5 MB', '5 MB', `${header}${'x'.repeat(5 * 1024 * 1024)}`],
    ['more than 50,000 lines', '50,000 lines', header + 'a,b,c,2026-12-31\n'.repeat(50_000)],
    ['as many ends of lines of another kind', '50,000 lines', header + '\r'.repeat(50_001)],
  ])('reads nothing of a file of %s, and takes nobody’s exception away', async (_, limit, text) => {
    const store = createVolatileStore();
    await store.put(EXCEPTIONS_NAME, Buffer.from(text), 'always');

    const problem = `exceptions.csv is longer than ${limit} and was not read; what it said last holds on. Shorten it.`;
    expect(await readExceptions(store)).toEqual({ state: 'unreadable', problem });
  });

  it('cuts a text of a million characters', () => {
    const { lines } = Object.assign(
      { lines: [] },
      read(`${header}a,${'b'.repeat(1e6)},c,2026-12-31`),
    );

    expect(lines).toMatchObject([{ person: 'a', reason: 'b'.repeat(1000), approvedBy: 'c' }]);
  });

  it('tells the line of the file, also after a value of two lines and an empty one', () => {
    const { lines } = Object.assign(
      { lines: [] },
      read('person,reason,approved by,expires\na,"one\ntwo",b,c\n\n,,,\nd,e "f",g\n'),
    );

    expect(lines).toMatchObject([
      { line: 2, reason: 'one\ntwo' },
      { line: 6, reason: 'e "f"', expires: '' },
    ]);
  });

  it.each([
    ['is not UTF-8', Buffer.from([0xff, 0xfe, 0x70, 0x00])],
    ['has no such header', Buffer.from('ada@contoso.example,No phone,Bo,2026-12-31')],
    ['is empty', Buffer.from('')],
    ['lacks a column', Buffer.from('person,reason,expires\n')],
    ['opens a quotation mark', Buffer.from('person,reason,approved by,expires\n"ada,b,c,d\n')],
  ])('uses nothing of a file that %s', (_case, bytes) => {
    const { state, problem } = Object.assign({ problem: '' }, parseExceptions(bytes));

    expect(state).toBe('malformed');
    expect(problem).toMatch(/^exceptions\.csv .*; until then nobody is excepted\.$/);
    expect(problem).not.toContain('ada');
  });

  it('gives lines or a problem, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string(), (bytes, text) => {
        const header = Buffer.from('person,reason,approved by,expires\n');
        const all = [bytes, Buffer.from(text)].map((rest) =>
          parseExceptions(Buffer.concat([header, rest])),
        );

        expect(all.every(({ state }) => state === 'read' || state === 'malformed')).toBe(true);
      }),
    );
  });
});
