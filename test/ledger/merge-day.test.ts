import { describe, expect, it } from '@jest/globals';
import type { DayContent } from '../../lib/ledger/day-document.ts';
import { decodeCounts, encodeCounts } from '../../lib/ledger/encode-counts.ts';
import { KnownDays } from '../../lib/ledger/merge-day.ts';
import { DayCounts } from '../../lib/sign-ins/day-counts.ts';
import { COUNTS, successesOf } from '../../lib/sign-ins/day-row.ts';
import type { DayRow } from '../../lib/sign-ins/day-row.ts';
import { PeopleIndex } from '../../lib/sources/people-index.ts';
import { aDayRow, DAY } from '../support/day-rows.ts';

const HOUR_MS = 3_600_000;

/** 20 November with one person's row, read whole unless said otherwise. */
function aDay(row: DayRow, about: Partial<DayContent> = {}): DayContent {
  const people = new PeopleIndex();
  people.add('d1132181-5011-45b0-a957-9709cda2816c');
  const counts = new DayCounts();
  counts.add(row);
  return {
    day: '2026-11-20',
    from: DAY,
    to: DAY + 24 * HOUR_MS,
    interactive: true,
    nonInteractive: true,
    readAt: DAY,
    counts: encodeCounts(counts, people, DAY),
    ...about,
  };
}

/** What a run knows of the day after a whole one of before and a fragment that it read itself. */
function knownAfter(before: DayContent, fragment: DayContent): KnownDays {
  const known = new KnownDays('2026-11-20');
  known.note(before);
  known.add(fragment);
  return known;
}

function rowOf(known: KnownDays) {
  const [row] = [...decodeCounts(known.all[0]!.content.counts, DAY)];
  const named = COUNTS.map((name, place) => [name, row!.counts[place]!] as const);
  return {
    successes: successesOf(row!),
    counts: Object.fromEntries(named.filter(([, count]) => count > 0)),
  };
}

const OLD = { knowsAskers: false };
const FRAGMENT = { nonInteractive: false, readAt: DAY + HOUR_MS };

describe('a day that was read before evidence was told apart, and a fragment that tells it', () => {
  it.each([
    ['all of it', { unsaid: 3 }, { here: 3 }, { here: 3 }],
    ['a part of it', { unsaid: 3 }, { here: 1 }, { here: 1, unsaid: 2 }],
    ['what passed for one factor', { none: 3 }, { unsaid: 2 }, { unsaid: 3 }],
    ['one factor too', { none: 3 }, { none: 2 }, { none: 2, unsaid: 1 }],
    ['more than it', { unsaid: 1 }, { here: 1, claim: 1 }, { here: 1, claim: 1 }],
    ['only refusals', { none: 2 }, { enrol: 1 }, { none: 2, enrol: 1 }],
  ])('count no sign-in twice where the fragment tells %s', (_, old, read, counts) => {
    const known = knownAfter(aDay(aDayRow(old), OLD), aDay(aDayRow(read), FRAGMENT));

    expect(rowOf(known).counts).toEqual(counts);
    expect(known.all[0]?.content.knowsAskers).toBe(false);
  });
});

describe('two readings of the same hours that tell evidence apart', () => {
  it('count as the larger, count by count', () => {
    const known = knownAfter(
      aDay(aDayRow({ here: 2, none: 1 })),
      aDay(aDayRow({ here: 1, none: 3 }), FRAGMENT),
    );

    expect(rowOf(known)).toEqual({ successes: 5, counts: { here: 2, none: 3 } });
  });
});

describe('a day whose order turned out to be broken', () => {
  it('keeps what was counted, and proves nothing', () => {
    const known = new KnownDays('2026-11-20');
    known.note(aDay(aDayRow({ here: 2 })));

    known.distrust('2026-11-20');

    expect(known.all[0]?.covers).toEqual([]);
    expect(rowOf(known).successes).toBe(2);
  });

  it('is covered by what is read of it afterwards, and by no more', () => {
    const known = new KnownDays('2026-11-20');
    known.note(aDay(aDayRow({ here: 2 })));
    known.distrust('2026-11-20');

    known.add(aDay(aDayRow({ here: 1 }), { ...FRAGMENT, to: DAY + HOUR_MS }));

    expect(known.all[0]?.covers).toMatchObject([{ interactive: true, nonInteractive: false }]);
  });

  it('is not proven by a reading that goes on where it ends', () => {
    const known = new KnownDays('2026-11-20');
    const noon = DAY + 12 * HOUR_MS;
    known.note(aDay(aDayRow({ here: 2 }), { to: noon }));
    known.distrust('2026-11-20');

    known.add(aDay(aDayRow({ here: 1 }), { to: noon, interactive: false, nonInteractive: false }));
    known.add(aDay(aDayRow({ here: 1 }), { from: noon }));

    expect(rowOf(known).successes).toBe(3);
    const proven = known.all[0]?.covers.filter(({ interactive }) => interactive);
    expect(proven?.map(({ from }) => from)).toEqual([noon]);
  });
});

describe('a whole reading of a day', () => {
  const hours = (from: number, to: number) => ({
    from: DAY + from * HOUR_MS,
    to: DAY + to * HOUR_MS,
  });
  const spansOf = (known: KnownDays) =>
    known.all[0]?.covers.map(({ from, to }) => [(from - DAY) / HOUR_MS, (to - DAY) / HOUR_MS]);

  it('lengthens a day where it goes on, counting each instant once', () => {
    const known = knownAfter(
      aDay(aDayRow({ here: 2 }), hours(0, 6)),
      aDay(aDayRow({ here: 3 }), { ...hours(6, 12), readAt: DAY + HOUR_MS }),
    );

    expect(rowOf(known).counts).toEqual({ here: 5 });
    expect(spansOf(known)).toEqual([[0, 12]]);
    expect(known.all[0]?.content.readAt).toBe(DAY);
  });

  it('counts each instant once also where it ends as the day begins', () => {
    const known = knownAfter(
      aDay(aDayRow({ here: 2 }), hours(6, 12)),
      aDay(aDayRow({ here: 3 }), hours(0, 6)),
    );

    expect(rowOf(known).counts).toEqual({ here: 5 });
  });

  it('lengthens a day that only the ledger knew', () => {
    const known = new KnownDays('2026-11-20');

    known.add(aDay(aDayRow({ here: 3 }), hours(6, 12)), aDay(aDayRow({ here: 2 }), hours(0, 6)));

    expect(rowOf(known).counts).toEqual({ here: 5 });
    expect(spansOf(known)).toEqual([[0, 12]]);
  });

  it.each([
    ['leaves a gap', hours(9, 12), { here: 5 }],
    ['begins before the end', hours(5, 12), { here: 3 }],
  ])('proves nothing of what lies between where it %s', (_, span, counts) => {
    const known = knownAfter(
      aDay(aDayRow({ here: 2 }), hours(0, 6)),
      aDay(aDayRow({ here: 3 }), span),
    );

    expect(rowOf(known).counts).toEqual(counts);
    expect(spansOf(known)).toEqual([
      [0, 6],
      [(span.from - DAY) / HOUR_MS, 12],
    ]);
  });

  it('keeps what a fragment saw beyond it, and proves no more than itself', () => {
    const known = knownAfter(
      aDay(aDayRow({ here: 4 }), { nonInteractive: false }),
      aDay(aDayRow({ here: 3 }), hours(0, 12)),
    );

    expect(rowOf(known).counts).toEqual({ here: 4 });
    expect(known.all[0]?.covers.filter(({ nonInteractive }) => nonInteractive)).toMatchObject([
      hours(0, 12),
    ]);
    expect(known.all[0]?.covers).toHaveLength(2);
  });

  it('replaces a day that it covers', () => {
    const known = knownAfter(aDay(aDayRow({ here: 4 }), hours(0, 6)), aDay(aDayRow({ here: 3 })));

    expect(rowOf(known).counts).toEqual({ here: 3 });
    expect(spansOf(known)).toEqual([[0, 24]]);
  });
});

describe('two readings of the same hours of which neither tells evidence apart', () => {
  it('count as the larger', () => {
    const known = knownAfter(
      aDay(aDayRow({ unsaid: 3, none: 1 }), OLD),
      aDay(aDayRow({ unsaid: 2, none: 2 }), { ...OLD, ...FRAGMENT }),
    );

    expect(rowOf(known).counts).toEqual({ unsaid: 3, none: 2 });
  });
});

describe('a day that is not known', () => {
  it('stays so where its order turns out to be broken', () => {
    const known = new KnownDays('2026-11-20');

    known.distrust('2026-11-20');

    expect(known.all).toEqual([]);
  });
});
