import { SLOTS } from '../sign-ins/day-counts.ts';
import type { TallyRow } from '../sign-ins/day-counts.ts';

/**
 * A tally as it is stored: every id once, numbers in arrays. `people` holds 16 bytes an id and `rows` varints,
 * both in base64; about 50 bytes for a person with three rows. Equal tallies give equal texts.
 */
export interface EncodedTally {
  readonly people: string;
  /** Ids that are no GUID; their numbers follow those of `people`. */
  readonly otherIds?: readonly string[];
  readonly rows: string;
  /** Instants count in this many milliseconds from the start of the day. */
  readonly unitMs: number;
}

/** What the first number of a row says beside its slot. */
export const FLAGS = {
  /** One success and nothing else: its counts and its last instant are left out. */
  isSingle: 1,
  areAllWithMfa: 2,
  areSomeWithMfa: 4,
  areSomeUnsaid: 8,
  hasFailures: 16,
} as const;

/** How many bits of it the flags take. */
export const FLAG_BITS = 5;

/**
 * Goes through the rows of a stored tally without making an object of each: after `next()` its own properties are
 * the row, and `person` is a number within the tally. Throws RangeError where the tally is damaged.
 */
export class TallyCursor implements TallyRow {
  person = 0;
  slot = 0;
  successes = 0;
  successesWithMfa = 0;
  successesUnsaid = 0;
  failures = 0;
  firstAt = 0;
  lastAt = 0;

  /** 16 bytes an id. */
  readonly guids: Buffer;
  /** Ids that are no GUID; their numbers follow those of `guids`. */
  readonly otherIds: readonly string[];
  readonly #rows: ByteReader;
  readonly #dayStart: number;
  readonly #unitMs: number;

  constructor({ people, otherIds = [], rows, unitMs }: EncodedTally, dayStart: number) {
    this.guids = Buffer.from(people, 'base64');
    this.otherIds = otherIds;
    this.#rows = new ByteReader(Buffer.from(rows, 'base64'));
    this.#dayStart = dayStart;
    this.#unitMs = unitMs;
  }

  /** How many people the tally lists. */
  get people(): number {
    return Math.floor(this.guids.length / 16) + this.otherIds.length;
  }

  next(): boolean {
    const rows = this.#rows;
    if (rows.isAtEnd) return false;
    this.person += rows.read();
    if (this.person >= this.people) throw new RangeError('A row names nobody who is listed.');
    const head = rows.read();
    this.slot = head >> FLAG_BITS;
    if (this.slot >= SLOTS) throw new RangeError('A row names an application that is not known.');
    const isSingle = (head & FLAGS.isSingle) > 0;
    this.successes = isSingle ? 1 : rows.read();
    const someWithMfa = (head & FLAGS.areSomeWithMfa) > 0 ? rows.read() : 0;
    this.successesWithMfa = (head & FLAGS.areAllWithMfa) > 0 ? this.successes : someWithMfa;
    const areSomeUnsaid = (head & FLAGS.areSomeUnsaid) > 0;
    this.successesUnsaid = areSomeUnsaid ? (isSingle ? 1 : rows.read()) : 0;
    this.failures = (head & FLAGS.hasFailures) > 0 ? rows.read() : 0;
    this.firstAt = this.#dayStart + rows.read() * this.#unitMs;
    this.lastAt = isSingle ? this.firstAt : this.firstAt + rows.read() * this.#unitMs;
    return true;
  }

  /** An id of the tally by its number, lower case. */
  idOf(person: number): string {
    const { guids, otherIds } = this;
    const other = otherIds[person - guids.length / 16];
    if (other !== undefined) return other;
    const hex = guids.toString('hex', person * 16, person * 16 + 16);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }
}

/** Writes whole numbers from 0 to 2^53 in as few bytes as they need, seven bits a byte, low ones first. */
export class ByteWriter {
  #bytes = Buffer.allocUnsafe(1024);
  #length = 0;

  write(value: number): void {
    if (this.#length + 8 > this.#bytes.length) {
      this.#bytes = Buffer.concat([this.#bytes], this.#bytes.length * 2);
    }
    let rest = value;
    while (rest > 0x7f) {
      this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.#length++] = rest;
  }

  toBuffer(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }
}

/** Reads what ByteWriter wrote; throws RangeError where the bytes end too early. */
class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  read(): number {
    const first = this.#bytes[this.#at++];
    if (first === undefined) throw new RangeError('A number is cut short.');
    return first < 0x80 ? first : this.#readLong(first & 0x7f);
  }

  #readLong(low: number): number {
    let value = low;
    for (let scale = 0x80; ; scale *= 0x80) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new RangeError('A number is cut short.');
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  }
}
