import { recordOf } from '../decode.ts';
import type { Span } from '../sign-ins/query.ts';
import type { DocumentFormat } from '../storage/document.ts';
import { DAY_MS } from '../utc-day.ts';
import { TallyCursor } from './stored-counts.ts';
import type { EncodedTally } from './stored-counts.ts';

/** What the ledger knows of one UTC day. */
export interface DayCover extends Span {
  /** YYYY-MM-DD. */
  readonly day: string;
  /** Whether the span was read in full, of each kind. */
  readonly interactive: boolean;
  readonly nonInteractive: boolean;
  /** When it was read, the oldest part of it where it was read in parts. */
  readonly readAt: number;
}

/** The sign-ins of one UTC day as the ledger keeps them. */
export interface DayContent extends DayCover {
  readonly tally: EncodedTally;
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
  const { day, from, to, interactive, nonInteractive, readAt } = cover;
  return { day, from, to, interactive, nonInteractive, readAt };
}

export const DAY_FORMAT: DocumentFormat<DayContent> = {
  kind: 'sign-in-day',
  version: 1,
  parse: parseDay,
};

export const TAIL_FORMAT: DocumentFormat<TailContent> = {
  kind: 'sign-in-tail',
  version: 1,
  parse({ days }) {
    if (!Array.isArray(days)) throw damaged();
    return { days: days.map((day) => parseDay(recordOf(day))) };
  },
};

function parseDay(fields: Readonly<Record<string, unknown>>): DayContent {
  const { day, from, to, readAt, interactive, nonInteractive } = fields;
  const tally = recordOf(fields['tally']);
  const isTally =
    typeof tally['people'] === 'string' &&
    typeof tally['rows'] === 'string' &&
    (tally['otherIds'] === undefined || Array.isArray(tally['otherIds'])) &&
    (tally['unitMs'] === 1 || tally['unitMs'] === 1000);
  const start = typeof day === 'string' ? startOf(day) : Number.NaN;
  const isSpan = Number(from) >= start && Number(from) <= Number(to);
  if (typeof day !== 'string' || !isTally || !isSpan || !Number.isFinite(readAt)) throw damaged();
  const content: DayContent = {
    day,
    from: Number(from),
    to: Number(to),
    interactive: interactive === true,
    nonInteractive: nonInteractive === true,
    readAt: Number(readAt),
    tally: tally as unknown as EncodedTally,
  };
  // A day that is damaged inside must not be noticed when half of it is added up.
  const rows = new TallyCursor(content.tally, start);
  while (rows.next());
  return content;
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
