import type { OriginState } from '../sign-ins/origin.ts';
import type { Span } from '../sign-ins/query.ts';
import { DAY_MS, dayOf, HOUR_MS, startOfDay } from '../utc-day.ts';
import { isWhole, knowsAskers, startOf } from './day-document.ts';
import type { DayCover } from './day-document.ts';

/** Most sign-ins arrive within this; what is younger is kept apart and read again by the next run. */
const RECENT_MS = 45 * 60_000;

/** Entra shows sign-ins "within 6 hours"; whole days of overlap are added for those that take longer. */
const USUAL_DELAY_MS = 6 * HOUR_MS;

/** A timer may fire a little before its time. */
const TIMER_TOLERANCE_MS = 60_000;

export interface PlanInput {
  readonly now: number;
  /** The days that the ledger has, by day. */
  readonly days: ReadonlyMap<string, DayCover>;
  readonly overlapDays: number;
  /** Whether people are judged by what is read. Between reports, what is young is left for the next one. */
  readonly isForReport: boolean;
  /** The oldest instant that anybody wants. */
  readonly from: number;
  /** From here on the origin is sure to hold sign-ins, and it is asked for nothing older than `furthestFrom`. */
  readonly origin: Pick<OriginState, 'retainedFrom' | 'furthestFrom'>;
}

export interface ReadingPlan {
  /** What to read, newest first. */
  readonly spans: readonly Span[];
  /** From here on a reading counts as recent hours. */
  readonly settledAt: number;
  /** The end of the settled part of the newest stored day; recent hours from before lie above it. */
  readonly settledBefore: number | undefined;
}

/** The first UTC days that a reading can still change: what a plan has to know of the ledger. */
export function plannedSpan({
  now,
  from,
  origin,
}: Pick<PlanInput, 'now' | 'from' | 'origin'>): Span {
  const first = Math.max(origin.retainedFrom, Math.min(from, now - DAY_MS));
  return { from: startOfDay(first), to: now + 1 };
}

/**
 * What a run has to read. Once a UTC day everything from midnight, some days back; a day that was last read
 * before all its late sign-ins can have arrived, once more when they have; for a report also a day whose newest hours
 * were read before Entra shows all of them, because who got in since is said of people then; what came since the newest
 * settled instant; and the days that are missing, as far back as the origin has them.
 */
export function planReading(input: PlanInput): ReadingPlan {
  const { now, days, from, origin } = input;
  const midnight = startOfDay(now);
  const furthest = Math.max(from, origin.furthestFrom);
  const settledBefore = settledUntil(days, midnight);
  const spans: Span[] = [];
  for (let start = midnight; start > furthest - DAY_MS; start -= DAY_MS) {
    const wanted = { from: Math.max(start, furthest), to: Math.min(start + DAY_MS, now + 1) };
    const span = missingOf(wanted, days.get(dayOf(start)), input);
    if (span !== undefined && span.from < span.to) spans.push(span);
  }
  return {
    spans: join(spans),
    settledAt: Math.max(Math.floor((now - RECENT_MS) / 1000) * 1000, settledBefore ?? 0),
    settledBefore,
  };
}

/** What of a day has to be read. */
function missingOf(
  wanted: Span,
  day: DayCover | undefined,
  { now, days, overlapDays, isForReport, origin: { retainedFrom } }: PlanInput,
): Span | undefined {
  // The origin has nothing as old as this: only a ledger that knows nothing asks, once.
  if (wanted.to <= retainedFrom) return days.size === 0 ? wanted : undefined;
  if (day === undefined || !isWhole(day) || day.from > Math.max(wanted.from, retainedFrom)) {
    return wanted;
  }
  const isHeld = startOf(day.day) >= retainedFrom;
  // What was read before the rules told evidence apart is read again as long as it can be.
  const isWanted =
    !knowsAskers(day) ||
    mayHaveGrown(day, now, overlapDays) ||
    (isForReport && wasReadEarly(day, now));
  if (isHeld && isWanted) return wanted;
  return { from: day.to, to: wanted.to };
}

/** True where late sign-ins may have come since the day was read, and today is the time to look. */
function mayHaveGrown({ day, readAt }: DayCover, now: number, overlapDays: number): boolean {
  const midnight = startOfDay(now);
  const start = startOf(day);
  if (start >= midnight - overlapDays * DAY_MS && readAt < midnight) return true;
  const finalAt = start + overlapDays * DAY_MS + USUAL_DELAY_MS - TIMER_TOLERANCE_MS;
  return readAt < finalAt && now >= finalAt;
}

/** True for today, and for yesterday where its evening was read before the usual delay had passed. */
function wasReadEarly({ day, to, readAt }: DayCover, now: number): boolean {
  const isNew = startOf(day) >= startOfDay(now) - DAY_MS;
  return isNew && readAt < to + USUAL_DELAY_MS - TIMER_TOLERANCE_MS;
}

/** The newest instant up to which today or yesterday is settled, both kinds. */
function settledUntil(days: ReadonlyMap<string, DayCover>, midnight: number): number | undefined {
  for (const start of [midnight, midnight - DAY_MS]) {
    const day = days.get(dayOf(start));
    if (day !== undefined && isWhole(day) && day.from === start) return day.to;
  }
  return undefined;
}

/** Joins spans that touch, so that one chain of requests reads them. */
function join(spans: readonly Span[]): readonly Span[] {
  const joined: Span[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last?.from === span.to) joined[joined.length - 1] = { from: span.from, to: last.to };
    else joined.push(span);
  }
  return joined;
}
