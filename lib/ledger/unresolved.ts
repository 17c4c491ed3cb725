import { APPLICATIONS } from '../entra/applications.ts';
import { isInteractiveSlot, refusalsOf, ROPC } from '../sign-ins/day-counts.ts';
import type { DayRow } from '../sign-ins/day-counts.ts';
import type { UnresolvedRefusals } from './usage.ts';

/** What is counted of refusals since the last resolution. */
type Pending = Omit<UnresolvedRefusals, 'lastAt' | 'stage' | 'askers'>;

/** The refusals of one row of a day. */
interface DayRefusals {
  readonly cell: number;
  readonly application: number;
  readonly isInteractive: boolean;
  readonly attempts: number;
  readonly lastAt: number;
  readonly ropc: boolean;
}

const NEVER = new Float64Array(APPLICATIONS.length);

/**
 * Refusals that nothing has resolved, by cell of a person and an application, while days are gone through oldest first.
 * A refusal is resolved by a success with MFA at any enforced application, or any success at its own, at the same
 * instant or later. Most are, seconds later, so few are ever remembered.
 */
export class Unresolved {
  readonly #pending = new Map<number, Pending>();
  #dayStart = 0;
  /** The person whose rows are coming, and what this day has of them so far. */
  #block = 0;
  #mfaAt = 0;
  readonly #lastAt = new Float64Array(APPLICATIONS.length);
  #refusals: DayRefusals[] = [];

  beginDay(dayStart: number): void {
    this.#dayStart = dayStart;
  }

  of(cell: number): Pending | undefined {
    return this.#pending.get(cell);
  }

  /** Takes a row of the day; `cell` is undefined where the application does not count. */
  add(
    block: number,
    cell: number | undefined,
    row: Omit<DayRow, 'person'>,
    application: number,
  ): void {
    if (block !== this.#block) this.endPerson();
    this.#block = block;
    this.#mfaAt = Math.max(this.#mfaAt, row.lastMfaAt);
    this.#lastAt[application] = Math.max(this.#lastAt[application]!, row.lastAt);
    const attempts = cell === undefined ? 0 : refusalsOf(row);
    if (cell === undefined || attempts === 0) return;
    this.#refusals.push({
      cell,
      application,
      isInteractive: isInteractiveSlot(row.slot),
      attempts,
      lastAt: row.lastRefusalAt,
      ropc: (row.ropc & ROPC.refused) > 0,
    });
  }

  /** Everything that this day has of a person has come. */
  endPerson(): void {
    if (this.#block !== 0) {
      if (this.#pending.size > 0) this.#resolve();
      for (const group of byCell(this.#refusals)) this.#count(group);
    }
    this.#block = 0;
    this.#mfaAt = 0;
    this.#lastAt.set(NEVER);
    this.#refusals = [];
  }

  /** Forgets what a success of this day resolves. */
  #resolve(): void {
    for (let application = 0; application < APPLICATIONS.length; application += 1) {
      const isResolved = this.#mfaAt > 0 || this.#lastAt[application]! > 0;
      if (isResolved) this.#pending.delete(this.#block * APPLICATIONS.length + application);
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
    const before = this.#pending.get(first.cell);
    // A day keeps the instant of its last refusal only.
    const isInstantKnown = resolvedAt > 0 || rows.every(({ attempts }) => attempts === 1);
    const isRopc = after.some(({ ropc, attempts }) => ropc && (resolvedAt === 0 || attempts === 1));
    this.#pending.set(first.cell, {
      since: before?.since ?? (isInstantKnown ? earliest(after) : this.#dayStart),
      days: (before?.days ?? 0) + 1,
      attempts: (before?.attempts ?? 0) + attemptsOf(after),
      interactiveDays: (before?.interactiveDays ?? 0) + (interactive.length > 0 ? 1 : 0),
      interactiveAttempts: (before?.interactiveAttempts ?? 0) + attemptsOf(interactive),
      ropc: before?.ropc === true || isRopc,
    });
  }
}

function earliest(rows: readonly DayRefusals[]): number {
  return Math.min(...rows.map(({ lastAt }) => lastAt));
}

/** Rows of both kinds of one application, together. */
function byCell(rows: readonly DayRefusals[]): Iterable<readonly DayRefusals[]> {
  return rows.length === 0 ? [] : Map.groupBy(rows, ({ cell }) => cell).values();
}
