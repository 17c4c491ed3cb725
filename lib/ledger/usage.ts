import { APPLICATIONS } from '../entra/applications.ts';
import type { RefusalStage } from '../entra/refusals.ts';
import { applicationOfSlot, isInteractiveSlot } from '../sign-ins/day-counts.ts';
import type { TallyRow } from '../sign-ins/day-counts.ts';

/** What one person did at one application over a window, both kinds together. Instants are milliseconds since 1970. */
export interface Use {
  /** Place in APPLICATIONS. */
  readonly application: number;
  /** Successes, and how many of them have which evidence of MFA; these add up. */
  readonly successes: number;
  readonly here: number;
  readonly elsewhere: number;
  readonly claim: number;
  readonly unsaid: number;
  readonly none: number;
  /** Of `here`, by means that the registration report does not count: certificates, Windows Hello for Business. */
  readonly hereUncounted: number;
  /** First and last success; 0 where every sign-in failed. */
  readonly firstAt: number;
  readonly lastAt: number;
  /** Last success with MFA: here, elsewhere or by a claim; 0 where there is none. */
  readonly lastMfaAt: number;
  readonly lastHereAt: number;
  /** By stage, in the order of STAGES. */
  readonly refusals: readonly [
    enrol: number,
    cannotEnrol: number,
    notPassed: number,
    expired: number,
    notTrusted: number,
  ];
  readonly lastRefusalAt: number;
  readonly lastRefusalStage: RefusalStage | undefined;
  /** A mask of ASKERS. */
  readonly lastRefusalAskers: number;
  /** Successes with MFA by asker: only the application, any measure of the tenant's own, not said. */
  readonly mfaByApplication: number;
  readonly mfaByTenant: number;
  readonly mfaByUnsaid: number;
  readonly isInteractive: boolean;
  readonly isNonInteractive: boolean;
  /** Refusals that no later success with MFA at any enforced application, or any at this one, has resolved. */
  readonly unresolved?: UnresolvedRefusals | undefined;
}

/** Refusals since the last resolution. */
export interface UnresolvedRefusals {
  /** The first as far as it is known: its day's 00:00 where only the day is. */
  readonly since: number;
  readonly lastAt: number;
  /** Of the last; askers are a mask of ASKERS. */
  readonly stage: RefusalStage;
  readonly askers: number;
  /** UTC days and refusals; of the resolution's own day only what is proven to lie after it, at least 1. */
  readonly days: number;
  readonly attempts: number;
  readonly interactiveDays: number;
  readonly interactiveAttempts: number;
  /** Whether a username-password flow was among them. */
  readonly ropc: boolean;
}

/** When somebody uses tools, which may show a script: over the last 14 whole UTC days. */
export interface ToolPattern {
  /** Days with non-interactive use of tools, refused or not. */
  readonly toolDays: number;
  /** Different hours of the day, 0 to 24. */
  readonly hours: number;
  /** Of the four days of weekends. */
  readonly weekendDays: number;
  /** Anything interactive at an enforced application in 30 days, attempts included. */
  readonly isInteractiveSeen: boolean;
  /** A username-password flow in the window, refused or not. */
  readonly ropc: boolean;
}

export const NO_PATTERN: ToolPattern = {
  toolDays: 0,
  hours: 0,
  weekendDays: 0,
  isInteractiveSeen: false,
  ropc: false,
};

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
      const withMfa = this.#counts[cell * 4 + 1] ?? 0;
      const unsaid = this.#counts[cell * 4 + 2] ?? 0;
      const failures = this.#counts[cell * 4 + 3] ?? 0;
      if (successes + failures === 0) continue;
      const lastAt = this.#instants[cell * 2 + 1] ?? 0;
      uses.push({
        application,
        successes,
        here: 0,
        elsewhere: 0,
        claim: withMfa,
        unsaid,
        none: successes - withMfa - unsaid,
        hereUncounted: 0,
        firstAt: this.#instants[cell * 2] ?? 0,
        lastAt,
        lastMfaAt: withMfa > 0 ? lastAt : 0,
        lastHereAt: 0,
        refusals: [0, 0, failures, 0, 0],
        lastRefusalAt: 0,
        lastRefusalStage: undefined,
        lastRefusalAskers: 0,
        mfaByApplication: 0,
        mfaByTenant: 0,
        mfaByUnsaid: withMfa,
        isInteractive: (this.#kinds[cell]! & 1) > 0,
        isNonInteractive: (this.#kinds[cell]! & 2) > 0,
      });
    }
    return uses;
  }

  /** When this user uses tools. */
  patternOf(_person: number): ToolPattern {
    return NO_PATTERN;
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
