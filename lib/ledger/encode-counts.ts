import { emptyRow } from '../sign-ins/day-row.ts';
import type { DayCounts } from '../sign-ins/day-counts.ts';
import type { DayRow } from '../sign-ins/day-row.ts';
import type { PeopleIndex } from '../sources/people-index.ts';
import {
  BIT_ORDER,
  hoursShown,
  placeOf,
  REFUSALS,
  ROPC_BIT,
  SLOT_BITS,
  StoredRows,
  SUCCESSES,
  SUCCESSES_HERE,
  SUCCESSES_WITH_MFA,
} from './stored-counts.ts';
import type { EncodedCounts } from './stored-counts.ts';
import { ByteWriter } from './varint.ts';

/** `dayStart` is midnight UTC of the day, milliseconds since 1970. */
export function encodeCounts(
  counts: DayCounts,
  people: PeopleIndex,
  dayStart: number,
): EncodedCounts {
  const order = orderOf(counts, people);
  const unitMs = counts.areWholeSeconds ? 1000 : 1;

  const bytes = Buffer.allocUnsafe(counts.people * 16);
  const otherIds: string[] = [];
  const writer = new ByteWriter();
  let listed = 0;
  let person = -1;
  const view = emptyRow();
  for (const place of order) {
    const row = counts.row(place, view);
    const isNext = row.person !== person;
    // The first person's step is 0, as is that of another row of the same person.
    writer.write(isNext && listed > 0 ? 1 : 0);
    writeRow(writer, row, dayStart, unitMs);
    if (!isNext) continue;
    person = row.person;
    if (people.isGuid(person)) people.writeGuid(person, bytes, listed * 16);
    else otherIds.push(people.idOf(person).toLowerCase());
    listed += 1;
  }
  const length = (listed - otherIds.length) * 16;
  return {
    people: bytes.toString('base64', 0, length),
    otherIds: otherIds.length > 0 ? otherIds : undefined,
    rows: writer.toBuffer().toString('base64'),
    unitMs,
  };
}

/** The places of the rows, GUIDs first, in the order of their bytes; the same for equal counts. */
function orderOf(counts: DayCounts, people: PeopleIndex): Uint32Array {
  const rank = (person: number) => (people.isGuid(person) ? 0 : 1);
  const compareIds = (a: number, b: number) =>
    rank(a) - rank(b) ||
    people.compareGuids(a, b) ||
    compareTexts(people.idOf(a).toLowerCase(), people.idOf(b).toLowerCase());
  const compareRows = (a: number, b: number) => {
    const [left, right] = [counts.personOf(a), counts.personOf(b)];
    const bySlot = counts.slotOf(a) - counts.slotOf(b);
    return left === right ? bySlot : compareIds(left, right) || bySlot;
  };
  const leading = (place: number) => people.leadingWord(counts.personOf(place));
  return orderBy(counts.size, leading, compareRows);
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Writes what a row says, its person apart. */
export function writeRow(writer: ByteWriter, row: DayRow, dayStart: number, unitMs: number): void {
  const { counts, firstAt, lastAt, lastMfaAt, lastHereAt, lastRefusalAt } = row;
  let bits = 0;
  for (let bit = 0; bit < BIT_ORDER.length; bit += 1) {
    if (counts[BIT_ORDER[bit]!]! > 0) bits |= 1 << bit;
  }
  writer.write(row.slot | (bits << SLOT_BITS) | (row.ropc << ROPC_BIT));
  for (let rest = bits; rest !== 0; rest &= rest - 1) writer.write(counts[placeOf(rest)]!);
  if ((bits & SUCCESSES) > 0) {
    writer.write((firstAt - dayStart) / unitMs);
    writer.write((lastAt - firstAt) / unitMs);
  }
  if ((bits & SUCCESSES_WITH_MFA) > 0) writer.write((lastAt - lastMfaAt) / unitMs);
  if ((bits & SUCCESSES_HERE) > 0) writer.write((lastMfaAt - lastHereAt) / unitMs);
  if ((bits & REFUSALS) > 0) {
    writer.write((lastRefusalAt - dayStart) / unitMs);
    writer.write(row.lastRefusal);
  }
  writer.write(row.hours & ~hoursShown(row, dayStart));
}

/** A row that names its person by object id, lower case. */
export interface StoredRow extends Omit<DayRow, 'person'> {
  readonly id: string;
}

/** The rows of a stored day by id and slot; throws RangeError where it is damaged. */
export function* decodeCounts(stored: EncodedCounts, dayStart: number): Generator<StoredRow> {
  const rows = new StoredRows(stored, dayStart);
  while (rows.next()) {
    const { person, slot, firstAt, lastAt, lastMfaAt, lastHereAt } = rows;
    const { lastRefusalAt, lastRefusal, hours, ropc } = rows;
    const counts = Array.from(rows.counts);
    // A row of form 1 that held nothing but failures says nothing any more.
    if (counts.every((count) => count === 0)) continue;
    const instants = { firstAt, lastAt, lastMfaAt, lastHereAt, lastRefusalAt };
    yield { id: rows.idOf(person), slot, counts, ...instants, lastRefusal, hours, ropc };
  }
}

/**
 * The places 0 to `count` in an order. Numbers sort ten times faster than a comparison is called: `leading` gives the
 * first 32 bits of what is compared, and `compare` is asked only where they are equal.
 */
export function orderBy(
  count: number,
  leading: (place: number) => number,
  compare: (a: number, b: number) => number,
): Uint32Array {
  // Each pair is one number of 64 bits, its place the low half.
  const pairs = new Uint32Array(count * 2);
  for (let place = 0; place < count; place += 1) {
    pairs[place * 2] = place;
    pairs[place * 2 + 1] = leading(place);
  }
  new BigUint64Array(pairs.buffer).sort();
  const order = new Uint32Array(count);
  for (let place = 0; place < count; place += 1) order[place] = pairs[place * 2]!;
  for (let from = 0, to = 0; from < count; from = to) {
    while (to < count && pairs[to * 2 + 1] === pairs[from * 2 + 1]) to += 1;
    if (to - from > 1) order.subarray(from, to).sort(compare);
  }
  return order;
}
