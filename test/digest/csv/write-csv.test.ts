import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import type { CsvFile } from '../../../lib/digest/csv/csv-files.ts';
import { collectCsv, openCsv } from '../../../lib/digest/csv/write-csv.ts';
import { cell } from '../../../lib/digest/text/safe-text.ts';
import { anyText } from '../../support/any-text.ts';
import { runsOf } from '../../support/extent.ts';

const FORMULA = /^[=+\-@＝＋－＠]/u;

function aFile(rows: readonly (readonly string[])[]): CsvFile {
  return { name: 'a.csv', columns: ['One', 'Two'], rowCount: rows.length, rows: () => rows };
}

async function writeAndRead(rows: readonly (readonly string[])[]): Promise<string[][]> {
  const { content } = await collectCsv(aFile(rows));
  return parse(content ?? '', { bom: true, relax_column_count: false }).slice(1);
}

/**
 * The cells that two kinds of readers see: one that heeds quotes where a cell begins, and one that knows none.
 */
function cellsUnder(separator: string, file: string): readonly string[] {
  const options = { bom: true, delimiter: separator, relax_quotes: true, relax_column_count: true };
  const quoted = () => parse(file, options).flat();
  const plain = file.split(/\r\n|\r|\n/u).flatMap((line) =>
    // The quote that opens a cell is not part of it.
    line.split(separator).map((text) => text.replace(/^"/u, '')),
  );
  try {
    return [...quoted(), ...plain];
  } catch {
    // What a strict reader refuses, only the other kind opens.
    return plain;
  }
}

/** Whether a spreadsheet takes a cell for a formula, blanks before it left out. */
function isLive(text: string): boolean {
  return /^[\s\uFEFF]*[=+\-@＝＋－＠]/u.test(text);
}

describe('collectCsv', () => {
  it('writes UTF-8 with a byte order mark, CRLF and quotes', async () => {
    const { content } = await collectCsv(aFile([['Zieliński', '']]));

    expect(content?.toString('utf8')).toBe('\uFEFF"One","Two"\r\n"Zieliński",\r\n');
  });

  it.each([
    ['comma', 'One,Two'],
    ['semicolon', 'One;Two'],
    ['tab', 'One\tTwo'],
  ] as const)('separates cells by a %s where it is asked to', async (delimiter, header) => {
    const { content } = await collectCsv(aFile([]), { delimiter });

    expect(content?.toString('utf8').replaceAll('"', '')).toBe(`\uFEFF${header}\r\n`);
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['\t=1+1', "'=1+1"],
    ['\u00A0\u200B=1+1', "'=1+1"],
    ['\n@SUM(A1)', "'@SUM(A1)"],
    ['＝1+1', "'＝1+1"],
    ['-1', "'-1"],
    ['a;=1+1', "a;'=1+1"],
    [";=cmd|'/c calc'!A0;", ";'=cmd|'/c calc'!A0;"],
    ['a | +1', "a | '+1"],
    ['a;"=1', 'a;"\'=1'],
  ])('disarms %j', async (text, expected) => {
    expect(await writeAndRead([[cell(text), 'x']])).toEqual([[expected, 'x']]);
  });

  it('gives every cell back, but for the apostrophe before a formula', async () => {
    const cells = fc
      .oneof(anyText(), fc.constantFrom('=1', '"', ';', ',', '\r\n', "'=1", '+4'))
      .map((text) => cell(text));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cells, cells), { maxLength: 8 }), async (rows) => {
        const expected = rows.map((row) =>
          row.map((text) => (FORMULA.test(text) ? `'${text}` : text)),
        );

        expect(await writeAndRead(rows)).toEqual(expected);
      }),
    );
  });

  it('writes every row as csv-stringify does, whatever stands in it', async () => {
    const cells = fc.oneof(
      anyText(),
      fc.constantFrom('', 'Mette', '=1', '-', '"', ',', '\r\n', '\t', 'a"b', '＋'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cells, cells), { maxLength: 8 }), async (rows) => {
        const { content } = await collectCsv(aFile(rows));

        const expected = stringify(rows, {
          header: true,
          columns: ['One', 'Two'],
          bom: true,
          record_delimiter: 'windows',
          quote_record_delimiter: true,
          quoted_string: true,
          quoted_empty: false,
          escape_formulas: true,
        });
        expect(content).toEqual(Buffer.from(expected));
      }),
    );
  });

  it.each(['comma', 'semicolon', 'tab'] as const)(
    'S02: holds no formula in a file with a %s, whatever separator a spreadsheet takes',
    async (delimiter) => {
      const part = fc.oneof(
        fc.constantFrom(
          '=1+1',
          '@SUM(A1)',
          '+1',
          '-1',
          '＝1',
          '"',
          "'",
          ';',
          ',',
          '|',
          '\t',
          '\r\n',
        ),
        fc.constantFrom(' ', '\u00a0', '\u200b', "=cmd|'/c calc'!A0", '=HYPERLINK(A2)', 'Anna'),
        anyText({ maxLength: 4 }),
      );
      const text = fc.array(part, { maxLength: 6 }).map((parts) => cell(parts.join('')));
      await fc.assert(
        fc.asyncProperty(fc.array(text, { minLength: 8, maxLength: 8 }), async (cells) => {
          const rows = [0, 2, 4, 6].map((at) => cells.slice(at, at + 2));
          const { content } = await collectCsv(aFile(rows), { delimiter });

          const live = [',', ';', '\t', '|'].flatMap((separator) =>
            cellsUnder(separator, content?.toString('utf8') ?? '').filter(isLive),
          );
          expect(live).toEqual([]);
        }),
        { numRuns: runsOf(1_500) },
      );
    },
  );

  it('keeps no content beyond the cap, and still knows how many rows there are', async () => {
    const rows = Array.from({ length: 50_000 }, () => ['x'.repeat(50), 'y']);

    const file = await collectCsv(aFile(rows), { maxContentBytes: 1_000_000 });

    expect(file).toMatchObject({ name: 'a.csv', rows: 50_000 });
    expect(file).not.toHaveProperty('content');
  });
});

describe('openCsv', () => {
  it('takes rows one at a time', () => {
    const csv = openCsv('log.csv', ['One']);

    for (let index = 0; index < 1000; index += 1) csv.write([`row ${index}`]);
    const file = csv.close();

    expect(file.rows).toBe(1000);
    expect(parse(file.content ?? '', { bom: true })).toHaveLength(1001);
  });

  it('drops what is beyond the cap at once, however fast rows come', () => {
    const csv = openCsv('log.csv', ['One'], { maxContentBytes: 100_000 });

    const written = Array.from({ length: 5000 }, () => {
      csv.write(['x'.repeat(100)]);
      return csv.isFull();
    });

    expect(written.indexOf(true)).toBeGreaterThan(0);
    expect(written.indexOf(true)).toBeLessThan(1200);
  });

  it('counts rows beyond the cap without keeping them', () => {
    const csv = openCsv('log.csv', ['One'], { maxContentBytes: 100 });

    for (let index = 0; index < 500; index += 1) csv.write(['x'.repeat(100)]);
    const file = csv.close();

    expect(file.rows).toBe(500);
    expect(file.content).toBeUndefined();
  });
});
