import { DayCounts } from '../sign-ins/day-counts.ts';
import { emptyRow } from '../sign-ins/day-row.ts';
import type { DayRow } from '../sign-ins/day-row.ts';
import { PeopleIndex } from '../sources/people-index.ts';
import { decodeCounts, encodeCounts, writeRow } from './encode-counts.ts';
import { StoredRows } from './stored-counts.ts';
import type { EncodedCounts } from './stored-counts.ts';
import { ByteWriter } from './varint.ts';

/** How a row joins what the same person has in the same slot already. */
export type MergeRow = (counts: DayCounts, row: DayRow) => void;

/** Counts to merge, and how their rows join what is there. */
export interface Merged {
  readonly counts: EncodedCounts;
  readonly merge: MergeRow;
}

/** The rows of two stored days in one, each person and slot once; of those that both have, the first one's comes first. */
export function mergeCounts(sources: readonly [Merged, Merged], dayStart: number): EncodedCounts {
  const arePlain = sources.every(
    ({ counts: { otherIds = [], unitMs, form } }) =>
      otherIds.length === 0 && unitMs === 1000 && form === undefined,
  );
  return arePlain ? mergeSorted(sources, dayStart) : mergeAny(sources, dayStart);
}

/** Whatever they look like. */
function mergeAny(sources: readonly Merged[], dayStart: number): EncodedCounts {
  const people = new PeopleIndex();
  const counts = new DayCounts();
  for (const source of sources) {
    for (const { id, ...row } of decodeCounts(source.counts, dayStart)) {
      source.merge(counts, { person: people.add(id), ...row });
    }
  }
  return encodeCounts(counts, people, dayStart);
}

/** GUIDs stand in the order of their bytes, and the slots of each in their order: one pass over both does it. */
function mergeSorted([left, right]: readonly [Merged, Merged], dayStart: number): EncodedCounts {
  const [a, b] = [new StoredRows(left.counts, dayStart), new StoredRows(right.counts, dayStart)];
  const guids = Buffer.allocUnsafe(a.guids.length + b.guids.length);
  const writer = new ByteWriter();
  const both = new DayCounts();
  const view = emptyRow();
  let length = 0;

  function write({ guids: own, person }: StoredRows, row: DayRow): void {
    const from = person * 16;
    const isSame = length > 0 && own.compare(guids, length - 16, length, from, from + 16) === 0;
    // The first person's step is 0, as is that of another row of the same person.
    writer.write(isSame || length === 0 ? 0 : 1);
    if (!isSame) length += own.copy(guids, length, from, from + 16);
    writeRow(writer, row, dayStart, 1000);
  }

  let [hasA, hasB] = [a.next(), b.next()];
  while (hasA || hasB) {
    const order = !hasA ? 1 : !hasB ? -1 : compareRows(a, b);
    if (order < 0) write(a, a);
    else if (order > 0) write(b, b);
    else {
      left.merge(both, ofOne(a));
      right.merge(both, ofOne(b));
      write(a, both.row(0, view));
      both.clear();
    }
    if (order <= 0) hasA = a.next();
    if (order >= 0) hasB = b.next();
  }
  return {
    people: guids.toString('base64', 0, length),
    otherIds: undefined,
    rows: writer.toBuffer().toString('base64'),
    unitMs: 1000,
  };
}

/** A row of the only person: each source numbers people in its own way. */
function ofOne(row: DayRow): DayRow {
  return { ...row, person: 0 };
}

function compareRows(a: StoredRows, b: StoredRows): number {
  const [left, right] = [a.person * 16, b.person * 16];
  // Most differ in the first bytes.
  for (let byte = 0; byte < 16; byte += 1) {
    const order = a.guids[left + byte]! - b.guids[right + byte]!;
    if (order !== 0) return order;
  }
  return a.slot - b.slot;
}
