import type { PeopleIndex } from '../sources/people-index.ts';
import type { Tally, TallyRow } from '../sources/sign-ins/tally.ts';
import { FLAGS, FLAG_BITS, TallyCursor } from './tally-cursor.ts';
import type { EncodedTally } from './tally-cursor.ts';
import { ByteWriter } from './varint.ts';

/** A row that names its person by object id, lower case. */
export interface StoredRow extends Omit<TallyRow, 'person'> {
  readonly id: string;
}

/** `dayStart` is midnight UTC of the day, milliseconds since 1970. */
export function encodeTally(tally: Tally, people: PeopleIndex, dayStart: number): EncodedTally {
  const rows = [...tally.rows()];
  const guids = rows.filter(({ person }) => people.isGuid(person));
  guids.sort((a, b) => people.compareGuids(a.person, b.person) || a.slot - b.slot);
  const idOf = ({ person }: TallyRow) => people.idOf(person).toLowerCase();
  const others = rows.filter(({ person }) => !people.isGuid(person));
  others.sort((a, b) => compareTexts(idOf(a), idOf(b)) || a.slot - b.slot);
  const areWholeSeconds = rows.every((row) => row.firstAt % 1000 === 0 && row.lastAt % 1000 === 0);
  const unitMs = areWholeSeconds ? 1000 : 1;

  const bytes = Buffer.allocUnsafe(tally.people * 16);
  const otherIds: string[] = [];
  const writer = new ByteWriter();
  let listed = 0;
  let person = -1;
  for (const row of [...guids, ...others]) {
    const isNext = row.person !== person;
    // The first person's step is 0, as is that of another row of the same person.
    writer.write(isNext && listed > 0 ? 1 : 0);
    writeRow(writer, row, dayStart, unitMs);
    if (!isNext) continue;
    person = row.person;
    if (people.isGuid(person)) people.writeGuid(person, bytes, listed * 16);
    else otherIds.push(idOf(row));
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
