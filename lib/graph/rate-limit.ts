import type { Sleep } from './timing.ts';

/** The span over which Graph counts the requests to its reporting endpoints. */
const WINDOW_MS = 10_000;

/** Two clocks and a network lie between our counting and Graph's; one per cent keeps them from disagreeing. */
const MARGIN_MS = 100;

/**
 * A sliding window that the reporting endpoints share: the first requests go at once, each later one as soon as
 * the window allows (five requests in ten seconds per app and tenant, "Microsoft Graph service-specific
 * throttling limits"). A limit of 0 does not pace. A wait that Graph asks for holds the whole lane.
 */
export class Lane {
  readonly #limit: number;
  readonly #now: () => number;
  readonly #sleep: Sleep;
  readonly #sentAt: number[] = [];
  #heldUntil = 0;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(limit: number, now: () => number, sleep: Sleep) {
    this.#limit = limit;
    this.#now = now;
    this.#sleep = sleep;
  }

  /** Resolves when the next request may be sent; rejects with the signal's reason. */
  enter(signal: AbortSignal): Promise<void> {
    const turn = this.#queue.then(() => this.#wait(signal));
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** Lets nobody in for this long: Graph said so to one request, and failed ones count as well. */
  hold(waitMs: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, this.#now() + waitMs);
  }

  async #wait(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const waitMs = this.#waitMs();
      if (waitMs <= 0) break;
      await this.#sleep(waitMs, signal);
    }
    this.#sentAt.push(this.#now());
    if (this.#sentAt.length > this.#limit) this.#sentAt.shift();
  }

  #waitMs(): number {
    const now = this.#now();
    const oldest = this.#sentAt[0];
    const isFull = this.#limit > 0 && this.#sentAt.length === this.#limit && oldest !== undefined;
    const windowMs = isFull ? oldest + WINDOW_MS + MARGIN_MS - now : 0;
    return Math.max(windowMs, this.#heldUntil - now);
  }
}
