import type { AnswerRow } from './count-sign-ins.ts';

/** What a query is for. */
export type WorkspaceQueryKind = 'sign-ins' | 'hours' | 'dropped' | 'tables' | 'others';

/** Something that goes wrong at the workspace, from the `on`-th query that it concerns (1), `times` times (for ever). */
export type WorkspaceFault = {
  /** @default sign-ins */
  readonly query?: WorkspaceQueryKind;
  readonly on?: number;
  readonly times?: number;
} & (
  | {
      readonly kind: 'throttled';
      readonly retryAfterSeconds?: number;
    }
  /** The engine takes too long for spans of more than so many hours. */
  | { readonly kind: 'slow'; readonly hours: number; readonly form?: 'json' | 'html' }
  /** The engine refuses answers of more than so many rows, as a partial answer. */
  | { readonly kind: 'tooLarge'; readonly rows: number }
  | { readonly kind: PlainWorkspaceFault }
);

export type PlainWorkspaceFault =
  /** 200 with an error beside the rows, which add up. */
  | 'partial'
  | 'noContent'
  | 'emptyBody'
  | 'html'
  | 'cutBody'
  /** 403: the role is missing, or not yet there. */
  | 'denied'
  /** 400 for a table that is not there. */
  | 'unknownTable'
  | 'basicPlan'
  | 'refused'
  | 'unknownWorkspace'
  | 'unavailable'
  | 'reset'
  | 'hang'
  | 'wrongSums'
  | 'noSumRow'
  /** Not a row of any kind. */
  | 'noRows'
  | 'doubledRow'
  | 'otherPart'
  | 'textNumbers'
  | 'longPerson'
  | 'otherColumns';

/** Which fault strikes, counted for each. */
export function createWorkspaceFaults(faults: readonly WorkspaceFault[]) {
  const planned = faults.map((fault) => ({ fault, seen: 0 }));
  return {
    add(fault: WorkspaceFault): void {
      planned.push({ fault, seen: 0 });
    },
    strike(query: WorkspaceQueryKind): WorkspaceFault | undefined {
      const concerned = planned.filter(({ fault }) => (fault.query ?? 'sign-ins') === query);
      for (const entry of concerned) entry.seen += 1;
      return concerned.find(
        ({ fault: { on = 1, times = Infinity }, seen }) => seen >= on && seen < on + times,
      )?.fault;
    },
  };
}

const LONG_ID = 'a'.repeat(10 * 1024 * 1024);

/** Bends the rows of an answer; the sum row is the last. */
export function bendRows(
  rows: readonly AnswerRow[],
  kind: WorkspaceFault['kind'],
): readonly (readonly unknown[])[] {
  const [ordinary, sums] = [rows.slice(0, -1), rows.slice(-1)];
  const [first, ...others] = ordinary;
  if (first === undefined) return kind === 'noSumRow' ? [] : rows;
  // The sums follow what was bent, so that each fault is seen by its own check.
  const again = (row: readonly unknown[]) => [row, ...others, ...sums.map((sum) => [...sum])];
  switch (kind) {
    case 'wrongSums':
      return [...ordinary, ...sums.map((sum) => sum.with(6, Number(sum[6]) + 1))];
    case 'noSumRow':
      return ordinary;
    case 'doubledRow':
      return [first, ...ordinary, ...sums.map((sum) => addRow(sum, first))];
    case 'otherPart':
      return again(first.with(0, intoOtherHalf(String(first[0]))));
    case 'textNumbers':
      return again(first.map((cell) => String(cell)));
    case 'longPerson':
      return again(first.with(0, LONG_ID));
    default:
      return rows;
  }
}

/** The same id beginning with another hex digit, half of them further on. */
function intoOtherHalf(id: string): string {
  const digit = (Number.parseInt(id.slice(0, 1), 16) + 8) % 16;
  return `${digit.toString(16)}${id.slice(1)}`;
}

function addRow(sum: AnswerRow, row: AnswerRow): AnswerRow {
  return sum.map((cell, place) => (place < 2 ? cell : Number(cell) + Number(row[place])));
}
