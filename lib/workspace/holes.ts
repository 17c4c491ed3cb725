import type { SignInKind, Span } from '../sign-ins/query.ts';
import type { Cause } from '../sources/coverage.ts';
import { DAY_MS, HOUR_MS, startOfDay } from '../utc-day.ts';
import { findSumRow } from './answer-rows.ts';
import type { AnswerRows } from './answer-rows.ts';
import type { WorkspaceConnection } from './client.ts';
import type { WorkspaceTables } from './open-workspace.ts';
import { DROPPED_COLUMNS, droppedQuery, HOUR_COLUMNS, hoursQuery, TABLES } from './query-texts.ts';
import { generatedSpan } from './read-counts.ts';
import { unusable } from './workspace-error.ts';

/** With so many rows in each of the other hours, an hour without one was not exported. */
const BUSY_ROWS = 50;

/** What a table holds of a UTC day, of all applications. */
interface TableDay extends Span {
  readonly rows: number;
  /** By hour of the day. */
  readonly rowsByHour: ReadonlyMap<number, number>;
  readonly firstAt?: number;
  readonly lastAt?: number;
}

/** Asks for the rows of a table by hour; the span lies inside one UTC day. */
function readTableDay(
  connection: WorkspaceConnection,
  kind: SignInKind,
  span: Span,
): Promise<TableDay> {
  const query = {
    text: hoursQuery({ table: TABLES[kind], ...span }),
    span: generatedSpan(span),
    columns: HOUR_COLUMNS,
  };
  return connection.ask(query, (rows) => toTableDay(rows, span));
}

function toTableDay(answer: AnswerRows, span: Span): TableDay {
  const sums = findSumRow(answer, (row) => answer.number(row, 0) === -1, [0]);
  const start = startOfDay(span.from);
  const rowsByHour = new Map<number, number>();
  let [firstAt, lastAt] = [Infinity, -Infinity];
  for (let row = 0; row < answer.length; row += 1) {
    if (row === sums) continue;
    const [hour, count] = [answer.number(row, 0), answer.number(row, 1)];
    const [first, last] = [answer.number(row, 2), answer.number(row, 3)];
    const isHour = hour >= 0 && hour < 24 && count > 0 && first <= last && !rowsByHour.has(hour);
    const isInside = first >= hour * 3600 && last < (hour + 1) * 3600;
    if (!isHour || !isInside) throw unusable('an hour says what no hour can say');
    rowsByHour.set(hour, count);
    firstAt = Math.min(firstAt, start + first * 1000);
    lastAt = Math.max(lastAt, start + last * 1000);
  }
  const events = rowsByHour.size === 0 ? {} : { firstAt, lastAt };
  return { ...span, rows: answer.number(sums, 1), rowsByHour, ...events };
}

/**
 * The hours of a day that were not exported: without a single row, while every other hour that has any has at least 50.
 * Hours that are not over for long are not looked at. `isBusy` says whether the table has so many in an hour on average;
 * where it has not, most of the hours have to have rows, so that a tenant that sleeps at night has no holes.
 */
function holesIn(day: TableDay, settledAt: number, isBusy: boolean): readonly Span[] {
  const start = startOfDay(day.from);
  const hours = Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => {
    const [from, to] = [start + hour * HOUR_MS, start + (hour + 1) * HOUR_MS];
    return from >= day.from && to <= Math.min(day.to, settledAt);
  });
  const empty = hours.filter((hour) => !day.rowsByHour.has(hour));
  const others = hours.filter((hour) => day.rowsByHour.has(hour));
  const areOthersFull = others.every((hour) => (day.rowsByHour.get(hour) ?? 0) >= BUSY_ROWS);
  if (!areOthersFull || (!isBusy && others.length < Math.max(1, empty.length))) return [];
  return empty.map((hour) => ({ from: start + hour * HOUR_MS, to: start + (hour + 1) * HOUR_MS }));
}

/** Whether a table has so many rows that an hour without one means something. */
function isBusyTable(rows: number, lengthMs: number): boolean {
  return lengthMs > 0 && (rows * HOUR_MS) / lengthMs >= BUSY_ROWS;
}

/** Collection that stopped goes on the next day; when, is a setting of the workspace. */
const STOPPED = /data collection/i;

interface TableDaysOptions {
  readonly connection: WorkspaceConnection;
  readonly state: WorkspaceTables;
  readonly now: number;
}

/** The days of the tables as a run needs them, each asked for once. */
export class TableDays {
  readonly #options: TableDaysOptions;
  readonly #retainedFrom: number;
  readonly #days = new Map<string, TableDay>();

  constructor(options: TableDaysOptions, retainedFrom: number) {
    this.#options = options;
    this.#retainedFrom = retainedFrom;
  }

  /** The hours of a piece that were not exported, and its day where it had not been asked for. */
  async holes(
    kind: SignInKind,
    piece: Span,
    settledAt = this.#options.now,
  ): Promise<{ readonly holes: readonly Span[]; readonly news?: TableDay | undefined }> {
    const { connection, state, now } = this.#options;
    const start = startOfDay(piece.from);
    const to = Math.min(start + DAY_MS, now + 1);
    // Hours from before its oldest row are not missing.
    const span = {
      from: this.#retainedFrom < to ? Math.max(start, this.#retainedFrom) : start,
      to,
    };
    const name = `${kind} ${start}`;
    const known = this.#days.get(name);
    const day = known ?? (await readTableDay(connection, kind, span));
    this.#days.set(name, day);
    const table = state.tables[kind];
    const since = Math.max(state.askedFrom, table?.oldestAt ?? now);
    const isBusy = isBusyTable(table?.rows ?? 0, now - since);
    const holes = holesIn(day, settledAt, isBusy);
    const inPiece = holes.filter((hole) => hole.from < piece.to && hole.to > piece.from);
    return { holes: inPiece, news: known === undefined ? day : undefined };
  }
}

/** The spans in which the workspace says that it dropped data, of whatever table. */
export function readDropped(connection: WorkspaceConnection, span: Span): Promise<readonly Span[]> {
  const query = {
    text: droppedQuery(span),
    span: generatedSpan(span),
    columns: DROPPED_COLUMNS,
  };
  return connection.ask(query, (rows) =>
    Array.from({ length: rows.length }, (_, row) => {
      const from = rows.number(row, 0) * 1000;
      return { from, to: from + (STOPPED.test(rows.text(row, 1)) ? DAY_MS : HOUR_MS) };
    }),
  );
}

/** Why a day is not whole of which hours are missing. */
export function holeCause(table: string, [hole]: readonly Span[]): Cause {
  const day = hole === undefined ? '' : new Date(hole.from).toISOString().slice(0, 10);
  const hour = hole === undefined ? '' : new Date(hole.from).toISOString().slice(11, 16);
  return {
    kind: 'no-data',
    because: `the workspace has no row of ${table} for an hour from ${hour} UTC on ${day}, though many for the others`,
    remedy:
      'Look in its Insights whether the export or the workspace had an outage; leave SIGN_IN_SOURCE at auto, so that Graph fills what it still holds.',
  };
}

/** Why a day is not whole on which the workspace dropped data. */
export function droppedCause(day: string): Cause {
  return {
    kind: 'no-data',
    because: `the workspace says that it dropped data on ${day}`,
    remedy:
      'Raise its daily cap, or look at its ingestion rate (_LogOperation); leave SIGN_IN_SOURCE at auto, so that Graph fills what it still holds.',
  };
}
