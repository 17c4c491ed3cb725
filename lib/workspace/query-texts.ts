import { isObjectId } from '../guid.ts';
import { DAY_MS, startOfDay } from '../utc-day.ts';
import { QUERIES } from './compiled/queries.js';
import { beginningsOf } from './parts.ts';
import type { Part } from './parts.ts';

/** The table of each kind of sign-ins. */
export const TABLES = {
  interactive: 'SigninLogs',
  nonInteractive: 'AADNonInteractiveUserSignInLogs',
} as const;

export type SignInTable = (typeof TABLES)[keyof typeof TABLES];

export interface Column {
  readonly name: string;
  readonly type: 'string' | 'long';
}

/** A span inside one UTC day, milliseconds since 1970: from is in it, to is not. */
interface TableSpan {
  readonly table: SignInTable;
  readonly from: number;
  readonly to: number;
}

interface SignInsAsked extends TableSpan {
  /** The tenant whose log this is. */
  readonly tenantId?: string | undefined;
  readonly part: Part;
}

/** The columns of each answer, in their order; the heads of the queries say what they mean. */
export const SIGN_IN_COLUMNS: readonly Column[] = [
  { name: 'Person', type: 'string' },
  ...longs(
    'Application',
    'Here',
    'Elsewhere',
    'Claim',
    'Unsaid',
    'OneFactor',
    'HereUncounted',
    'Enrol',
    'CannotEnrol',
    'NotPassed',
    'Expired',
    'NotTrusted',
    'MfaByApplication',
    'MfaByTenant',
    'First',
    'Last',
    'LastMfa',
    'LastHere',
    'LastRefusal',
    'Refused',
    'Hours',
    'Ropc',
    'Rows',
    'Unreadable',
  ),
];
export const HOUR_COLUMNS: readonly Column[] = longs('Hour', 'Rows', 'First', 'Last');
export const DROPPED_COLUMNS: readonly Column[] = [
  ...longs('Hour'),
  { name: 'Operation', type: 'string' },
  { name: 'Level', type: 'string' },
  ...longs('Times'),
];
export const TABLE_COLUMNS: readonly Column[] = [
  { name: 'Table', type: 'string' },
  ...longs('Rows', 'Oldest', 'Newest', 'Arrived'),
];

export const OTHERS_COLUMNS: readonly Column[] = longs('Rows');

/**
 * A row carries its own time as TimeGenerated, and its arrival where it came more than two days late or seems to be of
 * tomorrow ("Log data ingestion time in Azure Monitor", learn.microsoft.com).
 */
const GENERATED_BEFORE_MS = 3_600_000;
const GENERATED_AFTER_MS = 3 * DAY_MS;

/** Asks for the counts of lib/workspace/queries/sign-ins.kql. */
export function signInsQuery({ tenantId = '', part, ...span }: SignInsAsked): string {
  if (tenantId !== '' && !isObjectId(tenantId)) throw new RangeError('A tenant id is no GUID.');
  const { width, prefixes, isRest } = beginningsOf(part);
  // A list without a member would have no type; nothing begins like this, because it is longer than `width`.
  const listed = prefixes.length > 0 ? prefixes : ['none'];
  return setValues(QUERIES['sign-ins'], {
    ...valuesOfSpan(span),
    width: String(width),
    prefixes: `dynamic([${listed.map((prefix) => `'${prefix}'`).join(', ')}])`,
    rest: isRest ? '1' : '0',
    tenant: `'${tenantId.toLowerCase()}'`,
  }).replace(TABLES.interactive, span.table);
}

/** Asks for the rows of a table by hour. */
export function hoursQuery(span: TableSpan): string {
  const filled = setValues(QUERIES.hours, valuesOfSpan(span));
  return filled.replace(TABLES.interactive, span.table);
}

/** Asks for what the workspace dropped from one instant to another, milliseconds since 1970. */
export function droppedQuery({ from, to }: { readonly from: number; readonly to: number }): string {
  return setValues(QUERIES.dropped, { from: instant(from), until: instant(to) });
}

/** Asks which of the tables have rows that were generated since an instant, milliseconds since 1970. */
export function tablesQuery({ from }: { readonly from: number }): string {
  return setValues(QUERIES.tables, { from: instant(from) });
}

/** Asks how many rows since an instant a table has that nobody here needs. */
export function othersQuery({ from }: { readonly from: number }): string {
  return setValues(QUERIES.others, { from: instant(from) });
}

function valuesOfSpan({ table, from, to }: TableSpan): Readonly<Record<string, string>> {
  if (!Object.values(TABLES).includes(table)) throw new RangeError('There is no such table.');
  const dayStart = startOfDay(from);
  if (!(from < to && to <= dayStart + DAY_MS)) {
    throw new RangeError('A span lies inside one UTC day.');
  }
  return {
    start: instant(from),
    end: instant(to),
    generatedFrom: instant(from - GENERATED_BEFORE_MS),
    generatedTo: instant(to + GENERATED_AFTER_MS),
  };
}

function instant(at: number): string {
  return `datetime(${new Date(at).toISOString()})`;
}

/** Gives the `let` lines of a query their values. */
function setValues(query: string, values: Readonly<Record<string, string>>): string {
  return Object.entries(values).reduce((text, [name, value]) => {
    const line = new RegExp(`^let ${name} = .*;$`, 'm');
    if (!line.test(text)) throw new RangeError(`A query has no line for ${name}.`);
    return text.replace(line, () => `let ${name} = ${value};`);
  }, query);
}

function longs(...names: readonly string[]): readonly Column[] {
  return names.map((name) => ({ name, type: 'long' }));
}
