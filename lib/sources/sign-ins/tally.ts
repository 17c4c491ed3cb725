import { APPLICATIONS } from '../applications.ts';

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
  readonly #firstRow = new Map<number, number>();
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
    return this.#firstRow.size;
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
    for (let row = 0; row < this.#size; row += 1) {
      yield {
        person: this.#people[row] ?? 0,
        slot: this.#slots[row] ?? 0,
        successes: this.#counts[row * 4] ?? 0,
        successesWithMfa: this.#counts[row * 4 + 1] ?? 0,
        successesUnsaid: this.#counts[row * 4 + 2] ?? 0,
        failures: this.#counts[row * 4 + 3] ?? 0,
        firstAt: this.#instants[row * 2] ?? 0,
        lastAt: this.#instants[row * 2 + 1] ?? 0,
      };
    }
  }

  #rowOf(person: number, slot: number): number {
    const first = this.#firstRow.get(person) ?? NONE;
    for (let row = first; row !== NONE; row = this.#next[row] ?? NONE) {
      if (this.#slots[row] === slot) return row;
    }
    const row = this.#size;
    if (row === this.#slots.length) this.#grow();
    this.#size += 1;
    this.#people[row] = person;
    this.#slots[row] = slot;
    this.#next[row] = first;
    this.#firstRow.set(person, row);
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

  #grow(): void {
    const capacity = this.#slots.length * 2;
    this.#next = copied(new Int32Array(capacity), this.#next);
    this.#slots = copied(new Uint8Array(capacity), this.#slots);
    this.#people = copied(new Uint32Array(capacity), this.#people);
    this.#counts = copied(new Uint32Array(capacity * 4), this.#counts);
    this.#instants = copied(new Float64Array(capacity * 2), this.#instants);
  }
}

function copied<List extends { set(source: ArrayLike<number>): void }>(
  target: List,
  source: ArrayLike<number>,
): List {
  target.set(source);
  return target;
}
