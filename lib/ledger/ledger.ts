import { hasCode } from '../errors.ts';
import type { Span } from '../sign-ins/query.ts';
import { isAfter, moveAside, readDocument, writeDocument } from '../storage/document.ts';
import type { DocumentFormat, StoredDocument } from '../storage/document.ts';
import type { Store } from '../storage/store.ts';
import { DAY_MS, dayOf, isDay, startOfDay } from '../utc-day.ts';
import {
  ABSENT_FORMAT,
  absentName,
  DAY_FORMAT,
  dayName,
  daysPrefix,
  startOf,
  RECENT_HOURS_FORMAT,
  recentHoursName,
} from './day-document.ts';
import type { AbsentContent, DayContent, RecentHours } from './day-document.ts';

/**
 * The sign-ins to enforced applications by UTC day, in a store. It always holds every application of the table.
 * Whoever writes it holds it; a conflict means that the lease was lost, and ends the writing.
 */
export class SignInLedger {
  readonly #store: Store;
  readonly #tenantId: string;
  readonly #now: Date;
  /** Documents that could not be read, by name; their bytes are set aside before the name is written again. */
  readonly unreadable = new Map<string, string>();

  constructor(store: Store, tenantId: string, now: Date) {
    this.#store = store;
    this.#tenantId = tenantId;
    this.#now = now;
  }

  /** The days of a span that can be read, oldest first: one in memory at a time, and the next one on its way. */
  async *days({ from, to }: Span): AsyncGenerator<DayContent> {
    let nextDay: Promise<DayContent | undefined> | undefined;
    for (let start = startOfDay(from); start < to; start += DAY_MS) {
      const next = this.day(dayOf(start));
      // A consumer that stops early never awaits it, which must not end the process.
      next.catch(() => undefined);
      const content = await nextDay;
      nextDay = next;
      if (content !== undefined) yield content;
    }
    const last = await nextDay;
    if (last !== undefined) yield last;
  }

  async day(day: string): Promise<DayContent | undefined> {
    return (await this.#read(dayName(this.#tenantId, day), DAY_FORMAT)).content;
  }

  async recentHours(): Promise<RecentHours | undefined> {
    return (await this.#read(recentHoursName(this.#tenantId), RECENT_HOURS_FORMAT)).content;
  }

  async absent(): Promise<AbsentContent | undefined> {
    return (await this.#read(absentName(this.#tenantId), ABSENT_FORMAT)).content;
  }

  /** Writes a day as `change` makes it of what stands there, and returns it; undefined: it stays as it is. */
  changeDay(
    day: string,
    change: (content: DayContent | undefined) => DayContent | undefined,
  ): Promise<DayContent | undefined> {
    return this.#change(dayName(this.#tenantId, day), DAY_FORMAT, change);
  }

  async replaceRecentHours(recentHours: RecentHours): Promise<void> {
    await this.#change(recentHoursName(this.#tenantId), RECENT_HOURS_FORMAT, () => recentHours);
  }

  async replaceAbsent(absent: AbsentContent): Promise<void> {
    await this.#change(absentName(this.#tenantId), ABSENT_FORMAT, () => absent);
  }

  /** The names of the days that have a document, oldest first. */
  async dayNames(): Promise<readonly string[]> {
    const prefix = daysPrefix(this.#tenantId);
    const days: string[] = [];
    for await (const name of this.#store.list(prefix)) {
      days.push(name.slice(prefix.length, prefix.length + 'YYYY-MM-DD'.length));
    }
    return days;
  }

  /**
   * Deletes the days before this one, and sets those aside that have not come yet: by the time they do, nothing in them
   * would show that a clock that was wrong has written them.
   */
  async forgetBefore(oldest: string): Promise<void> {
    for (const day of await this.dayNames()) {
      const name = dayName(this.#tenantId, day);
      if (day < oldest) await this.#store.delete(name);
      else if (isDay(day) && isAfter(startOf(day), this.#now)) {
        await moveAside(this.#store, name, this.#now);
        this.unreadable.set(name, 'from the future');
      }
    }
  }

  async #change<Content>(
    name: string,
    format: DocumentFormat<Content>,
    change: (content: Content | undefined) => Content | undefined,
  ): Promise<Content | undefined> {
    const { content, previous } = await this.#read(name, format);
    const changed = change(content);
    if (changed === undefined) return undefined;
    await writeDocument(this.#store, name, format, changed, { previous, now: this.#now });
    return changed;
  }

  async #read<Content>(
    name: string,
    format: DocumentFormat<Content>,
  ): Promise<{
    readonly content: Content | undefined;
    readonly previous: StoredDocument<Content> | undefined;
  }> {
    const previous = await readDocument(this.#store, name, format, this.#now);
    if (previous?.unreadable === true) this.unreadable.set(name, previous.reason);
    const isReadable = previous !== undefined && !previous.unreadable;
    return { content: isReadable ? previous.content : undefined, previous };
  }
}

/** Writes the ledger as long as it is held. A conflict means that somebody else holds it by now. */
export class LedgerWriter {
  readonly #ledger: SignInLedger;
  readonly #isHeld: () => boolean;
  #hasConflict = false;

  constructor(ledger: SignInLedger, isHeld: () => boolean) {
    this.#ledger = ledger;
    this.#isHeld = isHeld;
  }

  /** Writes a day as `change` makes it, and returns it; undefined where it is not written. */
  async changeDay(
    day: string,
    change: (content: DayContent | undefined) => DayContent | undefined,
  ): Promise<DayContent | undefined> {
    return this.#write(() => this.#ledger.changeDay(day, change));
  }

  async replaceRecentHours(recentHours: RecentHours): Promise<void> {
    await this.#write(() => this.#ledger.replaceRecentHours(recentHours));
  }

  async forgetBefore(day: string): Promise<void> {
    await this.#write(() => this.#ledger.forgetBefore(day));
  }

  async #write<Result>(write: () => Promise<Result>): Promise<Result | undefined> {
    if (this.#hasConflict || !this.#isHeld()) return undefined;
    try {
      return await write();
    } catch (error) {
      if (!hasCode(error, 'state_conflict')) throw error;
      this.#hasConflict = true;
      return undefined;
    }
  }
}
