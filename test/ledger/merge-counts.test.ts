import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeCounts, encodeCounts } from '../../lib/ledger/encode-counts.ts';
import { mergeCounts } from '../../lib/ledger/merge-counts.ts';
import type { MergeRow } from '../../lib/ledger/merge-counts.ts';
import type { EncodedCounts } from '../../lib/ledger/stored-counts.ts';
import { DayCounts } from '../../lib/sign-ins/day-counts.ts';
import { INSTANTS } from '../../lib/sign-ins/day-row.ts';
import type { DayRow } from '../../lib/sign-ins/day-row.ts';
import { PeopleIndex } from '../../lib/sources/people-index.ts';
import { anyDayRow, DAY } from '../support/day-rows.ts';

const add: MergeRow = (counts, row) => counts.add(row);
const largest: MergeRow = (counts, row) => counts.mergeLargest(row);
const vaguer: MergeRow = (counts, row) => counts.mergeVaguer(row);

type NamedRow = DayRow & { readonly id: string };

/** Rows of few people, so that two lists often have the same one; `unitMs` parts their instants. */
function rowsOf(ids: fc.Arbitrary<string>, unitMs: number) {
  const cut = (row: DayRow): DayRow => {
    const instants = INSTANTS.map((name) => [name, row[name] - (row[name] % unitMs)] as const);
    return { ...row, ...Object.fromEntries(instants) };
  };
  return fc.array(
    fc.tuple(ids, anyDayRow).map(([id, row]): NamedRow => ({ ...cut(row), id })),
    { maxLength: 40 },
  );
}

const SOME = Array.from(
  { length: 12 },
  (_, at) => `${at % 5}2345678-0000-4000-8000-0000000000${10 + at}`,
);
const guids = fc.oneof(fc.uuid(), fc.constantFrom(...SOME));
const others = fc.oneof(guids, fc.constantFrom('adele', 'no guid', '0'.repeat(36)));

function encode(list: readonly NamedRow[]): EncodedCounts {
  const [people, counts] = [new PeopleIndex(), new DayCounts()];
  for (const { id, ...row } of list) counts.add({ ...row, person: people.add(id) });
  return encodeCounts(counts, people, DAY);
}

/** As one would merge them without knowing in which order they stand. */
function mergeByHand(sources: readonly (readonly [EncodedCounts, MergeRow])[]): EncodedCounts {
  const [people, counts] = [new PeopleIndex(), new DayCounts()];
  for (const [source, merge] of sources) {
    for (const { id, ...row } of decodeCounts(source, DAY)) {
      merge(counts, { ...row, person: people.add(id) });
    }
  }
  return encodeCounts(counts, people, DAY);
}

describe('mergeCounts', () => {
  it.each([
    ['of GUIDs at whole seconds', guids, 1000],
    ['of ids of all kinds', others, 1000],
    ['of GUIDs at any instant', guids, 1],
  ])('gives the same text as row by row, %s', (_, ids, unitMs) => {
    const merges = fc.constantFrom([add, add], [largest, largest], [largest, vaguer] as const);

    fc.assert(
      fc.property(
        rowsOf(ids, unitMs),
        rowsOf(ids, unitMs),
        merges,
        (one, other, [first, second]) => {
          const [a, b] = [encode(one), encode(other)];

          const merged = mergeCounts(
            [
              { counts: a, merge: first! },
              { counts: b, merge: second! },
            ],
            DAY,
          );

          expect(merged).toEqual(
            mergeByHand([
              [a, first!],
              [b, second!],
            ]),
          );
        },
      ),
    );
  });
});
