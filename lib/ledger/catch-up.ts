import { DAY_MS } from '../utc-day.ts';

/** How quickly the past is being read, and by which runs. */
export interface Pace {
  /** How much of the log this run read, milliseconds of the log's own time. */
  readonly readMs: number;
  /** How long that took. */
  readonly tookMs: number;
}

export interface NextRuns {
  /** When the ledger will next be updated, ascending; read once. */
  readonly startAts: Iterable<number>;
  /** How long each of them may read. */
  readonly readingMs: number;
  readonly overlapDays: number;
}

/** How long the rest takes to read at this pace, in minutes; undefined where nothing was read to tell by. */
export function minutesLeft(missingMs: number, { readMs, tookMs }: Pace): number | undefined {
  if (readMs <= 0 || tookMs <= 0) return undefined;
  return Math.max(1, Math.round((missingMs * tookMs) / readMs / 60_000));
}

/**
 * The start of the run that will have read the rest. Each run first reads what came since the one before, the
 * first one of a day the overlap as well; meanwhile the origin drops the oldest, which then is missing no longer.
 */
export function caughtUpAt(
  missingMs: number,
  pace: Pace,
  { startAts, readingMs, overlapDays }: NextRuns,
  now: number,
): number | undefined {
  if (pace.readMs <= 0 || pace.tookMs <= 0) return undefined;
  const capacityMs = (readingMs * pace.readMs) / pace.tookMs;
  let leftMs = missingMs;
  let before = now;
  for (const at of startAts) {
    const isFirstOfDay = Math.floor(at / DAY_MS) > Math.floor(before / DAY_MS);
    const newMs = at - before + (isFirstOfDay ? overlapDays * DAY_MS : 0);
    leftMs -= at - before + Math.max(0, capacityMs - newMs);
    if (leftMs <= 0) return at;
    before = at;
  }
  return undefined;
}
