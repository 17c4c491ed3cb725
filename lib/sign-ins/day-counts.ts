import { APPLICATIONS } from '../entra/applications.ts';
import { emptied, lengthened } from '../sources/people-index.ts';

/** Applications × interactive or not: where a row of a tally belongs. Part of the ledger's format. */
export function slotOf(application: number, isInteractive: boolean): number {
  return application * 2 + (isInteractive ? 0 : 1);
}

export function applicationOfSlot(slot: number): number {
  return slot >> 1;
}

export function isInteractiveSlot(slot: number): boolean {
  return (slot & 1) === 0;
}

export const SLOTS = APPLICATIONS.length * 2;

/** One person's sign-ins of one slot. Instants are milliseconds since 1970. */
export interface TallyRow {
  readonly person: number;
  readonly slot: number;
  readonly successes: number;
  readonly successesWithMfa: number;
  /** Successes that do not say whether MFA was done; neither with nor without. */
  readonly successesUnsaid: number;
  /** Failures in which Entra asked for MFA. */
  readonly failures: number;
  /** First and last success; of failures where there is no success. */
  readonly firstAt: number;
  readonly lastAt: number;
}

const FIRST_CAPACITY = 256;
const NONE = -1;

/**
 * Counts sign-ins per person and slot in typed arrays: rows of one person are chained, because most have one or
 * two. Memory grows with people and applications, not with sign-ins.
 */
export class Tally {
  #size = 0;
  #peopleCount = 0;
  /** By number of a person. */
  #firstRow = new Int32Array(FIRST_CAPACITY).fill(NONE);
  #next = new Int32Array(FIRST_CAPACITY);
  #slots = new Uint8Array(FIRST_CAPACITY);
  #people = new Uint32Array(FIRST_CAPACITY);
  #counts = new Uint32Array(FIRST_CAPACITY * 4);
  #instants = new Float64Array(FIRST_CAPACITY * 2);

  get size(): number {
    return this.#size;
  }

  /** How many different people have a row. */
  get people(): number {
    return this.#peopleCount;
  }

  /** Adds a row, or adds to the row that the person has in this slot. */
  add(added: TallyRow): void {
    const row = this.#rowOf(added.person, added.slot);
    const counts = row * 4;
    const hadSuccess = (this.#counts[counts] ?? 0) > 0;
    const isEmpty = !hadSuccess && (this.#counts[counts + 3] ?? 0) === 0;
    const bringsSuccess = added.successes > 0;
    this.#counts[counts]! += added.successes;
    this.#counts[counts + 1]! += added.successesWithMfa;
    this.#counts[counts + 2]! += added.successesUnsaid;
    this.#counts[counts + 3]! += added.failures;
    if (isEmpty || (bringsSuccess && !hadSuccess)) this.#setSpan(row, added.firstAt, added.lastAt);
    else if (bringsSuccess === hadSuccess) this.#widenSpan(row, added.firstAt, added.lastAt);
  }

  *rows(): Generator<TallyRow> {
    for (let row = 0; row < this.#size; row += 1) yield this.row(row);
  }

  /** A row by its place, 0 to `size`. */
  row(row: number): TallyRow {
    return {
      person: this.personOf(row),
      slot: this.slotOf(row),
      successes: this.#counts[row * 4] ?? 0,
      successesWithMfa: this.#counts[row * 4 + 1] ?? 0,
      successesUnsaid: this.#counts[row * 4 + 2] ?? 0,
      failures: this.#counts[row * 4 + 3] ?? 0,
      firstAt: this.#instants[row * 2] ?? 0,
      lastAt: this.#instants[row * 2 + 1] ?? 0,
    };
  }

  personOf(row: number): number {
    return this.#people[row] ?? 0;
  }

  slotOf(row: number): number {
    return this.#slots[row] ?? 0;
  }

  /** Gives up its memory; it must not be used after this. */
  release(): void {
    this.#size = 0;
    this.#firstRow = emptied(this.#firstRow);
    this.#next = emptied(this.#next);
    this.#slots = emptied(this.#slots);
    this.#people = emptied(this.#people);
    this.#counts = emptied(this.#counts);
    this.#instants = emptied(this.#instants);
  }

  #rowOf(person: number, slot: number): number {
    if (person >= this.#firstRow.length) this.#makeRoomFor(person);
    const first = this.#firstRow[person] ?? NONE;
    for (let row = first; row !== NONE; row = this.#next[row] ?? NONE) {
      if (this.#slots[row] === slot) return row;
    }
    const row = this.#size;
    if (row === this.#slots.length) this.#grow();
    this.#size += 1;
    this.#people[row] = person;
    this.#slots[row] = slot;
    this.#next[row] = first;
    if (first === NONE) this.#peopleCount += 1;
    this.#firstRow[person] = row;
    return row;
  }

  #setSpan(row: number, firstAt: number, lastAt: number): void {
    this.#instants[row * 2] = firstAt;
    this.#instants[row * 2 + 1] = lastAt;
  }

  #widenSpan(row: number, firstAt: number, lastAt: number): void {
    if (firstAt < this.#instants[row * 2]!) this.#instants[row * 2] = firstAt;
    if (lastAt > this.#instants[row * 2 + 1]!) this.#instants[row * 2 + 1] = lastAt;
  }

  #makeRoomFor(person: number): void {
    const { length } = this.#firstRow;
    this.#firstRow = lengthened(this.#firstRow, Math.max(person + 1, length * 2));
    this.#firstRow.fill(NONE, length);
  }

  #grow(): void {
    const capacity = this.#slots.length * 2;
    this.#next = lengthened(this.#next, capacity);
    this.#slots = lengthened(this.#slots, capacity);
    this.#people = lengthened(this.#people, capacity);
    this.#counts = lengthened(this.#counts, capacity * 4);
    this.#instants = lengthened(this.#instants, capacity * 2);
  }
}
