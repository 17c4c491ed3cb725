import { APPLICATIONS } from '../entra/applications.ts';
import { isInteractiveSlot, refusalsOf, ROPC } from '../sign-ins/day-row.ts';
import type { DayRow } from '../sign-ins/day-row.ts';
import type { RefusalDay } from './usage.ts';

/** The refusals of one row of a day. */
interface DayRefusals {
  readonly application: number;
  readonly isInteractive: boolean;
  readonly attempts: number;
  readonly lastAt: number;
  readonly ropc: boolean;
}

const NOBODY = -1;

/**
 * Refusals that nothing has resolved, by person and application, while days are gone through oldest first.
 * A refusal is resolved by a success with MFA at any enforced application, or any success at its own, at the same
 * instant or later. Most are, seconds later, so few are ever remembered.
 */
export class Unresolved {
  readonly #pending = new Map<number, RefusalDay[]>();
  /** By person, whether anything is pending: nearly always nothing is, and that has to be quick to see. */
  readonly #hasPending: Uint8Array;
  #dayStart = 0;
  /** The person whose rows are coming, and what this day has of them so far. */
  #person = NOBODY;
  #mfaAt = 0;
  readonly #lastAt = new Float64Array(APPLICATIONS.length);
  #refusals: DayRefusals[] = [];

  /** `people` is how many there are. */
  constructor(people: number) {
    this.#hasPending = new Uint8Array(people);
  }

  beginDay(dayStart: number): void {
    this.#dayStart = dayStart;
  }

  /** The days since the last resolution, oldest first; undefined where nothing is pending. */
  of(person: number, application: number): readonly RefusalDay[] | undefined {
    return this.#hasPending[person] === 1
      ? this.#pending.get(keyOf(person, application))
      : undefined;
  }

  /** Takes a row of the day; `isCounted` is false where refusals at its application do not count. */
  add(person: number, row: Omit<DayRow, 'person'>, application: number, isCounted: boolean): void {
    if (person !== this.#person) this.endPerson();
    this.#person = person;
    this.#mfaAt = Math.max(this.#mfaAt, row.lastMfaAt);
    this.#lastAt[application] = Math.max(this.#lastAt[application]!, row.lastAt);
    if (!isCounted || row.lastRefusalAt === 0) return;
    const attempts = refusalsOf(row);
    this.#refusals.push({
      application,
      isInteractive: isInteractiveSlot(row.slot),
      attempts,
      lastAt: row.lastRefusalAt,
      ropc: (row.ropc & ROPC.refused) > 0,
    });
  }

  /** Everything that this day has of a person has come. */
  endPerson(): void {
    if (this.#person !== NOBODY) {
      if (this.#hasPending[this.#person] === 1) this.#resolve();
      if (this.#refusals.length > 0) {
        for (const group of byApplication(this.#refusals)) this.#count(group);
      }
    }
    this.#person = NOBODY;
    this.#mfaAt = 0;
    this.#lastAt.fill(0);
    if (this.#refusals.length > 0) this.#refusals = [];
  }

  /** Forgets what a success of this day resolves. */
  #resolve(): void {
    for (let application = 0; application < APPLICATIONS.length; application += 1) {
      const isResolved = this.#mfaAt > 0 || this.#lastAt[application]! > 0;
      if (isResolved) this.#pending.delete(keyOf(this.#person, application));
    }
  }

  /**
   * Counts the refusals of a day at one application. Where a success of the same day lies before the last of them, no
   * more is proven than that this one came after it.
   */
  #count(rows: readonly DayRefusals[]): void {
    const [first] = rows;
    if (first === undefined) return;
    const resolvedAt = Math.max(this.#mfaAt, this.#lastAt[first.application]!);
    const after = rows.filter(({ lastAt }) => lastAt > resolvedAt);
    if (after.length === 0) return;
    const attemptsOf = (list: readonly DayRefusals[]) =>
      list.reduce((sum, { attempts }) => sum + (resolvedAt === 0 ? attempts : 1), 0);
    const interactive = after.filter(({ isInteractive }) => isInteractive);
    // A day keeps the instant of its last refusal only.
    const isInstantKnown = resolvedAt > 0 || rows.every(({ attempts }) => attempts === 1);
    this.#append(keyOf(this.#person, first.application), {
      start: this.#dayStart,
      since: isInstantKnown ? earliest(after) : this.#dayStart,
      lastAt: latest(after),
      lastInteractiveAt: latest(interactive),
      attempts: attemptsOf(after),
      interactiveAttempts: attemptsOf(interactive),
      ropc: after.some(({ ropc, attempts }) => ropc && (resolvedAt === 0 || attempts === 1)),
    });
  }

  #append(key: number, day: RefusalDay): void {
    this.#hasPending[this.#person] = 1;
    const before = this.#pending.get(key);
    if (before === undefined) this.#pending.set(key, [day]);
    else before.push(day);
  }
}

function earliest(rows: readonly DayRefusals[]): number {
  return Math.min(...rows.map(({ lastAt }) => lastAt));
}

/** 0 where there are none. */
function latest(rows: readonly DayRefusals[]): number {
  return Math.max(0, ...rows.map(({ lastAt }) => lastAt));
}

function keyOf(person: number, application: number): number {
  return person * APPLICATIONS.length + application;
}

/** Rows of both kinds of one application, together. */
function byApplication(rows: readonly DayRefusals[]): Iterable<readonly DayRefusals[]> {
  return Map.groupBy(rows, ({ application }) => application).values();
}
