import { APPLICATIONS, TOOLS } from '../entra/applications.ts';
import { STAGES } from '../entra/refusals.ts';
import {
  applicationOfSlot,
  COUNTS,
  EVIDENCE_COUNTS,
  FIRST_STAGE,
  HERE_UNCOUNTED,
  INSTANTS,
  isInteractiveSlot,
  MFA_BY_APPLICATION,
  MFA_BY_TENANT,
  MFA_COUNTS,
  refusalsOf,
  successesOf,
  sumOf,
} from '../sign-ins/day-counts.ts';
import type { DayRow } from '../sign-ins/day-counts.ts';
import { DAY_MS } from '../utc-day.ts';
import { RecentTotals } from './recent-totals.ts';
import { Unresolved } from './unresolved.ts';
import { NO_PATTERN } from './usage.ts';
import type { ToolPattern, Use } from './usage.ts';

const WIDTH = APPLICATIONS.length;
const KINDS_OF_COUNTS = COUNTS.length;
const TIMES = INSTANTS.length;
const NO_USES: readonly Use[] = [];

/** A pattern is looked for in so many whole UTC days before today, and people at screens in so many. */
const PATTERN_DAYS = 14;
const SCREEN_DAYS = 30;

/** What is remembered of a person beside the cells. */
const FLAGS = { isInteractiveSeen: 1, ropc: 2 } as const;

/**
 * The window folded into typed arrays: a block for each person who signed in, with a cell for each application.
 * Days come oldest first. Blocks follow each other as people are met, which is the order of every day, so that a day
 * goes through them once from end to end. Ids outside the tenant's users are counted and not kept.
 */
export class SignInUse {
  /** The UTC day from which all that was folded says who asked for MFA; undefined: all of it. */
  askersSince: string | undefined;
  readonly recent: RecentTotals;
  readonly #isSelected: readonly boolean[];
  readonly #today: number;
  readonly #strangers = new Set<string>();
  #strangerSignIns = 0;
  /** By number of a person; 0 is no block. */
  readonly #blocks: Uint32Array;
  #size = 1;
  readonly #kinds: Uint8Array;
  readonly #counts: Uint32Array;
  readonly #instants: Float64Array;
  readonly #lastRefusals: Uint8Array;
  readonly #flags: Uint8Array;
  readonly #toolDays: Uint8Array;
  readonly #weekendDays: Uint8Array;
  readonly #hours: Uint32Array;
  /** The last day of tools that was counted, by block: a day counts once. */
  readonly #lastToolDay: Float64Array;
  readonly #unresolved = new Unresolved();
  #dayStart = 0;

  /**
   * `people` is how many users the tenant has; `isSelected` says which applications of the table count; `now` is the
   * end of the window, milliseconds since 1970.
   */
  constructor(people: number, isSelected: readonly boolean[], now: number) {
    this.#isSelected = isSelected;
    this.#today = Math.floor(now / DAY_MS) * DAY_MS;
    this.recent = new RecentTotals(this.#today);
    this.#blocks = new Uint32Array(people);
    // Room for everybody: memory that is not written to costs nothing, and none has to be moved.
    const cells = (people + 1) * WIDTH;
    this.#kinds = new Uint8Array(cells);
    this.#counts = new Uint32Array(cells * KINDS_OF_COUNTS);
    this.#instants = new Float64Array(cells * TIMES);
    this.#lastRefusals = new Uint8Array(cells);
    this.#flags = new Uint8Array(people + 1);
    this.#toolDays = new Uint8Array(people + 1);
    this.#weekendDays = new Uint8Array(people + 1);
    this.#hours = new Uint32Array(people + 1);
    this.#lastToolDay = new Float64Array(people + 1);
  }

  get strangers(): { readonly people: number; readonly signIns: number } {
    return { people: this.#strangers.size, signIns: this.#strangerSignIns };
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
  addStranger(id: string, row: Omit<DayRow, 'person'>): void {
    if (this.#isSelected[applicationOfSlot(row.slot)] !== true) return;
    const signIns = successesOf(row) + refusalsOf(row);
    // A row from before refusals were told apart may have nothing left that counts.
    if (signIns > 0) this.#strangers.add(id);
    this.#strangerSignIns += signIns;
  }

  /** Adds a row of one of the people, by number. All rows of a person and a day follow each other. */
  addOf(person: number, added: Omit<DayRow, 'person'>): void {
    const application = applicationOfSlot(added.slot);
    const block = this.#blockOf(person);
    const cell = block * WIDTH + application;
    const isSelected = this.#isSelected[application] === true;
    this.#notePattern(block, added, application);
    this.#unresolved.add(block, isSelected ? cell : undefined, added, application);
    if (!isSelected) return;
    this.recent.add(this.#dayStart, application, added);
    const { counts: theirs } = added;
    for (let place = 0; place < KINDS_OF_COUNTS; place += 1) {
      this.#counts[cell * KINDS_OF_COUNTS + place]! += theirs[place]!;
    }
    this.#joinInstants(cell, added);
    if (added.lastAt > 0) this.#kinds[cell]! |= isInteractiveSlot(added.slot) ? 1 : 2;
  }

  /** What this user did, in the order of the table; empty where nothing was seen. */
  of(person: number): readonly Use[] {
    const block = this.#blocks[person] ?? 0;
    if (block === 0) return NO_USES;
    const uses: Use[] = [];
    for (let application = 0; application < WIDTH; application += 1) {
      const use = this.#useOf(block * WIDTH + application, application);
      if (use !== undefined) uses.push(use);
    }
    return uses;
  }

  /** When this user uses tools. */
  patternOf(person: number): ToolPattern {
    const block = this.#blocks[person] ?? 0;
    if (block === 0) return NO_PATTERN;
    return {
      toolDays: this.#toolDays[block]!,
      hours: bitsIn(this.#hours[block]!),
      weekendDays: this.#weekendDays[block]!,
      isInteractiveSeen: (this.#flags[block]! & FLAGS.isInteractiveSeen) > 0,
      ropc: (this.#flags[block]! & FLAGS.ropc) > 0,
    };
  }

  #useOf(cell: number, application: number): Use | undefined {
    const at = cell * KINDS_OF_COUNTS;
    const counts = this.#counts.subarray(at, at + KINDS_OF_COUNTS);
    const successes = sumOf(counts, 0, EVIDENCE_COUNTS);
    if (successes + refusalsOf({ counts }) === 0) return undefined;
    const [here = 0, elsewhere = 0, claim = 0, unsaid = 0, none = 0] = counts;
    const instants = this.#instants.subarray(cell * TIMES, (cell + 1) * TIMES);
    const [firstAt = 0, lastAt = 0, lastMfaAt = 0, lastHereAt = 0, lastRefusalAt = 0] = instants;
    const lastRefusal = this.#lastRefusals[cell]!;
    const [mfaByApplication, mfaByTenant] = [counts[MFA_BY_APPLICATION]!, counts[MFA_BY_TENANT]!];
    const withMfa = sumOf(counts, 0, MFA_COUNTS);
    const stage = STAGES[lastRefusal >> 4];
    const askers = lastRefusal & 15;
    const pending = this.#unresolved.of(cell);
    return {
      application,
      successes,
      here,
      elsewhere,
      claim,
      unsaid,
      none,
      hereUncounted: counts[HERE_UNCOUNTED]!,
      firstAt,
      lastAt,
      lastMfaAt,
      lastHereAt,
      refusals: [
        counts[FIRST_STAGE]!,
        counts[FIRST_STAGE + 1]!,
        counts[FIRST_STAGE + 2]!,
        counts[FIRST_STAGE + 3]!,
        counts[FIRST_STAGE + 4]!,
      ],
      lastRefusalAt,
      lastRefusalStage: lastRefusalAt === 0 ? undefined : stage,
      lastRefusalAskers: askers,
      mfaByApplication,
      mfaByTenant,
      // Two readings of the same hours can each know another asker of the same sign-ins.
      mfaByUnsaid: Math.max(0, withMfa - mfaByApplication - mfaByTenant),
      isInteractive: (this.#kinds[cell]! & 1) > 0,
      isNonInteractive: (this.#kinds[cell]! & 2) > 0,
      unresolved:
        pending === undefined || stage === undefined
          ? undefined
          : { ...pending, lastAt: lastRefusalAt, stage, askers },
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

  #notePattern(block: number, row: Omit<DayRow, 'person'>, application: number): void {
    const day = this.#dayStart;
    const isInteractive = isInteractiveSlot(row.slot);
    if (row.ropc > 0) this.#flags[block]! |= FLAGS.ropc;
    if (isInteractive && day >= this.#today - SCREEN_DAYS * DAY_MS) {
      this.#flags[block]! |= FLAGS.isInteractiveSeen;
    }
    const isWholeDay = day < this.#today && day >= this.#today - PATTERN_DAYS * DAY_MS;
    if (isInteractive || !isWholeDay || !TOOLS.includes(application)) return;
    this.#hours[block]! |= row.hours;
    if (this.#lastToolDay[block] === day) return;
    this.#lastToolDay[block] = day;
    this.#toolDays[block]! += 1;
    // 1 January 1970 was a Thursday.
    const weekday = (day / DAY_MS + 4) % 7;
    if (weekday === 0 || weekday === 6) this.#weekendDays[block]! += 1;
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

function bitsIn(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
