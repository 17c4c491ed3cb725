import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DayCounts } from '../../lib/sign-ins/day-counts.ts';
import { COUNTS } from '../../lib/sign-ins/day-row.ts';
import type { DayRow } from '../../lib/sign-ins/day-row.ts';
import { SeenIds } from '../../lib/sign-ins/seen-ids.ts';
import { aDayRow, anyDayRow } from '../support/day-rows.ts';

function rowsOf(rows: readonly DayRow[]): readonly DayRow[] {
  const counts = new DayCounts();
  for (const row of rows) counts.add(row);
  return [...counts.rows()]
    .map((row) => ({ ...row, counts: Array.from(row.counts) }))
    .toSorted((a, b) => a.person - b.person || a.slot - b.slot);
}

describe('DayCounts', () => {
  it('gives the same in any order', () => {
    fc.assert(
      fc.property(fc.array(anyDayRow, { maxLength: 60 }), (rows) => {
        expect(rowsOf(rows.toReversed())).toEqual(rowsOf(rows));
      }),
    );
  });

  it('keeps first and last success, last MFA and last refusal apart', () => {
    const claimed = aDayRow({ claim: 1 }, 2_000);
    const single = aDayRow({ none: 1 }, 9_000);
    const refused = aDayRow({ enrol: 1 }, 12_000);

    expect(rowsOf([single, refused, claimed])).toMatchObject([
      {
        firstAt: claimed.lastAt,
        lastAt: single.lastAt,
        lastMfaAt: claimed.lastAt,
        lastHereAt: 0,
        lastRefusalAt: refused.lastRefusalAt,
      },
    ]);
  });

  it('tells of two refusals at one instant the same stage in any order', () => {
    const one = { ...aDayRow({ enrol: 1 }, 5_000), lastRefusal: 1 };
    const other = { ...aDayRow({ 'not-passed': 1 }, 5_000), lastRefusal: 2 * 16 + 2 };

    for (const rows of [
      [one, other],
      [other, one],
    ]) {
      expect(rowsOf(rows)).toMatchObject([{ lastRefusal: 34 }]);
    }
  });

  it('counts what two readings of the same hours both saw once', () => {
    const counts = new DayCounts();
    counts.add(aDayRow({ claim: 3, none: 1 }, 1_000));
    counts.mergeLargest(aDayRow({ claim: 2, none: 2 }, 4_000));

    const [row] = [...counts.rows()];

    expect(Array.from(row!.counts)).toEqual(
      COUNTS.map((name) => ({ claim: 3, none: 2 })[name as 'claim'] ?? 0),
    );
  });

  it('grows beyond its first capacity without losing a row', () => {
    const rows = Array.from({ length: 2000 }, (_, index) => ({
      ...aDayRow({ none: index + 1 }, index),
      person: index >> 1,
      slot: index & 1,
    }));

    expect(rowsOf(rows).map(({ counts }) => counts[COUNTS.indexOf('none')])).toEqual(
      rows.map((_, index) => index + 1),
    );
  });
});
describe('SeenIds', () => {
  it('knows an id again, among many', () => {
    const seen = new SeenIds();
    const ids = Array.from({ length: 20_000 }, (_, index) => `${index.toString(16)}-4b36-9de0`);

    expect(ids.filter((id) => seen.add(id))).toHaveLength(ids.length);
    expect(ids.filter((id) => seen.add(id))).toEqual([]);
  });

  it('knows an id again whose fingerprint looks like an empty place', () => {
    const seen = new SeenIds();
    // Made for this table: the half of its fingerprint that marks a place as taken comes out as zero.
    const id = `sign-in-60041-${String.fromCharCode(0x30a)}`;

    expect([seen.add(id), seen.add(id)]).toEqual([true, false]);
  });

  it('behaves as a set', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 2 })), (ids) => {
        const seen = new SeenIds();

        expect(ids.filter((id) => seen.add(id))).toEqual([...new Set(ids)]);
      }),
    );
  });
});
