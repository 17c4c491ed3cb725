import type { Column } from './query-texts.ts';
import { unusable } from './workspace-error.ts';

export type Cell = string | number;

/** The rows of an answer, each cell of the type of its column. */
export type Cells = readonly (readonly Cell[])[];

interface Table {
  readonly columnDescriptors: readonly { readonly name?: string; readonly type?: string }[];
  readonly rows: readonly (readonly unknown[])[];
}

/**
 * The rows of an answer, of which every cell is what its column promises: texts, and whole numbers that a number can
 * hold. Anything else makes the whole answer unusable; no error quotes it.
 */
export function readTable(tables: readonly Table[], columns: readonly Column[]): Cells {
  const [table, ...others] = tables;
  if (table === undefined || others.length > 0) throw unusable('it has not one table');
  const { columnDescriptors: given, rows } = table;
  const areSame =
    given.length === columns.length &&
    columns.every(({ name, type }, place) => {
      const column = given[place];
      return column?.name === name && isOfType(column.type, type);
    });
  if (!areSame) throw unusable('its columns are others');
  const areNumbers = columns.map(({ type }) => type === 'long');
  for (const row of rows) {
    if (row.length !== columns.length) throw unusable('a row has another length');
    // A large answer has millions of cells: an iterator over each row would cost more than all the rest.
    for (let place = 0; place < columns.length; place += 1) {
      const cell = row[place];
      const isFine = areNumbers[place] ? Number.isSafeInteger(cell) : typeof cell === 'string';
      if (!isFine) throw unusable('a cell is of another type');
    }
  }
  return rows as Cells;
}

/** Kusto has whole numbers of 32 and of 64 bits. */
function isOfType(given: string | undefined, wanted: Column['type']): boolean {
  return given === wanted || (wanted === 'long' && given === 'int');
}

/**
 * The rows without the one that holds the sums of the others, which is taken away and held against them; throws where it
 * is missing, comes twice, or differs. `isSum` tells it; columns that are no numbers, or that `without` names, hold no sum.
 */
export function withoutSumRow(
  rows: Cells,
  columns: readonly Column[],
  isSum: (row: readonly Cell[]) => boolean,
  without: readonly string[],
): { readonly rows: Cells; readonly sums: readonly Cell[] } {
  const ordinary: (readonly Cell[])[] = [];
  let sums: readonly Cell[] | undefined;
  const added = columns.flatMap(({ name, type }, place) =>
    type === 'string' || without.includes(name) ? [] : [place],
  );
  const totals = new Float64Array(columns.length);
  for (const row of rows) {
    if (isSum(row)) {
      if (sums !== undefined) throw unusable('it has several sum rows');
      sums = row;
      continue;
    }
    ordinary.push(row);
    for (const place of added) totals[place]! += row[place] as number;
  }
  if (sums === undefined) throw unusable('its sum row is missing');
  for (const place of added) {
    if (totals[place] !== sums[place]) throw unusable('its rows do not add up');
  }
  return { rows: ordinary, sums };
}
