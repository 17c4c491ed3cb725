import * as v from 'valibot';
import {
  FIRST_STAGE,
  HERE_UNCOUNTED,
  MFA_BY_APPLICATION,
  MFA_BY_TENANT,
  MFA_COUNTS,
  sumOf,
} from '../sign-ins/day-row.ts';
import type { OriginKey } from '../sign-ins/origin.ts';
import { MAX_PARTS } from '../sign-ins/query.ts';
import type { PartCounts, Span } from '../sign-ins/query.ts';
import type { DocumentFormat, Fields } from '../storage/document.ts';
import { damaged, listOf, parserOf, storedDay, storedId } from '../storage/stored-values.ts';
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
export interface RecentHours {
  readonly days: readonly DayContent[];
}

/** Where a tenant's ledger keeps its recent hours; the name and the kind stand in existing installations. */
export function recentHoursName(tenantId: string): string {
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

/** A day without its sign-ins; what it does not say leaves alone what is said of a day that it is spread over. */
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
  parse: (fields, version) => (version < 2 ? parseOldDay(fields) : parseDay(fields)),
  write: (day) => day,
  latestAt: latestOf,
  isNamed: ({ day }, name) => name.endsWith(`/${day}.json.gz`),
};

/** They begin less than an hour before the run that wrote them, and so lie on two days at most, in a few pieces. */
const MAX_RECENT_DAYS = 10;

export const RECENT_HOURS_FORMAT: DocumentFormat<RecentHours> = {
  kind: 'sign-in-tail',
  version: 2,
  parse(fields, version) {
    const { days } = parseRecentHours(fields);
    return { days: days.map((day) => DAY_FORMAT.parse(day, version)) };
  },
  write: (recentHours) => recentHours,
  latestAt: ({ days }) => Math.max(0, ...days.map(latestOf)),
};

const parseRecentHours = parserOf(
  v.object({ days: listOf(v.record(v.string(), v.unknown()), MAX_RECENT_DAYS) }),
);

/** When the day was read, and up to where. */
function latestOf({ to, readAt }: DayCover): number {
  return Math.max(to, readAt);
}

const instant = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8.64e15));

const partCount = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_PARTS));

const COVER = {
  day: storedDay,
  from: instant,
  to: instant,
  interactive: v.boolean(),
  nonInteractive: v.boolean(),
  readAt: instant,
  knowsAskers: v.optional(v.boolean()),
  // What this version does not know of an origin decides nothing of a day that is whole.
  origin: v.fallback(v.optional(v.picklist(['log-analytics', 'both'])), undefined),
  parts: v.fallback(
    v.optional(v.object({ interactive: partCount, nonInteractive: partCount })),
    undefined,
  ),
};

/** An id that is no GUID, as it is written: lower case, and nothing that an object has by nature. */
const otherId = v.pipe(
  storedId,
  v.check((id) => id === id.toLowerCase()),
);

const COUNTS = v.object({
  people: v.string(),
  otherIds: v.optional(v.array(otherId)),
  rows: v.string(),
  unitMs: v.picklist([1, 1000]),
  form: v.optional(v.literal(1)),
});

const parseCovered = parserOf(v.object({ ...COVER, counts: COUNTS }));
const parseVersion1 = parserOf(v.object({ ...COVER, tally: COUNTS }));

function parseDay(fields: Fields): DayContent {
  const day = parseCovered(fields);
  return sound({ ...day, knowsAskers: day.knowsAskers !== false });
}

function parseOldDay(fields: Fields): DayContent {
  const { tally, ...cover } = parseVersion1(fields);
  return sound({ ...cover, knowsAskers: false, counts: { ...tally, form: 1 } });
}

/** The day, where its spans lie inside it, and where what is counted in it can be. */
function sound(day: DayContent): DayContent {
  const { from, to, readAt, counts } = day;
  const start = startOf(day.day);
  const isSpan = from >= start && from <= to && to <= start + DAY_MS;
  if (!isSpan || readAt < from) throw damaged();
  assertSound(counts, start);
  return day;
}

/** A day that is damaged inside must not be noticed when half of it is added up. */
function assertSound(counts: EncodedCounts, start: number): void {
  const rows = new StoredRows(counts, start);
  const { guids } = rows;
  // What is not base64 is skipped when it is decoded.
  const isWhole = guids.length === Buffer.byteLength(counts.people, 'base64');
  if (!isWhole || guids.length % 16 !== 0) throw damaged();
  for (let at = 16; at < guids.length; at += 16) {
    if (guids.compare(guids, at, at + 16, at - 16, at) >= 0) throw damaged();
  }
  let [person, slot] = [-1, -1];
  while (rows.next()) {
    const isInOrder = rows.person > person || rows.slot > slot;
    if (!isInOrder || !doesAddUp(rows)) throw damaged();
    [person, slot] = [rows.person, rows.slot];
  }
}

/** Whether the parts that a row counts beside its successes and refusals are parts of them. */
function doesAddUp({ counts, lastRefusalAt, lastRefusal }: StoredRows): boolean {
  if (counts[HERE_UNCOUNTED]! > counts[0]!) return false;
  const asked = Math.max(counts[MFA_BY_APPLICATION]!, counts[MFA_BY_TENANT]!);
  if (asked > 0 && asked > sumOf(counts, 0, MFA_COUNTS)) return false;
  return lastRefusalAt === 0 || counts[FIRST_STAGE + (lastRefusal >> 4)]! > 0;
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
  parse: parserOf(
    v.pipe(
      v.object({
        comparedOn: storedDay,
        sweptTo: v.union([v.literal(''), storedDay]),
        since: v.record(storedId, storedDay),
      }),
      v.check(({ comparedOn, since }) => Object.values(since).every((day) => day <= comparedOn)),
    ),
  ),
  write: (absent) => absent,
  latestAt: ({ comparedOn }) => startOf(comparedOn),
};
