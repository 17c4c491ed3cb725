import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SLOTS, Tally } from '../../lib/sign-ins/day-counts.ts';
import type { TallyRow } from '../../lib/sign-ins/day-counts.ts';
import { SeenIds } from '../../lib/sign-ins/seen-ids.ts';

const aRow: TallyRow = {
  person: 0,
  slot: 0,
  successes: 0,
  successesWithMfa: 0,
  successesUnsaid: 0,
  failures: 0,
  firstAt: 0,
  lastAt: 0,
};

function rowsOf(rows: readonly TallyRow[]): readonly TallyRow[] {
  const tally = new Tally();
  for (const row of rows) tally.add(row);
  return [...tally.rows()].toSorted((a, b) => a.person - b.person || a.slot - b.slot);
}

describe('Tally', () => {
  it('spans the successes, and the failures only where there is no success', () => {
    const failed = { ...aRow, failures: 1, firstAt: 1, lastAt: 9 };
    const succeeded = { ...aRow, successes: 1, firstAt: 5, lastAt: 5 };

    expect(rowsOf([failed])).toMatchObject([{ firstAt: 1, lastAt: 9 }]);
    for (const order of [
      [failed, succeeded],
      [succeeded, failed],
    ]) {
      expect(rowsOf(order)).toMatchObject([{ successes: 1, failures: 1, firstAt: 5, lastAt: 5 }]);
    }
  });

  it('gives the same in any order', () => {
    const anyRow = fc
      .record({
        person: fc.nat(5),
        slot: fc.nat(SLOTS - 1),
        isSuccess: fc.boolean(),
        at: fc.nat(99),
      })
      .map(({ person, slot, isSuccess, at }) => ({
        ...aRow,
        person,
        slot,
        successes: Number(isSuccess),
        failures: Number(!isSuccess),
        firstAt: at,
        lastAt: at,
      }));
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 60 }), (rows) => {
        expect(rowsOf(rows.toReversed())).toEqual(rowsOf(rows));
      }),
    );
  });

  it('grows beyond its first capacity without losing a row', () => {
    const rows = Array.from({ length: 2000 }, (_, index) => ({
      ...aRow,
      person: index >> 1,
      slot: index & 1,
      successes: index + 1,
      firstAt: index,
      lastAt: index + 1,
    }));

    expect(rowsOf(rows)).toEqual(rows);
  });
});

describe('SeenIds', () => {
  it('knows an id again, among many', () => {
    const seen = new SeenIds();
    const ids = Array.from({ length: 20_000 }, (_, index) => `${index.toString(16)}-4b36-9de0`);

    expect(ids.filter((id) => seen.add(id))).toHaveLength(ids.length);
    expect(ids.filter((id) => seen.add(id))).toEqual([]);
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
