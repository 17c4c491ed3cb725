import { describe, expect, it } from '@jest/globals';
import { caughtUpAt, minutesLeft } from '../../lib/ledger/catch-up.ts';
import { DAY_MS, HOUR_MS } from './a-ledger.ts';

const NOW = Date.parse('2026-11-21T06:00:00Z');
const MINUTE_MS = 60_000;
const nextRuns = {
  startAts: Array.from({ length: 180 }, (_, run) => NOW + (run + 1) * 4 * HOUR_MS),
  readingMs: 25 * MINUTE_MS,
  overlapDays: 2,
};

describe('minutesLeft', () => {
  it('goes by what this run read, and tells nothing from nothing', () => {
    expect(minutesLeft(10 * DAY_MS, { readMs: 2 * DAY_MS, tookMs: 20 * MINUTE_MS })).toBe(100);
    expect(minutesLeft(DAY_MS, { readMs: 0, tookMs: 20 * MINUTE_MS })).toBeUndefined();
  });
});

describe('caughtUpAt', () => {
  it('takes the runs that it needs, each of which reads what is new first', () => {
    const pace = { readMs: 2 * DAY_MS, tookMs: 25 * MINUTE_MS };

    const doneAt = caughtUpAt(10 * DAY_MS, pace, nextRuns, NOW);

    // Each run has two days’ worth, less the four new hours; the first of a day spends all on the overlap.
    expect(new Date(doneAt ?? 0).toISOString()).toBe('2026-11-22T06:00:00.000Z');
  });

  it('ends where Graph has forgotten what was missing, for a log that is too long for any run', () => {
    const pace = { readMs: HOUR_MS, tookMs: 25 * MINUTE_MS };

    const doneAt = caughtUpAt(10 * DAY_MS, pace, nextRuns, NOW);

    expect(doneAt).toBe(NOW + 10 * DAY_MS);
  });

  it('does not tell what no run within its sight reaches', () => {
    const pace = { readMs: HOUR_MS, tookMs: 25 * MINUTE_MS };

    expect(caughtUpAt(90 * DAY_MS, pace, nextRuns, NOW)).toBeUndefined();
  });
});
