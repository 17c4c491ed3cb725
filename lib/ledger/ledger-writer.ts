import { hasCode } from '../errors.ts';
import type { DayContent, TailContent } from './day-document.ts';
import type { SignInLedger } from './sign-in-ledger.ts';

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

  async replaceTail(tail: TailContent): Promise<void> {
    await this.#write(() => this.#ledger.replaceTail(tail));
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
