import { APPLICATIONS } from '../sources/applications.ts';
import type { PeopleIndex } from '../sources/people-index.ts';
import { applicationOfSlot, isInteractiveSlot } from '../sources/sign-ins/tally.ts';
import type { TallyRow } from '../sources/sign-ins/tally.ts';
import type { StoredRow } from './tally-codec.ts';

/** What one person did at one application over a window. Instants are milliseconds since 1970. */
export interface Use {
  readonly application: number;
  readonly successes: number;
  readonly successesWithMfa: number;
  readonly successesUnsaid: number;
  readonly failures: number;
  /** First and last success; 0 where every sign-in failed. */
  readonly firstAt: number;
  readonly lastAt: number;
  readonly isInteractive: boolean;
  readonly isNonInteractive: boolean;
}

const WIDTH = APPLICATIONS.length;
const FIRST_CAPACITY = 1024;

/**
 * The window folded: a block of typed arrays for each person who signed in. Ids outside the tenant's users are
 * counted and not kept.
 */
export class SignInUse {
  readonly #people: PeopleIndex;
  readonly #isSelected: readonly boolean[];
  readonly #blocks = new Map<number, number>();
  readonly #strangers = new Set<string>();
  #strangerSignIns = 0;
  #counts = new Uint32Array(FIRST_CAPACITY * WIDTH * 4);
  #instants = new Float64Array(FIRST_CAPACITY * WIDTH * 2);
  #kinds = new Uint8Array(FIRST_CAPACITY * WIDTH);

  /** `people` are the tenant's users; `isSelected` says which applications of the table count. */
  constructor(people: PeopleIndex, isSelected: readonly boolean[]) {
    this.#people = people;
    this.#isSelected = isSelected;
  }

  get strangers(): { readonly people: number; readonly signIns: number } {
    return { people: this.#strangers.size, signIns: this.#strangerSignIns };
  }

  add(row: StoredRow): void {
    const person = this.#people.find(row.id);
    if (person === undefined) this.addStranger(row.id, row);
    else this.addOf(person, row);
  }

  /** Counts somebody who is none of the people. */
  addStranger(id: string, { slot, successes, failures }: Omit<TallyRow, 'person'>): void {
    if (this.#isSelected[applicationOfSlot(slot)] !== true) return;
    this.#strangers.add(id);
    this.#strangerSignIns += successes + failures;
  }

  /** Adds a row of one of the people, by number. */
  addOf(person: number, row: Omit<TallyRow, 'person'>): void {
    const application = applicationOfSlot(row.slot);
    if (this.#isSelected[application] !== true) return;
    const cell = this.#blockOf(person) * WIDTH + application;
    this.#counts[cell * 4]! += row.successes;
    this.#counts[cell * 4 + 1]! += row.successesWithMfa;
    this.#counts[cell * 4 + 2]! += row.successesUnsaid;
    this.#counts[cell * 4 + 3]! += row.failures;
    if (row.successes === 0) return;
    this.#kinds[cell]! |= isInteractiveSlot(row.slot) ? 1 : 2;
    const firstAt = this.#instants[cell * 2]!;
    if (firstAt === 0 || row.firstAt < firstAt) this.#instants[cell * 2] = row.firstAt;
    if (row.lastAt > this.#instants[cell * 2 + 1]!) this.#instants[cell * 2 + 1] = row.lastAt;
  }

  /** What this user did, by application; empty where nothing was seen. */
  of(person: number): readonly Use[] {
    const block = this.#blocks.get(person);
    if (block === undefined) return [];
    const uses: Use[] = [];
    for (let application = 0; application < WIDTH; application += 1) {
      const cell = block * WIDTH + application;
      const successes = this.#counts[cell * 4] ?? 0;
      const failures = this.#counts[cell * 4 + 3] ?? 0;
      if (successes + failures === 0) continue;
      uses.push({
        application,
        successes,
        successesWithMfa: this.#counts[cell * 4 + 1] ?? 0,
        successesUnsaid: this.#counts[cell * 4 + 2] ?? 0,
        failures,
        firstAt: this.#instants[cell * 2] ?? 0,
        lastAt: this.#instants[cell * 2 + 1] ?? 0,
        isInteractive: (this.#kinds[cell]! & 1) > 0,
        isNonInteractive: (this.#kinds[cell]! & 2) > 0,
      });
    }
    return uses;
  }

  #blockOf(person: number): number {
    const known = this.#blocks.get(person);
    if (known !== undefined) return known;
    const block = this.#blocks.size;
    if ((block + 1) * WIDTH > this.#kinds.length) this.#grow();
    this.#blocks.set(person, block);
    return block;
  }

  #grow(): void {
    const [counts, instants, kinds] = [this.#counts, this.#instants, this.#kinds];
    this.#counts = new Uint32Array(counts.length * 2);
    this.#counts.set(counts);
    this.#instants = new Float64Array(instants.length * 2);
    this.#instants.set(instants);
    this.#kinds = new Uint8Array(kinds.length * 2);
    this.#kinds.set(kinds);
  }
}
