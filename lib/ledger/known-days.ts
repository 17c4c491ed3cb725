import { absorb, unite } from './absorb.ts';
import { coverOf, isWhole } from './day-document.ts';
import type { DayContent, DayCover } from './day-document.ts';

/** A day as one run knows it: all that was seen of it, and which spans of it were read how. */
export interface KnownDay {
  readonly content: DayContent;
  readonly covers: readonly DayCover[];
}

/** The days that a run knows in another state than the ledger keeps them, and the newest ones always. */
export class KnownDays {
  readonly #newestFrom: string;
  readonly #days = new Map<string, KnownDay>();

  /** `newestFrom` is the first day that may still grow. */
  constructor(newestFrom: string) {
    this.#newestFrom = newestFrom;
  }

  /** The days, in no order. */
  get all(): readonly KnownDay[] {
    return [...this.#days.values()];
  }

  has(day: string): boolean {
    return this.#days.has(day);
  }

  /** Knows a day as the ledger keeps it, where this run must not see it change. */
  note(content: DayContent): void {
    if (content.day >= this.#newestFrom) this.#set(content);
  }

  /**
   * Adds what this run read of a day and the ledger does not keep; `stored` is the day as the ledger has it, where
   * it is not known yet. A reading that the ledger could keep stands as it would there.
   */
  add(read: DayContent, stored?: DayContent): void {
    const known = this.#days.get(read.day);
    const base = known?.content ?? stored;
    const kept = absorb(base, read);
    const isPlain = base !== undefined && isWhole(base) && (known?.covers.length ?? 1) === 1;
    if (base === undefined || kept === read || (isPlain && kept !== undefined)) {
      this.#set(kept ?? read);
      return;
    }
    const covers = known?.covers ?? [coverOf(base)];
    this.#days.set(read.day, { content: unite(base, read), covers: [...covers, coverOf(read)] });
  }

  /** What was known of a day counts, but proves nothing. */
  distrust(day: string): void {
    const known = this.#days.get(day);
    if (known !== undefined) this.#days.set(day, { content: known.content, covers: [] });
  }

  #set(content: DayContent): void {
    this.#days.set(content.day, { content, covers: [coverOf(content)] });
  }
}
