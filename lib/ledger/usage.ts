import { APPLICATIONS } from '../entra/applications.ts';
import { applicationOfSlot, isInteractiveSlot } from '../sign-ins/day-counts.ts';
import type { TallyRow } from '../sign-ins/day-counts.ts';

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
const NO_USES: readonly Use[] = [];

/**
 * The window folded into typed arrays: a block for each person who signed in, with a cell for each application.
 * Blocks follow each other as people are met, which is the order of every day, so that a day goes through them once
 * from end to end. Ids outside the tenant's users are counted and not kept.
 */
export class SignInUse {
  readonly #isSelected: readonly boolean[];
  readonly #strangers = new Set<string>();
  #strangerSignIns = 0;
  /** By number of a person; 0 is no block. */
  readonly #blocks: Uint32Array;
  #size = 1;
  readonly #kinds: Uint8Array;
  readonly #counts: Uint32Array;
  readonly #instants: Float64Array;

  /** `people` is how many users the tenant has; `isSelected` says which applications of the table count. */
  constructor(people: number, isSelected: readonly boolean[]) {
    this.#isSelected = isSelected;
    this.#blocks = new Uint32Array(people);
    // Room for everybody: memory that is not written to costs nothing, and none has to be moved.
    const cells = (people + 1) * WIDTH;
    this.#kinds = new Uint8Array(cells);
    this.#counts = new Uint32Array(cells * 4);
    this.#instants = new Float64Array(cells * 2);
  }

  get strangers(): { readonly people: number; readonly signIns: number } {
    return { people: this.#strangers.size, signIns: this.#strangerSignIns };
  }

  /** Counts somebody who is none of the people. */
  addStranger(id: string, { slot, successes, failures }: Omit<TallyRow, 'person'>): void {
    if (this.#isSelected[applicationOfSlot(slot)] !== true) return;
    this.#strangers.add(id);
    this.#strangerSignIns += successes + failures;
  }

  /** Adds a row of one of the people, by number. */
  addOf(person: number, added: Omit<TallyRow, 'person'>): void {
    const application = applicationOfSlot(added.slot);
    if (this.#isSelected[application] !== true) return;
    const cell = this.#blockOf(person) * WIDTH + application;
    const counts = this.#counts;
    counts[cell * 4]! += added.successes;
    counts[cell * 4 + 1]! += added.successesWithMfa;
    counts[cell * 4 + 2]! += added.successesUnsaid;
    counts[cell * 4 + 3]! += added.failures;
    if (added.successes === 0) return;
    this.#kinds[cell]! |= isInteractiveSlot(added.slot) ? 1 : 2;
    const instants = this.#instants;
    const firstAt = instants[cell * 2]!;
    if (firstAt === 0 || added.firstAt < firstAt) instants[cell * 2] = added.firstAt;
    if (added.lastAt > instants[cell * 2 + 1]!) instants[cell * 2 + 1] = added.lastAt;
  }

  /** What this user did, in the order of the table; empty where nothing was seen. */
  of(person: number): readonly Use[] {
    const block = this.#blocks[person] ?? 0;
    if (block === 0) return NO_USES;
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
    const known = this.#blocks[person] ?? 0;
    if (known !== 0) return known;
    const block = this.#size;
    this.#size += 1;
    this.#blocks[person] = block;
    return block;
  }
}
