import { emptied, lengthened } from '../sources/people-index.ts';
import { COUNTS, emptyRow, EVIDENCE_COUNTS, INSTANTS, NO_MFA, sumOf, UNSAID } from './day-row.ts';
import type { DayRow, Mutable } from './day-row.ts';

const FIRST_CAPACITY = 256;
const MANY_ROWS = 1 << 20;
const NONE = -1;
const WIDTH = COUNTS.length;
const TIMES = INSTANTS.length;

/**
 * Counts sign-ins per person and slot in typed arrays: rows of one person are chained, because most have one or
 * two. Memory grows with people and applications, not with sign-ins.
 */
export class DayCounts {
  #size = 0;
  #peopleCount = 0;
  /** By number of a person. */
  #firstRow = new Int32Array(FIRST_CAPACITY).fill(NONE);
  #next = new Int32Array(FIRST_CAPACITY);
  #slots = new Uint8Array(FIRST_CAPACITY);
  #people = new Uint32Array(FIRST_CAPACITY);
  #counts = new Uint32Array(FIRST_CAPACITY * WIDTH);
  #instants = new Float64Array(FIRST_CAPACITY * TIMES);
  #lastRefusals = new Uint8Array(FIRST_CAPACITY);
  #hours = new Uint32Array(FIRST_CAPACITY);
  #ropc = new Uint8Array(FIRST_CAPACITY);

  get size(): number {
    return this.#size;
  }

  /** How many different people have a row. */
  get people(): number {
    return this.#peopleCount;
  }

  /** Adds a row, or adds to the row that the person has in this slot. */
  add(added: DayRow): void {
    const row = this.#rowOf(added.person, added.slot);
    const [own, theirs, at] = [this.#counts, added.counts, row * WIDTH];
    for (let place = 0; place < WIDTH; place += 1) {
      if (theirs[place]! > 0) own[at + place]! += theirs[place]!;
    }
    this.#join(row, added);
  }

  /** Takes a row of another reading of the same span: count by count the larger, so that nothing counts twice. */
  mergeLargest(added: DayRow): void {
    const row = this.#rowOf(added.person, added.slot);
    for (let place = 0; place < WIDTH; place += 1) {
      const at = row * WIDTH + place;
      this.#counts[at] = Math.max(this.#counts[at]!, added.counts[place]!);
    }
    this.#join(row, added);
  }

  /**
   * Takes a row of a reading of the same span that could not tell evidence apart yet. What it knows beyond the row that
   * is there is unsaid: its one factor and the other's skipped MFA may be the same sign-ins.
   */
  mergeVaguer(added: DayRow): void {
    const row = this.#rowOf(added.person, added.slot);
    const own = this.#counts.subarray(row * WIDTH, (row + 1) * WIDTH);
    if (sumOf(own, 0, EVIDENCE_COUNTS) === 0) return this.mergeLargest(added);
    for (let place = 0; place < WIDTH; place += 1) {
      const isVague = place === UNSAID || place === NO_MFA;
      if (!isVague) own[place] = Math.max(own[place]!, added.counts[place]!);
    }
    const beyond = sumOf(added.counts, 0, EVIDENCE_COUNTS) - sumOf(own, 0, EVIDENCE_COUNTS);
    own[UNSAID]! += Math.max(0, beyond);
    this.#join(row, added);
  }

  /** Whether every instant is a whole second. */
  get areWholeSeconds(): boolean {
    const instants = this.#instants;
    for (let at = 0; at < this.#size * TIMES; at += 1) {
      // A remainder of numbers this large takes five times as long.
      if (Math.floor(instants[at]! / 1000) * 1000 !== instants[at]) return false;
    }
    return true;
  }

  *rows(): Generator<DayRow> {
    for (let row = 0; row < this.#size; row += 1) yield this.row(row);
  }

  /** A row by its place, 0 to `size`; written into a row that is given, so that many rows make nothing. */
  row(row: number, into: Mutable<DayRow> = emptyRow()): DayRow {
    const [counts, first] = [into.counts as Uint32Array, row * WIDTH];
    const own = this.#counts;
    for (let place = 0; place < WIDTH; place += 1) counts[place] = own[first + place]!;
    const [instants, at] = [this.#instants, row * TIMES];
    into.person = this.personOf(row);
    into.slot = this.slotOf(row);
    into.firstAt = instants[at]!;
    into.lastAt = instants[at + 1]!;
    into.lastMfaAt = instants[at + 2]!;
    into.lastHereAt = instants[at + 3]!;
    into.lastRefusalAt = instants[at + 4]!;
    into.lastRefusal = this.#lastRefusals[row]!;
    into.hours = this.#hours[row]!;
    into.ropc = this.#ropc[row]!;
    return into;
  }

  personOf(row: number): number {
    return this.#people[row] ?? 0;
  }

  slotOf(row: number): number {
    return this.#slots[row] ?? 0;
  }

  /** Forgets its rows and keeps its memory: quick where they are few. */
  clear(): void {
    const size = this.#size;
    for (let row = 0; row < size; row += 1) this.#firstRow[this.#people[row]!] = NONE;
    this.#counts.fill(0, 0, size * WIDTH);
    this.#instants.fill(0, 0, size * TIMES);
    this.#lastRefusals.fill(0, 0, size);
    this.#hours.fill(0, 0, size);
    this.#ropc.fill(0, 0, size);
    this.#size = 0;
    this.#peopleCount = 0;
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
    this.#lastRefusals = emptied(this.#lastRefusals);
    this.#hours = emptied(this.#hours);
    this.#ropc = emptied(this.#ropc);
  }

  /** Instants, hours and flags, which join in the same way wherever a row comes from. */
  #join(row: number, added: DayRow): void {
    const [instants, at] = [this.#instants, row * TIMES];
    const { firstAt, lastRefusalAt } = added;
    if (firstAt !== 0 && (instants[at] === 0 || firstAt < instants[at]!)) instants[at] = firstAt;
    if (added.lastAt > instants[at + 1]!) instants[at + 1] = added.lastAt;
    if (added.lastMfaAt > instants[at + 2]!) instants[at + 2] = added.lastMfaAt;
    if (added.lastHereAt > instants[at + 3]!) instants[at + 3] = added.lastHereAt;
    if (lastRefusalAt !== 0 && lastRefusalAt >= instants[at + 4]!) {
      const isSame = lastRefusalAt === instants[at + 4];
      const before = isSame ? this.#lastRefusals[row]! : 0;
      this.#lastRefusals[row] = Math.max(before, added.lastRefusal);
      instants[at + 4] = lastRefusalAt;
    }
    this.#hours[row]! |= added.hours;
    this.#ropc[row]! |= added.ropc;
  }

  #rowOf(person: number, slot: number): number {
    if (person >= this.#firstRow.length) this.#growPeople(person);
    const first = this.#firstRow[person] ?? NONE;
    for (let row = first; row !== NONE; row = this.#next[row] ?? NONE) {
      if (this.#slots[row] === slot) return row;
    }
    const row = this.#size;
    if (row === this.#slots.length) this.#growRows();
    this.#size += 1;
    this.#people[row] = person;
    this.#slots[row] = slot;
    this.#next[row] = first;
    if (first === NONE) this.#peopleCount += 1;
    this.#firstRow[person] = row;
    return row;
  }

  #growPeople(person: number): void {
    const { length } = this.#firstRow;
    this.#firstRow = lengthened(this.#firstRow, Math.max(person + 1, length * 2));
    this.#firstRow.fill(NONE, length);
  }

  #growRows(): void {
    const { length } = this.#slots;
    // A row takes a hundred bytes: of millions, half too many would be a quarter of a gigabyte.
    const capacity = length < MANY_ROWS ? length * 2 : length + (length >> 2);
    this.#next = lengthened(this.#next, capacity);
    this.#slots = lengthened(this.#slots, capacity);
    this.#people = lengthened(this.#people, capacity);
    this.#counts = lengthened(this.#counts, capacity * WIDTH);
    this.#instants = lengthened(this.#instants, capacity * TIMES);
    this.#lastRefusals = lengthened(this.#lastRefusals, capacity);
    this.#hours = lengthened(this.#hours, capacity);
    this.#ropc = lengthened(this.#ropc, capacity);
  }
}
