import { APPLICATIONS } from '../entra/applications.ts';
import { STAGES } from '../entra/refusals.ts';
import {
  applicationOfSlot,
  COUNTS,
  FIRST_STAGE,
  HERE_UNCOUNTED,
  INSTANTS,
  isInteractiveSlot,
  MFA_BY_APPLICATION,
  MFA_BY_TENANT,
  refusalsOf,
  successesOf,
} from '../sign-ins/day-row.ts';
import type { DayRow } from '../sign-ins/day-row.ts';
import { startOfDay } from '../utc-day.ts';
import { RecentTotals } from './recent-totals.ts';
import { ToolPatterns } from './tool-patterns.ts';
import { Unresolved } from './unresolved.ts';
import type { ToolPattern, Use } from './usage.ts';

const KINDS_OF_COUNTS = COUNTS.length;
const TIMES = INSTANTS.length;
const NO_USES: readonly Use[] = [];
const NO_REFUSALS: Use['refusals'] = [0, 0, 0, 0, 0];

/**
 * The window aggregated into typed arrays: a cell for each person and application that was met, chained by person
 * because most have one or two. Cells follow each other as people are met, which is the order of every day, so that a day
 * goes through them once from end to end. Days come oldest first. Ids outside the tenant's users are counted and not
 * kept.
 */
export class SignInUse {
  /** The UTC day from which all that was aggregated says who asked for MFA; undefined: all of it. */
  askersSince: string | undefined;
  readonly recent: RecentTotals;
  readonly #isSelected: readonly boolean[];
  readonly #notInDirectory = new Set<string>();
  #signInsNotInDirectory = 0;
  /** The first cell by number of a person, and the next one by cell; 0 is none. */
  readonly #firstCells: Uint32Array;
  readonly #nextCells: Uint32Array;
  #cells = 0;
  readonly #applications: Uint8Array;
  readonly #kinds: Uint8Array;
  readonly #counts: Uint32Array;
  readonly #instants: Float64Array;
  readonly #lastRefusals: Uint8Array;
  readonly #patterns: ToolPatterns;
  readonly #unresolved: Unresolved;
  #dayStart = 0;

  /**
   * `people` is how many users the tenant has; `isSelected` says which applications of the table count; `now` is the
   * end of the window, milliseconds since 1970.
   */
  constructor(people: number, isSelected: readonly boolean[], now: number) {
    this.#isSelected = isSelected;
    const today = startOfDay(now);
    this.recent = new RecentTotals(today);
    this.#firstCells = new Uint32Array(people);
    // Room for everybody: memory that is not written to costs nothing, and none has to be moved.
    const cells = people * APPLICATIONS.length + 1;
    this.#nextCells = new Uint32Array(cells);
    this.#applications = new Uint8Array(cells);
    this.#kinds = new Uint8Array(cells);
    this.#counts = new Uint32Array(cells * KINDS_OF_COUNTS);
    this.#instants = new Float64Array(cells * TIMES);
    this.#lastRefusals = new Uint8Array(cells);
    this.#patterns = new ToolPatterns(people, today);
    this.#unresolved = new Unresolved(people);
  }

  get notInDirectory(): { readonly people: number; readonly signIns: number } {
    return { people: this.#notInDirectory.size, signIns: this.#signInsNotInDirectory };
  }

  /** Begins a UTC day, the one after those before. */
  beginDay(dayStart: number): void {
    this.#dayStart = dayStart;
    this.#unresolved.beginDay(dayStart);
  }

  /** Ends a day: what its last person did is then complete. */
  endDay(): void {
    this.#unresolved.endPerson();
  }

  /** Counts somebody who is none of the people. */
  addNotInDirectory(id: string, row: Omit<DayRow, 'person'>): void {
    if (this.#isSelected[applicationOfSlot(row.slot)] !== true) return;
    const signIns = successesOf(row) + refusalsOf(row);
    // A row from before refusals were told apart may have nothing left that counts.
    if (signIns > 0) this.#notInDirectory.add(id);
    this.#signInsNotInDirectory += signIns;
  }

  /** Adds a row of one of the people, by number. All rows of a person and a day follow each other. */
  addOf(person: number, added: Omit<DayRow, 'person'>): void {
    const application = applicationOfSlot(added.slot);
    const isSelected = this.#isSelected[application] === true;
    this.#patterns.add(this.#dayStart, person, added, application);
    this.#unresolved.add(person, added, application, isSelected);
    if (!isSelected) return;
    const cell = this.#cellOf(person, application);
    this.recent.add(this.#dayStart, application, added);
    const [own, theirs, at] = [this.#counts, added.counts, cell * KINDS_OF_COUNTS];
    for (let place = 0; place < KINDS_OF_COUNTS; place += 1) {
      if (theirs[place]! > 0) own[at + place]! += theirs[place]!;
    }
    this.#joinInstants(cell, added);
    if (added.lastAt > 0) this.#kinds[cell]! |= isInteractiveSlot(added.slot) ? 1 : 2;
  }

  /** What this user did, in the order of the table; empty where nothing was seen. */
  of(person: number): readonly Use[] {
    let cell = this.#firstCells[person] ?? 0;
    if (cell === 0) return NO_USES;
    const uses: Use[] = [];
    for (; cell !== 0; cell = this.#nextCells[cell]!) {
      const use = this.#useOf(cell, person);
      if (use !== undefined) uses.push(use);
    }
    return uses.length < 2 ? uses : uses.sort((a, b) => a.application - b.application);
  }

  /** When this user uses tools. */
  patternOf(person: number): ToolPattern {
    return this.#patterns.of(person);
  }

  #useOf(cell: number, person: number): Use | undefined {
    const [counts, at] = [this.#counts, cell * KINDS_OF_COUNTS];
    const [here, elsewhere, claim] = [counts[at]!, counts[at + 1]!, counts[at + 2]!];
    const [unsaid, none] = [counts[at + 3]!, counts[at + 4]!];
    const successes = here + elsewhere + claim + unsaid + none;
    const lastRefusalAt = this.#instants[cell * TIMES + 4]!;
    if (successes === 0 && lastRefusalAt === 0) return undefined;
    const lastRefusal = this.#lastRefusals[cell]!;
    const mfaByApplication = counts[at + MFA_BY_APPLICATION]!;
    const mfaByTenant = counts[at + MFA_BY_TENANT]!;
    const stage = STAGES[lastRefusal >> 4];
    const askers = lastRefusal & 15;
    const application = this.#applications[cell]!;
    const pending = this.#unresolved.of(person, application);
    return {
      application,
      successes,
      here,
      elsewhere,
      claim,
      unsaid,
      none,
      hereUncounted: counts[at + HERE_UNCOUNTED]!,
      firstAt: this.#instants[cell * TIMES]!,
      lastAt: this.#instants[cell * TIMES + 1]!,
      lastMfaAt: this.#instants[cell * TIMES + 2]!,
      lastHereAt: this.#instants[cell * TIMES + 3]!,
      refusals: lastRefusalAt === 0 ? NO_REFUSALS : refusalsIn(counts, at + FIRST_STAGE),
      lastRefusalAt,
      lastRefusalStage: lastRefusalAt === 0 ? undefined : stage,
      lastRefusalAskers: askers,
      mfaByApplication,
      mfaByTenant,
      // Two readings of the same hours can each know another asker of the same sign-ins.
      mfaByUnsaid: Math.max(0, here + elsewhere + claim - mfaByApplication - mfaByTenant),
      isInteractive: (this.#kinds[cell]! & 1) > 0,
      isNonInteractive: (this.#kinds[cell]! & 2) > 0,
      unresolved:
        pending === undefined || stage === undefined
          ? undefined
          : { lastAt: lastRefusalAt, stage, askers, days: pending },
    };
  }

  #joinInstants(cell: number, added: Omit<DayRow, 'person'>): void {
    const [instants, at] = [this.#instants, cell * TIMES];
    const { firstAt, lastRefusalAt } = added;
    if (firstAt !== 0 && (instants[at] === 0 || firstAt < instants[at]!)) instants[at] = firstAt;
    if (added.lastAt > instants[at + 1]!) instants[at + 1] = added.lastAt;
    if (added.lastMfaAt > instants[at + 2]!) instants[at + 2] = added.lastMfaAt;
    if (added.lastHereAt > instants[at + 3]!) instants[at + 3] = added.lastHereAt;
    if (lastRefusalAt === 0 || lastRefusalAt < instants[at + 4]!) return;
    const before = lastRefusalAt === instants[at + 4] ? this.#lastRefusals[cell]! : 0;
    this.#lastRefusals[cell] = Math.max(before, added.lastRefusal);
    instants[at + 4] = lastRefusalAt;
  }

  #cellOf(person: number, application: number): number {
    const first = this.#firstCells[person]!;
    for (let cell = first; cell !== 0; cell = this.#nextCells[cell]!) {
      if (this.#applications[cell] === application) return cell;
    }
    this.#cells += 1;
    const cell = this.#cells;
    this.#applications[cell] = application;
    this.#nextCells[cell] = first;
    this.#firstCells[person] = cell;
    return cell;
  }
}

function refusalsIn(counts: Uint32Array, at: number): Use['refusals'] {
  return [counts[at]!, counts[at + 1]!, counts[at + 2]!, counts[at + 3]!, counts[at + 4]!];
}
