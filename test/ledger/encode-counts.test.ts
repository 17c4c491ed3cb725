import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeTally, encodeTally } from '../../lib/ledger/encode-counts.ts';
import { TallyCursor } from '../../lib/ledger/stored-counts.ts';
import { SLOTS, Tally } from '../../lib/sign-ins/day-counts.ts';
import type { TallyRow } from '../../lib/sign-ins/day-counts.ts';
import { PeopleIndex } from '../../lib/sources/people-index.ts';

const DAY = Date.parse('2026-11-20T00:00:00Z');
const DAY_MS = 86_400_000;

const row = fc
  .record({
    id: fc.oneof(fc.uuid(), fc.uuid(), fc.constantFrom('adele', 'no guid', `${'0'.repeat(36)}`)),
    slot: fc.integer({ min: 0, max: SLOTS - 1 }),
    successes: fc.oneof(fc.constantFrom(0, 1, 1, 2), fc.nat(100_000)),
    withMfa: fc.nat(100_000),
    unsaid: fc.nat(100_000),
    failures: fc.oneof(fc.constantFrom(0, 0, 1), fc.nat(100_000)),
    first: fc.oneof(
      fc.nat(86_399).map((second) => second * 1000),
      fc.nat(DAY_MS - 1),
    ),
    length: fc.oneof(
      fc.constant(0),
      fc.nat(3_600).map((second) => second * 1000),
    ),
  })
  .filter(({ successes, failures }) => successes + failures > 0)
  .map(({ id, slot, successes, withMfa, unsaid, failures, first, length }) => {
    const successesWithMfa = Math.min(successes, withMfa);
    return {
      id: id.toLowerCase(),
      slot,
      successes,
      successesWithMfa,
      successesUnsaid: Math.min(successes - successesWithMfa, unsaid),
      failures,
      firstAt: DAY + first,
      lastAt: DAY + Math.min(DAY_MS - 1, first + length),
    };
  });

const rows = fc.uniqueArray(row, { selector: ({ id, slot }) => `${id} ${slot}`, maxLength: 60 });

function tallyOf(list: readonly (Omit<TallyRow, 'person'> & { readonly id: string })[]) {
  const people = new PeopleIndex();
  const tally = new Tally();
  for (const { id, ...counts } of list) tally.add({ person: people.add(id), ...counts });
  return encodeTally(tally, people, DAY);
}

describe('encodeTally', () => {
  it('gives back every row as it was', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const byKey = (a: { id: string; slot: number }, b: { id: string; slot: number }) =>
          `${a.id} ${a.slot}` < `${b.id} ${b.slot}` ? -1 : 1;

        const decoded = [...decodeTally(tallyOf(list), DAY)];

        expect(decoded.sort(byKey)).toEqual([...list].sort(byKey));
      }),
    );
  });

  it('gives equal tallies equal texts, whatever the order in which they grew', () => {
    fc.assert(
      fc.property(rows, (list) => {
        expect(tallyOf(list.toReversed())).toEqual(tallyOf(list));
      }),
    );
  });

  it.each([1, 2, 3, 4])('takes at most 64 bytes for a person with %d applications', (slots) => {
    const people = Array.from({ length: 500 }, (_, number) => ({
      id: `10000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    }));
    const list = people.flatMap(({ id }, number) =>
      Array.from({ length: slots }, (_, slot) => ({
        id,
        slot: slot * 3,
        successes: 1,
        successesWithMfa: number % 2,
        successesUnsaid: 0,
        failures: 0,
        firstAt: DAY + ((number * 7919 + slot * 31) % 86_400) * 1000,
        lastAt: DAY + ((number * 7919 + slot * 31) % 86_400) * 1000,
      })),
    );

    const bytes = JSON.stringify(tallyOf(list)).length;

    expect(bytes / people.length).toBeLessThan(64);
  });

  it('says that a damaged tally is damaged instead of making something up', () => {
    const whole = tallyOf([
      {
        id: '10000000-0000-4000-8000-000000000001',
        slot: 3,
        successes: 7,
        successesWithMfa: 2,
        successesUnsaid: 0,
        failures: 1,
        firstAt: DAY,
        lastAt: DAY + 1000,
      },
    ]);
    const cut = Buffer.from(whole.rows, 'base64').subarray(0, -1).toString('base64');

    const damaged = [
      { ...whole, rows: cut },
      { ...whole, people: '' },
      { ...whole, rows: Buffer.from([0, 0xff, 0x7f, 1, 1, 1]).toString('base64') },
    ];

    for (const tally of damaged) {
      const cursor = new TallyCursor(tally, DAY);
      expect(() => {
        while (cursor.next());
      }).toThrow(RangeError);
    }
  });
});
