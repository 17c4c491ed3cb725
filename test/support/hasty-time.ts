import { sleep } from '../../lib/graph/timing.ts';
import type { Sleep } from '../../lib/graph/timing.ts';

/** A clock that stands still but for the waits, which are over at once and are written down. */
export interface HastyTime {
  readonly clock: () => Date;
  readonly now: () => number;
  readonly sleep: Sleep;
  /** What was waited for, in milliseconds and in order. */
  readonly waitsMs: readonly number[];
}

/** From here on a wait is a limit on somebody else, such as the identity endpoint, and not a pause of ours. */
const LIMIT_MS = 45_000;

/** `passesLimits` lets limits pass at once as well, for an endpoint that never answers. */
export function startHastyTime(startsAt: Date, { passesLimits = false } = {}): HastyTime {
  let nowMs = startsAt.getTime();
  const waitsMs: number[] = [];
  return {
    clock: () => new Date(nowMs),
    now: () => nowMs,
    waitsMs,
    async sleep(waitMs, signal) {
      if (waitMs === LIMIT_MS && !passesLimits) return sleep(waitMs, signal);
      signal.throwIfAborted();
      waitsMs.push(waitMs);
      nowMs += waitMs;
    },
  };
}
