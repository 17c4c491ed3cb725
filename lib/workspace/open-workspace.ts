import type { SignInKind } from '../sign-ins/query.ts';
import { KINDS } from '../sign-ins/query.ts';
import type { Cause } from '../sources/coverage.ts';
import { DAY_MS } from '../utc-day.ts';
import type { AnswerRows } from './answer-rows.ts';
import type { WorkspaceConnection } from './client.ts';
import { TABLE_COLUMNS, TABLES, tablesQuery } from './query-texts.ts';
import { generatedSpan } from './read-counts.ts';
import { missingTable, unusable } from './workspace-error.ts';

/** A table to which nothing came for so long is not exported (first rows take up to three days). */
const SILENT_DAYS = 3;

/** What a table holds; instants are milliseconds since 1970. */
export interface TableState {
  readonly rows: number;
  readonly oldestAt: number;
  readonly newestAt: number;
  /** When the newest arrived. */
  readonly arrivedAt: number;
}

export interface WorkspaceTables {
  /** Nothing older was looked for. */
  readonly askedFrom: number;
  readonly tables: Partial<Readonly<Record<SignInKind, TableState>>>;
  /** Why a kind cannot be had. */
  readonly causes: Partial<Readonly<Record<SignInKind, Cause>>>;
}

/** A table that has a row from so long before an instant holds what it is asked for from there on. */
const LOOK_BACK_MS = 7 * DAY_MS;

/**
 * Asks which of the two tables have rows since a week before an instant; throws where the workspace cannot be asked at
 * all.
 */
export async function readTables(
  connection: WorkspaceConnection,
  { from: wanted, now }: { readonly from: number; readonly now: number },
): Promise<WorkspaceTables> {
  const from = wanted - LOOK_BACK_MS;
  const query = {
    text: tablesQuery({ from }),
    span: generatedSpan({ from, to: now }),
    columns: TABLE_COLUMNS,
    mayBePartial: true,
  };
  const tables = await connection.ask(query, (rows) => toStates(rows, from));
  const silent = KINDS.filter((kind) => {
    const newestAt = tables[kind]?.newestAt;
    return newestAt === undefined || newestAt < now - SILENT_DAYS * DAY_MS;
  });
  return {
    askedFrom: from,
    tables,
    causes: Object.fromEntries(silent.map((kind) => [kind, missingTable(TABLES[kind])])),
  };
}

function toStates(rows: AnswerRows, from: number): WorkspaceTables['tables'] {
  const tables: Partial<Record<SignInKind, TableState>> = {};
  for (let row = 0; row < rows.length; row += 1) {
    const [table, count] = [rows.text(row, 0), rows.number(row, 1)];
    const [oldest, newest] = [rows.number(row, 2), rows.number(row, 3)];
    const kind = KINDS.find((candidate) => TABLES[candidate] === table);
    const isSound = count > 0 && oldest <= newest && oldest * 1000 > from - DAY_MS;
    if (kind === undefined || tables[kind] !== undefined || !isSound) {
      throw unusable('a table says what no table can say');
    }
    tables[kind] = {
      rows: count,
      oldestAt: oldest * 1000,
      newestAt: newest * 1000,
      arrivedAt: rows.number(row, 4) * 1000,
    };
  }
  return tables;
}
