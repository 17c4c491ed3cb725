import { describe, expect, it } from '@jest/globals';
import type { DayCover } from '../../lib/ledger/day-document.ts';
import { plannedSpan, planReading } from '../../lib/ledger/reading-plan.ts';
import { heldByGraphFrom } from '../../lib/sign-ins/origin.ts';
import { DAY_MS, dayOf, HOUR_MS } from './a-ledger.ts';

const TODAY = Date.parse('2026-11-21T00:00:00Z');
const MINUTE_MS = 60_000;

interface Covering {
  readonly hours?: number;
  readonly readAt?: number;
  readonly from?: number;
  readonly nonInteractive?: boolean;
}

/** A day that the ledger has, some days before today. */
function cover(daysAgo: number, about: Covering = {}): readonly [string, DayCover] {
  const start = TODAY - daysAgo * DAY_MS;
  const { hours = 24, readAt = start + 4 * DAY_MS, from = start, nonInteractive = true } = about;
  const day = dayOf(start);
  const to = start + hours * HOUR_MS;
  return [day, { day, from, to, interactive: true, nonInteractive, readAt }];
}

/** A ledger that was last read yesterday at an hour, and before that every day at that hour. */
function dailyAt(hour: number, days = 40): readonly (readonly [string, DayCover])[] {
  const yesterday = TODAY - DAY_MS + hour * HOUR_MS;
  return Array.from({ length: days }, (_, index) => {
    const daysAgo = index + 1;
    const readAt = Math.min(yesterday, TODAY - (daysAgo - 2) * DAY_MS + hour * HOUR_MS);
    return daysAgo === 1 ? cover(1, { hours: hour - 0.75, readAt }) : cover(daysAgo, { readAt });
  });
}

/** Graph's reach at an instant, which is all that a plan asks of an origin. */
function ofGraph(now: number) {
  const midnight = Math.floor(now / DAY_MS) * DAY_MS;
  const origin = { retainedFrom: heldByGraphFrom(now), furthestFrom: midnight - 89 * DAY_MS };
  return { now, origin };
}

interface PlanOptions {
  readonly overlapDays?: number;
  readonly isForReport?: boolean;
}

function plan(
  now: number,
  days: readonly (readonly [string, DayCover])[],
  { overlapDays = 2, isForReport = false }: PlanOptions = {},
) {
  const from = TODAY - 90 * DAY_MS;
  const { spans, settledAt } = planReading({
    ...ofGraph(now),
    days: new Map(days),
    overlapDays,
    isForReport,
    from,
  });
  return {
    settledAt: new Date(settledAt).toISOString(),
    spans: spans.map((span) => [toText(span.from), toText(span.to)].join(' ')),
    days: spans.reduce((sum, { from: start, to }) => sum + to - start, 0) / DAY_MS,
  };
}

const toText = (instant: number) => new Date(instant).toISOString().slice(5, 16);

describe('the days that a plan has to know', () => {
  it('are those that Graph still holds something of, an hour less than 30 days', () => {
    const now = TODAY + 6 * HOUR_MS;

    expect(heldByGraphFrom(now)).toBe(Date.parse('2026-10-22T07:00:00Z'));
    expect(plannedSpan({ ...ofGraph(now), from: TODAY - 90 * DAY_MS })).toEqual({
      from: Date.parse('2026-10-22T00:00:00Z'),
      to: now + 1,
    });
  });
});

describe('planReading', () => {
  it('reads two and a quarter days for a digest that runs once a day at six, whatever the history', () => {
    const now = TODAY + 6 * HOUR_MS;

    const amounts = [3, 10, 30, 40].map((days) => plan(now, dailyAt(6, days)));

    expect(amounts[3]?.spans).toEqual(['11-19T00:00 11-21T06:00']);
    expect(amounts[2]).toEqual(amounts[3]);
    expect(amounts[3]?.days).toBeCloseTo(2.25, 5);
  });

  it('goes on from the newest settled instant once the day has been read again', () => {
    const readAt = TODAY + 6 * HOUR_MS;
    const days = [
      cover(0, { hours: 5.25, readAt }),
      cover(1, { readAt }),
      cover(2, { readAt }),
      ...dailyAt(6).slice(2),
    ];

    const { spans, settledAt } = plan(TODAY + 9 * HOUR_MS, days);

    expect(spans).toEqual(['11-21T05:15 11-21T09:00']);
    expect(settledAt).toBe('2026-11-21T08:15:00.000Z');
  });

  it('looks once more, thirty hours after its end, at a day that was last read before', () => {
    const readAt = TODAY + 1.3 * HOUR_MS;
    const days = [
      cover(0, { hours: 0.5, readAt }),
      cover(1, { readAt }),
      cover(2, { readAt }),
      ...dailyAt(6).slice(2),
    ];

    // A minute before: a timer may fire a little early.
    const at = TODAY + 6 * HOUR_MS - MINUTE_MS;
    const before = plan(at - 1, days);
    const after = plan(at, days);

    expect(before.spans).toEqual(['11-21T00:30 11-21T05:59']);
    expect(after.spans).toEqual(['11-21T00:30 11-21T05:59', '11-19T00:00 11-20T00:00']);
  });

  it('looks no more at a day that was read when all had arrived', () => {
    const readAt = TODAY + 6 * HOUR_MS - MINUTE_MS;
    const days = [
      cover(0, { hours: 5, readAt }),
      cover(1, { readAt }),
      cover(2, { readAt }),
      ...dailyAt(6).slice(2),
    ];

    expect(plan(TODAY + 7 * HOUR_MS, days).spans).toEqual(['11-21T05:00 11-21T07:00']);
  });

  it('reads for a report also what was read before Entra shows all of it, and no more often than that', () => {
    const ingested = [
      cover(0, { hours: 4.5, readAt: TODAY + 1.3 * HOUR_MS }),
      cover(1, { readAt: TODAY + 1.3 * HOUR_MS }),
      cover(2, { readAt: TODAY + 1.3 * HOUR_MS }),
      ...dailyAt(6).slice(2),
    ];
    const reported = [
      cover(0, { hours: 5.25, readAt: TODAY + 6 * HOUR_MS }),
      cover(1, { readAt: TODAY + 6 * HOUR_MS }),
      cover(2, { readAt: TODAY + 6 * HOUR_MS }),
      ...dailyAt(6).slice(2),
    ];
    const at = (
      hours: number,
      days: readonly (readonly [string, DayCover])[],
      isForReport = true,
    ) => plan(TODAY + hours * HOUR_MS, days, { isForReport }).spans;

    expect(at(5.5, ingested, false)).toEqual(['11-21T04:30 11-21T05:30']);
    expect(at(5.5, ingested)).toEqual(['11-20T00:00 11-21T05:30']);
    expect(at(6, ingested)).toEqual(['11-19T00:00 11-21T06:00']);
    expect(at(14, reported)).toEqual(['11-21T00:00 11-21T14:00']);
  });

  it('begins the first run of a day as many days back as overlap, whenever that is', () => {
    expect(plan(TODAY + 2 * HOUR_MS, dailyAt(6)).spans).toEqual(['11-19T00:00 11-21T02:00']);
  });

  it('takes midnight for the day that begins with it', () => {
    const days = [cover(1, { readAt: TODAY }), cover(2, { readAt: TODAY }), ...dailyAt(6).slice(2)];

    expect(plan(TODAY + 2 * HOUR_MS, days).spans).toEqual(['11-21T00:00 11-21T02:00']);
  });

  it('reads the oldest day to the second at which Graph’s retention begins, and none before it', () => {
    const now = TODAY + 23 * HOUR_MS;
    const read = dailyAt(6).map(([day, known]) => [day, { ...known, readAt: now - 1 }] as const);
    const oldest = '2026-10-23';

    const without = plan(
      now,
      read.filter(([day]) => day > oldest),
    );
    const vague = plan(
      now,
      read
        .filter(([day]) => day >= oldest)
        .map(([day, known]) => [day, { ...known, knowsAskers: day !== oldest }] as const),
    );

    for (const { spans } of [without, vague]) expect(spans.at(-1)).toBe('10-23T00:00 10-24T00:00');
  });

  it('says up to where the newest day of the ledger is settled', () => {
    const settledBeforeOf = (...days: readonly (readonly [string, DayCover])[]) =>
      planReading({
        ...ofGraph(TODAY + HOUR_MS),
        days: new Map(days),
        overlapDays: 2,
        isForReport: false,
        from: 0,
      }).settledBefore;

    expect(settledBeforeOf(cover(0, { hours: 0.5 }), cover(1))).toBe(TODAY + HOUR_MS / 2);
    expect(settledBeforeOf(cover(1, { hours: 23 }))).toBe(TODAY - HOUR_MS);
    expect(settledBeforeOf(cover(1, { nonInteractive: false }))).toBeUndefined();
    expect(settledBeforeOf(cover(2))).toBeUndefined();
  });

  it('lets an ingest every four hours read at most two days’ worth a day beyond the re-reading', () => {
    const days = new Map<string, DayCover>(dailyAt(6));
    let readMs = 0;
    let rereadMs = 0;
    // Four days, so that the first, which has to catch up with another schedule, does not count.
    for (let run = 0; run < 24; run += 1) {
      const now = TODAY + (run * 4 + 1) * HOUR_MS + 20 * MINUTE_MS;
      const today = Math.floor(now / DAY_MS) * DAY_MS;
      const { spans, settledAt } = planReading({
        ...ofGraph(now),
        days,
        overlapDays: 2,
        isForReport: false,
        from: TODAY - 90 * DAY_MS,
      });
      const amountMs = spans.reduce((sum, { from, to }) => sum + to - from, 0);
      if (run >= 18 && run % 6 === 0) rereadMs += amountMs;
      else if (run >= 18) readMs += amountMs;
      for (const span of spans) {
        for (
          let start = Math.floor(span.from / DAY_MS) * DAY_MS;
          start < span.to;
          start += DAY_MS
        ) {
          const [day, known] = [dayOf(start), days.get(dayOf(start))];
          const to = Math.min(start + DAY_MS, settledAt);
          const isGrowing = known !== undefined && start === today && span.from > start;
          if (start >= settledAt) continue;
          const readAt = isGrowing ? known.readAt : now;
          days.set(day, { day, from: start, to, interactive: true, nonInteractive: true, readAt });
        }
      }
    }

    expect(rereadMs / DAY_MS).toBeLessThan(2.1);
    expect(readMs / DAY_MS).toBeLessThan(2);
  });

  it('reads a day anew that is missing, cut short, or lacks a kind, and nothing else', () => {
    const days = dailyAt(6).filter(([day]) => day !== '2026-11-11');
    const changed = days.map(([day, known]): readonly [string, DayCover] => {
      if (day === '2026-11-15') return [day, { ...known, nonInteractive: false }];
      if (day === '2026-11-13') return [day, { ...known, to: known.to - HOUR_MS }];
      return [day, known];
    });

    const { spans } = plan(TODAY + 6 * HOUR_MS, changed);

    expect(spans).toEqual([
      '11-19T00:00 11-21T06:00',
      '11-15T00:00 11-16T00:00',
      '11-13T23:00 11-14T00:00',
      '11-11T00:00 11-12T00:00',
    ]);
  });

  it('reads the days of a gap, and the day before it, whose late sign-ins nobody has seen', () => {
    const readAt = TODAY - 6 * DAY_MS + 6 * HOUR_MS;
    const days = [
      cover(6, { hours: 5.25, readAt }),
      cover(7, { readAt }),
      ...Array.from({ length: 25 }, (_, index) => cover(index + 8)),
    ];

    const { spans } = plan(TODAY + 6 * HOUR_MS, days);

    expect(spans).toEqual(['11-14T00:00 11-21T06:00']);
  });

  it('does not ask for days that Graph cannot hold any more', () => {
    const days = dailyAt(6).filter(([day]) => day > '2026-10-24');

    const { spans } = plan(TODAY + 6 * HOUR_MS, days);

    expect(spans).toEqual(['11-19T00:00 11-21T06:00', '10-22T00:00 10-25T00:00']);
  });

  it('reads everything where the ledger is empty, not further than Graph lets itself be asked', () => {
    const { spans } = plan(TODAY + 6 * HOUR_MS, []);

    expect(spans).toEqual(['08-24T00:00 11-21T06:00']);
  });

  it('goes on across midnight where the last run left a part of yesterday', () => {
    const readAt = TODAY + 10 * MINUTE_MS;
    const days = [
      cover(1, { hours: 23.4, readAt }),
      cover(2, { readAt: TODAY + 6 * HOUR_MS }),
      ...dailyAt(6).slice(2),
    ];

    const { spans } = plan(TODAY + 4 * HOUR_MS, days);

    expect(spans).toEqual(['11-20T23:24 11-21T04:00']);
  });
});
