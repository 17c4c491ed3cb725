import { STAGES } from '../entra/refusals.ts';
import { COUNTS, EVIDENCE_COUNTS, FIRST_STAGE, MFA_COUNTS, SLOTS } from '../sign-ins/day-row.ts';
import type { DayRow } from '../sign-ins/day-row.ts';
import { DAY_MS, HOUR_MS } from '../utc-day.ts';
import { ByteReader } from './varint.ts';

/**
 * The counts of a day as they are stored: every id once, numbers in arrays. `people` holds 16 bytes an id and `rows`
 * varints, both in base64; about 55 bytes for a person with three rows. Equal counts give equal texts.
 */
export interface EncodedCounts {
  readonly people: string;
  /** Ids that are no GUID; their numbers follow those of `people`. */
  readonly otherIds?: readonly string[] | undefined;
  readonly rows: string;
  /** Instants count in this many milliseconds from the start of the day. */
  readonly unitMs: number;
  /** 1: before evidence and refusals were told apart. Absent: as they are written now. */
  readonly form?: 1 | undefined;
}

/**
 * The first number of a row: its slot, then a bit for each count that is not zero, those that most rows have first, so
 * that most rows need two bytes for it, then the username-password flow.
 */
export const SLOT_BITS = 4;
export const BIT_ORDER: readonly number[] = [
  'claim',
  'here',
  'none',
  'mfaByTenant',
  'unsaid',
  'not-passed',
  'mfaByApplication',
  'elsewhere',
  'enrol',
  'hereUncounted',
  'expired',
  'cannot-enrol',
  'not-trusted',
].map((name) => (COUNTS as readonly string[]).indexOf(name));
export const ROPC_BIT = SLOT_BITS + BIT_ORDER.length;

/** The bits of the counts that a condition holds of, as they stand after the slot. */
function bitsWhere(isMeant: (place: number) => boolean): number {
  return BIT_ORDER.reduce((bits, place, bit) => (isMeant(place) ? bits | (1 << bit) : bits), 0);
}

const ALL_COUNTS = bitsWhere(() => true);
export const SUCCESSES = bitsWhere((place) => place < EVIDENCE_COUNTS);
export const SUCCESSES_WITH_MFA = bitsWhere((place) => place < MFA_COUNTS);
export const SUCCESSES_HERE = bitsWhere((place) => place === 0);
export const REFUSALS = bitsWhere(
  (place) => place >= FIRST_STAGE && place < FIRST_STAGE + STAGES.length,
);

const MAX_COUNT = 2 ** 32 - 1;
const ALL_HOURS = 2 ** 24 - 1;

/** The hours that a row's own instants show; only what is more is stored. */
export function hoursShown(row: Omit<DayRow, 'person' | 'slot'>, dayStart: number): number {
  const { firstAt, lastAt, lastMfaAt, lastHereAt, lastRefusalAt } = row;
  return (
    hourOf(firstAt, dayStart) |
    hourOf(lastAt, dayStart) |
    hourOf(lastMfaAt, dayStart) |
    hourOf(lastHereAt, dayStart) |
    hourOf(lastRefusalAt, dayStart)
  );
}

function hourOf(instant: number, dayStart: number): number {
  return instant === 0 ? 0 : 1 << ((instant - dayStart) / HOUR_MS);
}

/**
 * Goes through the rows of a stored day without making an object of each: after `next()` its own properties are the
 * row, and `person` is a number within the day. Throws RangeError where the day is damaged: a number cut short or too
 * large, an instant outside the day or out of order, a person who is not listed.
 */
export class StoredRows implements DayRow {
  person = 0;
  slot = 0;
  readonly counts = new Float64Array(COUNTS.length);
  firstAt = 0;
  lastAt = 0;
  lastMfaAt = 0;
  lastHereAt = 0;
  lastRefusalAt = 0;
  lastRefusal = 0;
  hours = 0;
  ropc = 0;

  /** 16 bytes an id. */
  readonly guids: Buffer;
  /** Ids that are no GUID; their numbers follow those of `guids`. */
  readonly otherIds: readonly string[];
  readonly #rows: ByteReader;
  readonly #dayStart: number;
  readonly #unitMs: number;
  readonly #isOld: boolean;
  /** The counts that the last row had. */
  #bits = 0;

  constructor({ people, otherIds = [], rows, unitMs, form }: EncodedCounts, dayStart: number) {
    this.guids = Buffer.from(people, 'base64');
    this.otherIds = otherIds;
    this.#rows = new ByteReader(Buffer.from(rows, 'base64'));
    this.#dayStart = dayStart;
    this.#unitMs = unitMs;
    this.#isOld = form === 1;
  }

  /** How many people the day lists. */
  get people(): number {
    return Math.floor(this.guids.length / 16) + this.otherIds.length;
  }

  next(): boolean {
    const rows = this.#rows;
    if (rows.isAtEnd) return false;
    this.person += rows.read();
    if (this.person >= this.people) throw new RangeError('A row names nobody who is listed.');
    if (this.#isOld) this.#readOld(rows);
    else this.#readRow(rows);
    return true;
  }

  /** An id of the day by its number, lower case. */
  idOf(person: number): string {
    const { guids, otherIds } = this;
    const other = otherIds[person - guids.length / 16];
    if (other !== undefined) return other;
    const hex = guids.toString('hex', person * 16, person * 16 + 16);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  #readRow(rows: ByteReader): void {
    const head = rows.read();
    this.#setSlot(head & ((1 << SLOT_BITS) - 1));
    const bits = (head >> SLOT_BITS) & ALL_COUNTS;
    this.#readCounts(rows, bits);
    this.ropc = head >> ROPC_BIT;
    if (this.ropc > 3) throw new RangeError('A row says what no row can say.');
    const hasSuccess = (bits & SUCCESSES) > 0;
    this.firstAt = hasSuccess ? this.#readInstant(rows) : 0;
    this.lastAt = hasSuccess ? this.#after(rows, this.firstAt) : 0;
    this.lastMfaAt = (bits & SUCCESSES_WITH_MFA) > 0 ? this.#before(rows, this.lastAt) : 0;
    this.lastHereAt = (bits & SUCCESSES_HERE) > 0 ? this.#before(rows, this.lastMfaAt) : 0;
    const hasRefusal = (bits & REFUSALS) > 0;
    this.lastRefusalAt = hasRefusal ? this.#readInstant(rows) : 0;
    this.lastRefusal = hasRefusal ? rows.read() : 0;
    if (this.lastRefusal >= STAGES.length * 16) throw new RangeError('A refusal has no stage.');
    this.hours = hoursShown(this, this.#dayStart) | rows.read();
    if (this.hours > ALL_HOURS) throw new RangeError('A day has no such hour.');
  }

  /** Most rows have one count or two: only these are gone through, and those of the row before. */
  #readCounts(rows: ByteReader, bits: number): void {
    const { counts } = this;
    for (let rest = this.#bits; rest !== 0; rest &= rest - 1) counts[placeOf(rest)] = 0;
    this.#bits = bits;
    for (let rest = bits; rest !== 0; rest &= rest - 1) {
      const count = this.#readCount(rows);
      if (count === 0) throw new RangeError('A count that is there is none.');
      counts[placeOf(rest)] = count;
    }
  }

  /**
   * A row of form 1. First-factor claims counted as MFA there, so its MFA proves nothing; its failures hold snoozed
   * notices, so they are no refusals; hours and askers it does not know.
   */
  #readOld(rows: ByteReader): void {
    const head = rows.read();
    this.#setSlot(head >> OLD_FLAG_BITS);
    const isSingle = (head & OLD_FLAGS.isSingle) > 0;
    const successes = isSingle ? 1 : this.#readCount(rows);
    const someWithMfa = (head & OLD_FLAGS.areSomeWithMfa) > 0 ? this.#readCount(rows) : 0;
    const withMfa = (head & OLD_FLAGS.areAllWithMfa) > 0 ? successes : someWithMfa;
    const areSomeUnsaid = (head & OLD_FLAGS.areSomeUnsaid) > 0;
    const unsaid = areSomeUnsaid ? (isSingle ? 1 : this.#readCount(rows)) : 0;
    if ((head & OLD_FLAGS.hasFailures) > 0) this.#readCount(rows);
    if (withMfa + unsaid > successes) throw new RangeError('Parts are more than the whole.');
    this.counts.fill(0);
    this.counts[COUNTS.indexOf('unsaid')] = withMfa + unsaid;
    this.counts[COUNTS.indexOf('none')] = successes - withMfa - unsaid;
    const firstAt = this.#readInstant(rows);
    const lastAt = isSingle ? firstAt : this.#after(rows, firstAt);
    this.firstAt = successes > 0 ? firstAt : 0;
    this.lastAt = successes > 0 ? lastAt : 0;
  }

  #setSlot(slot: number): void {
    if (slot >= SLOTS) throw new RangeError('A row names an application that is not known.');
    this.slot = slot;
  }

  #readCount(rows: ByteReader): number {
    const count = rows.read();
    if (count > MAX_COUNT) throw new RangeError('A count is larger than any day has.');
    return count;
  }

  #readInstant(rows: ByteReader): number {
    return this.#inDay(this.#dayStart + rows.read() * this.#unitMs);
  }

  #after(rows: ByteReader, instant: number): number {
    return this.#inDay(instant + rows.read() * this.#unitMs);
  }

  #before(rows: ByteReader, instant: number): number {
    return this.#inDay(instant - rows.read() * this.#unitMs);
  }

  #inDay(instant: number): number {
    const isInside = instant >= this.#dayStart && instant < this.#dayStart + DAY_MS;
    if (!isInside) throw new RangeError('An instant lies outside its day.');
    return instant;
  }
}

/** The place in COUNTS of the lowest bit. */
export function placeOf(bits: number): number {
  return BIT_ORDER[31 - Math.clz32(bits & -bits)]!;
}

/** Beside the slot, in the first number of a row of form 1. */
const OLD_FLAGS = {
  isSingle: 1,
  areAllWithMfa: 2,
  areSomeWithMfa: 4,
  areSomeUnsaid: 8,
  hasFailures: 16,
} as const;
const OLD_FLAG_BITS = 5;
