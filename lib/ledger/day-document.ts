import { recordOf } from '../decode.ts';
import type { OriginKey } from '../sign-ins/origin.ts';
import { MOST_PARTS } from '../sign-ins/query.ts';
import type { PartCounts, Span } from '../sign-ins/query.ts';
import type { DocumentFormat } from '../storage/document.ts';
import { DAY_MS } from '../utc-day.ts';
import { StoredRows } from './stored-counts.ts';
import type { EncodedCounts } from './stored-counts.ts';

/** What the ledger knows of one UTC day. */
export interface DayCover extends Span {
  /** YYYY-MM-DD. */
  readonly day: string;
  /** Whether the span was read in full, of each kind. */
  readonly interactive: boolean;
  readonly nonInteractive: boolean;
  /** When it was read, the oldest part of it where it was read in parts. */
  readonly readAt: number;
  /** False where a part of it was read before evidence, refusals and askers were told apart. @default true */
  readonly knowsAskers?: boolean | undefined;
  /** What filled it; a day that says nothing is Graph's. */
  readonly origin?: Exclude<OriginKey, 'graph'> | 'both' | undefined;
  /** In how many answers it came, where an origin parts the people. */
  readonly parts?: PartCounts | undefined;
}

/** Whether everything that is known of a day says who asked for MFA, and how it was done. */
export function knowsAskers({ knowsAskers: knows = true }: DayCover): boolean {
  return knows;
}

/** The sign-ins of one UTC day as the ledger keeps them. */
export interface DayContent extends DayCover {
  readonly counts: EncodedCounts;
}

/** The newest hours, replaced whole by every run because late sign-ins still arrive there. */
export interface TailContent {
  readonly days: readonly DayContent[];
}

/** Where a tenant's ledger keeps its newest hours and its days. */
export function tailName(tenantId: string): string {
  return `ledger/${tenantId}/tail.json.gz`;
}

export function daysPrefix(tenantId: string): string {
  return `ledger/${tenantId}/days/`;
}

export function dayName(tenantId: string, day: string): string {
  return `${daysPrefix(tenantId)}${day}.json.gz`;
}

/** Midnight UTC at the start of a day. */
export function startOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/** True where a day was read from midnight to midnight, both kinds. */
export function isComplete(day: DayCover): boolean {
  const start = startOf(day.day);
  return isWhole(day) && day.from <= start && day.to >= start + DAY_MS;
}

export function isWhole({ interactive, nonInteractive }: DayCover): boolean {
  return interactive && nonInteractive;
}

/** A day without its sign-ins. */
export function coverOf(cover: DayCover): DayCover {
  const { day, from, to, interactive, nonInteractive, readAt, origin, parts } = cover;
  const { knowsAskers: knows } = cover;
  const known = { day, from, to, interactive, nonInteractive, readAt, knowsAskers: knows };
  return {
    ...known,
    ...(origin !== undefined && { origin }),
    ...(parts !== undefined && { parts }),
  };
}

/** Version 1 kept two kinds of evidence and one of failures, under the name `tally`. */
export const DAY_FORMAT: DocumentFormat<DayContent> = {
  kind: 'sign-in-day',
  version: 2,
  parse: parseDay,
};

export const TAIL_FORMAT: DocumentFormat<TailContent> = {
  kind: 'sign-in-tail',
  version: 2,
  parse({ days }, version) {
    if (!Array.isArray(days)) throw damaged();
    return { days: days.map((day) => parseDay(recordOf(day), version)) };
  },
};

/** The last instant that a Date can hold. */
const MAX_INSTANT = 8.64e15;

function parseDay(fields: Readonly<Record<string, unknown>>, version: number): DayContent {
  const { day, from, to, readAt, interactive, nonInteractive, knowsAskers: knows } = fields;
  const start =
    typeof day === 'string' && /^\d{4}-\d\d-\d\d$/.test(day) ? startOf(day) : Number.NaN;
  const isSpan =
    isInstant(from) && isInstant(to) && from >= start && from <= to && to <= start + DAY_MS;
  if (!isSpan || !isInstant(readAt)) throw damaged();
  const isOld = version < 2;
  const counts = parseCounts(recordOf(fields[isOld ? 'tally' : 'counts']), isOld);
  assertSound(counts, start);
  return {
    day: String(day),
    from,
    to,
    interactive: interactive === true,
    nonInteractive: nonInteractive === true,
    readAt,
    knowsAskers: !isOld && knows !== false,
    ...parseOrigin(fields),
    counts,
  };
}

/** What this version does not know of an origin is left out: it decides nothing of a day that is whole. */
function parseOrigin({
  origin,
  parts,
}: Readonly<Record<string, unknown>>): Pick<DayCover, 'origin' | 'parts'> {
  if (origin !== 'log-analytics' && origin !== 'both') return {};
  const { interactive, nonInteractive } = recordOf(parts);
  const areCounts = isPartCount(interactive) && isPartCount(nonInteractive);
  return { origin, ...(areCounts && { parts: { interactive, nonInteractive } }) };
}

function isPartCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MOST_PARTS;
}

function isInstant(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= MAX_INSTANT;
}

function parseCounts(
  { people, otherIds, rows, unitMs, form }: Readonly<Record<string, unknown>>,
  isOld: boolean,
): EncodedCounts {
  const areIds = otherIds === undefined || (Array.isArray(otherIds) && otherIds.every(isOtherId));
  const isUnit = unitMs === 1 || unitMs === 1000;
  if (typeof people !== 'string' || typeof rows !== 'string' || !areIds || !isUnit) throw damaged();
  return {
    people,
    otherIds: otherIds as readonly string[] | undefined,
    rows,
    unitMs,
    form: isOld || form === 1 ? 1 : undefined,
  };
}

/** An id that is no GUID, as it is written: lower case, and nothing that an object has by nature. */
function isOtherId(id: unknown): boolean {
  return typeof id === 'string' && id !== '' && id.length <= 128 && id !== '__proto__';
}

/** A day that is damaged inside must not be noticed when half of it is added up. */
function assertSound(counts: EncodedCounts, start: number): void {
  const rows = new StoredRows(counts, start);
  const { guids } = rows;
  if (guids.length % 16 !== 0) throw damaged();
  for (let at = 16; at < guids.length; at += 16) {
    if (guids.compare(guids, at, at + 16, at - 16, at) >= 0) throw damaged();
  }
  let [person, slot] = [-1, -1];
  while (rows.next()) {
    const isInOrder = rows.person > person || rows.slot > slot;
    if (!isInOrder) throw damaged();
    [person, slot] = [rows.person, rows.slot];
  }
}

function damaged(): RangeError {
  return new RangeError('The document does not hold what its kind promises.');
}

/** Ids of the ledger that are not among the tenant's users. */
export interface AbsentContent {
  /** The UTC day on which they were last compared, YYYY-MM-DD. */
  readonly comparedOn: string;
  /** The last day from which ids were dropped; the next time goes on after it. */
  readonly sweptTo: string;
  /** The day since which each id has been absent. */
  readonly since: Readonly<Record<string, string>>;
}

export function absentName(tenantId: string): string {
  return `ledger/${tenantId}/absent.json.gz`;
}

export const ABSENT_FORMAT: DocumentFormat<AbsentContent> = {
  kind: 'sign-in-absent',
  version: 1,
  parse({ comparedOn, sweptTo, since }) {
    const days = recordOf(since);
    const areDays = Object.values(days).every((day) => typeof day === 'string');
    if (typeof comparedOn !== 'string' || typeof sweptTo !== 'string' || !areDays) {
      throw new RangeError('The document does not hold what its kind promises.');
    }
    return { comparedOn, sweptTo, since: days as Readonly<Record<string, string>> };
  },
};
