import type { Tally, TallyRow } from '../sign-ins/day-counts.ts';
import type { PeopleIndex } from '../sources/people-index.ts';
import { ByteWriter, FLAG_BITS, FLAGS, TallyCursor } from './stored-counts.ts';
import type { EncodedTally } from './stored-counts.ts';

/** A row that names its person by object id, lower case. */
export interface StoredRow extends Omit<TallyRow, 'person'> {
  readonly id: string;
}

/** `dayStart` is midnight UTC of the day, milliseconds since 1970. */
export function encodeTally(tally: Tally, people: PeopleIndex, dayStart: number): EncodedTally {
  const order = orderOf(tally, people);
  const unitMs = areWholeSeconds(tally) ? 1000 : 1;

  const bytes = Buffer.allocUnsafe(tally.people * 16);
  const otherIds: string[] = [];
  const writer = new ByteWriter();
  let listed = 0;
  let person = -1;
  for (const place of order) {
    const row = tally.row(place);
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
    ...(otherIds.length > 0 && { otherIds }),
    rows: writer.toBuffer().toString('base64'),
    unitMs,
  };
}

/** The places of the rows, GUIDs first, in the order of their bytes; the same for equal tallies. */
function orderOf(tally: Tally, people: PeopleIndex): Uint32Array {
  const rank = (person: number) => (people.isGuid(person) ? 0 : 1);
  const compareIds = (a: number, b: number) =>
    rank(a) - rank(b) ||
    people.compareGuids(a, b) ||
    compareTexts(people.idOf(a).toLowerCase(), people.idOf(b).toLowerCase());
  const compareRows = (a: number, b: number) => {
    const [left, right] = [tally.personOf(a), tally.personOf(b)];
    const bySlot = tally.slotOf(a) - tally.slotOf(b);
    return left === right ? bySlot : compareIds(left, right) || bySlot;
  };
  const leading = (place: number) => people.leadingWord(tally.personOf(place));
  return orderBy(tally.size, leading, compareRows);
}

function areWholeSeconds(tally: Tally): boolean {
  for (const { firstAt, lastAt } of tally.rows()) {
    if (firstAt % 1000 !== 0 || lastAt % 1000 !== 0) return false;
  }
  return true;
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The rows of a stored tally by id and slot; throws RangeError where it is damaged. */
export function* decodeTally(tally: EncodedTally, dayStart: number): Generator<StoredRow> {
  const cursor = new TallyCursor(tally, dayStart);
  while (cursor.next()) {
    const { person, slot, successes, successesWithMfa, successesUnsaid, failures } = cursor;
    const { firstAt, lastAt } = cursor;
    const counts = { successes, successesWithMfa, successesUnsaid, failures };
    yield { id: cursor.idOf(person), slot, ...counts, firstAt, lastAt };
  }
}

function writeRow(writer: ByteWriter, row: TallyRow, dayStart: number, unitMs: number): void {
  const { successes, successesWithMfa, successesUnsaid, failures } = row;
  const isSingle = successes === 1 && failures === 0 && row.firstAt === row.lastAt;
  const areAllWithMfa = successesWithMfa > 0 && successesWithMfa === successes;
  const areSomeWithMfa = successesWithMfa > 0 && !areAllWithMfa;
  const flags =
    (isSingle ? FLAGS.isSingle : 0) |
    (areAllWithMfa ? FLAGS.areAllWithMfa : 0) |
    (areSomeWithMfa ? FLAGS.areSomeWithMfa : 0) |
    (successesUnsaid > 0 ? FLAGS.areSomeUnsaid : 0) |
    (failures > 0 ? FLAGS.hasFailures : 0);
  writer.write((row.slot << FLAG_BITS) | flags);
  if (!isSingle) writer.write(successes);
  if (areSomeWithMfa) writer.write(successesWithMfa);
  if (!isSingle && successesUnsaid > 0) writer.write(successesUnsaid);
  if (failures > 0) writer.write(failures);
  writer.write((row.firstAt - dayStart) / unitMs);
  if (!isSingle) writer.write((row.lastAt - row.firstAt) / unitMs);
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
  const order = pairs.filter((_, half) => half % 2 === 0);
  for (let from = 0, to = 0; from < count; from = to) {
    while (to < count && pairs[to * 2 + 1] === pairs[from * 2 + 1]) to += 1;
    if (to - from > 1) order.subarray(from, to).sort(compare);
  }
  return order;
}
