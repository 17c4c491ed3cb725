import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AnswerMemory, findSumRow, takeRows } from '../../lib/workspace/answer-rows.ts';
import { Answer } from '../../lib/workspace/answer.ts';
import type { Column } from '../../lib/workspace/query-texts.ts';
import { anyText } from '../support/any-text.ts';

const COLUMNS: readonly Column[] = [
  { name: 'Person', type: 'string' },
  { name: 'Times', type: 'long' },
  { name: 'Word', type: 'string' },
  { name: 'Second', type: 'long' },
];
const memory = new AnswerMemory();

function bodyOf(rows: readonly unknown[], indent?: number): string {
  return JSON.stringify(
    { tables: [{ name: 'Té', columns: COLUMNS, rows }], error: 'é' },
    null,
    indent,
  );
}

/** The rows as they were taken, and what is left. */
function take(body: string): { readonly rows: readonly unknown[]; readonly rest: unknown } {
  const { rows, rest } = takeRows(body, COLUMNS, memory);
  const cell = (row: number) => (column: Column, place: number) =>
    column.type === 'string' ? rows.text(row, place) : rows.number(row, place);
  const taken = Array.from({ length: rows.length }, (_, row) => COLUMNS.map(cell(row)));
  return { rows: taken, rest: JSON.parse(rest) };
}

describe('takeRows', () => {
  it('takes every row as JSON has it, whatever its texts hold and however it is laid out', () => {
    const number = fc.maxSafeInteger().map((value) => value + 0);
    const text = anyText().map((value) => value.toWellFormed());
    const row = fc.tuple(text, number, text, number);

    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), fc.nat({ max: 3 }), (rows, indent) => {
        expect(take(bodyOf(rows, indent))).toEqual({
          rows,
          rest: JSON.parse(bodyOf([])) as unknown,
        });
      }),
    );
  });

  it('holds as many rows as come', () => {
    const rows = Array.from({ length: 5000 }, (_, row) => [`${row}`, row, 'a', -row || 0]);

    expect(take(bodyOf(rows)).rows).toEqual(rows);
  });

  it.each<readonly [string, string, RegExp]>([
    ['text for a number', '[["a","1","b",2]]', /a cell is of another type/],
    ['a number for a text', '[[1,1,"b",2]]', /a cell is of another type/],
    ['nothing for a number', '[["a",null,"b",2]]', /a cell is of another type/],
    ['a fraction', '[["a",1.5,"b",2]]', /a cell is of another type/],
    ['a number that none can hold', '[["a",9007199254740993,"b",2]]', /another type/],
    ['a cell too few', '[["a",1,"b"]]', /a row has another length/],
    ['a cell too many', '[["a",1,"b",2,3]]', /a row has another length/],
    ['zeros before a number', '[["a",01,"b",2]]', /another type/],
    ['zeros before a number below zero', '[["a",-00,"b",2]]', /another type/],
    ['a control character between cells', '[["a",\v1,"b",2]]', /another type/],
    ['a control character behind a row', '[["a",1,"b",2]\0]', /another type/],
    ['a row that is none', '[7]', /another type/],
    ['rows without a comma', '[["a",1,"b",2]["a",1,"b",2]]', /another type/],
    ['an end amid a text', '[["a",1,"b', /another type/],
    ['an end amid a number', '[["a",1', /another type/],
    ['an end between rows', '[["a",1,"b",2],', /another type/],
    ['no rows', '{}', /it has no rows/],
  ])('refuses %s, and quotes nothing', (_, rows, why) => {
    const body = bodyOf([]).replace('"rows":[]', rows === '{}' ? '"none":{}' : `"rows":${rows}`);
    const cut =
      rows.endsWith(']') || rows === '{}' ? body : body.slice(0, body.indexOf(rows) + rows.length);

    expect(() => takeRows(cut, COLUMNS, memory)).toThrow(why);
  });

  it.each([[String.raw`\x`], ['a\nb'], ['\0']])(
    'refuses a text that cannot be read when somebody wants it: %j',
    (text) => {
      const body = bodyOf([]).replace('[]', () => `[["${text}",1,"b",2]]`);
      const { rows } = takeRows(body, COLUMNS, memory);

      expect(() => rows.text(0, 0)).toThrow(/a text cannot be read/);
    },
  );
});

describe('an answer with several lists of rows', () => {
  const tables = [{ columnDescriptors: COLUMNS, rows: [['a', 1, 'b', 2]] }];

  it.each(['[]', '[["a",1,"b",2]]'])('does not count, whatever the first one holds: %s', (rows) => {
    const answer = new Answer(COLUMNS, { memory });
    answer.take(`{"rows":${rows},"tables":[]}`);

    expect(() => answer.assertOneTable(tables)).toThrow(/rows twice/);
  });
});

describe('findSumRow', () => {
  const sumOf = (...numbers: readonly (readonly [number, number])[]) => {
    const rows = numbers.map(([times, second]) => [second < 0 ? '' : 'a', times, '', second]);
    const { rows: taken } = takeRows(bodyOf(rows), COLUMNS, memory);
    return findSumRow(taken, (row) => taken.number(row, 3) < 0, [0, 2, 3]);
  };

  it('finds it wherever it stands', () => {
    expect(sumOf([3, 1], [7, -1], [4, 2])).toBe(1);
  });

  it('throws where it is missing, comes twice or differs', () => {
    expect(() => sumOf([3, 1])).toThrow(/its sum row is missing/);
    expect(() => sumOf([0, -1], [0, -1])).toThrow(/several sum rows/);
    expect(() => sumOf([3, 1], [8, -1], [4, 2])).toThrow(/do not add up/);
  });
});
