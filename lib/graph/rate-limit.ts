import type { Context } from '@microsoft/microsoft-graph-client';
import { REPORTING_WINDOW_MS } from '../entra/limits.ts';
import { MailerError } from '../errors.ts';
import { Link, signalOf, urlOf } from './link.ts';
import type { Sleep } from './timing.ts';

/** Two clocks and a network lie between our counting and Graph's; one per cent keeps them from disagreeing. */
const MARGIN_MS = 100;

/** Graph asks for minutes; what asks for more is heeded by the request that it was said to, and by no later run. */
const MAX_PAUSE_MS = 60 * 60_000;

/**
 * A sliding window that the reporting endpoints share: the first requests go at once, each later one as soon as
 * the window allows. A limit of 0 does not pace. A wait that Graph asks for pauses everybody.
 */
export class RateLimiter {
  readonly #limit: number;
  readonly #now: () => number;
  readonly #sleep: Sleep;
  readonly #onWait: (waitMs: number) => void;
  readonly #sentAt: number[] = [];
  #pausedUntil = 0;
  #queue: Promise<unknown> = Promise.resolve();

  /** `onWait` hears of every wait, for a person who watches. */
  constructor(
    limit: number,
    now: () => number,
    sleep: Sleep,
    onWait: (waitMs: number) => void = () => undefined,
  ) {
    this.#limit = limit;
    this.#now = now;
    this.#sleep = sleep;
    this.#onWait = onWait;
  }

  /**
   * Resolves when the next request may be sent; rejects with the signal's reason. Where Graph lets nobody in before
   * `endsAt`, that is `graph_throttled` at once.
   */
  enter(signal: AbortSignal, endsAt: number = Number.POSITIVE_INFINITY): Promise<void> {
    const turn = this.#queue.then(() => this.#wait(signal, endsAt));
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** Lets nobody in for this long: Graph said so to one request, and failed ones count as well. */
  pause(waitMs: number): void {
    const pauseMs = Math.min(waitMs, MAX_PAUSE_MS);
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#now() + pauseMs);
  }

  async #wait(signal: AbortSignal, endsAt: number): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const waitMs = this.#waitMs();
      if (waitMs <= 0) break;
      if (this.#pausedUntil > this.#now() && this.#pausedUntil >= endsAt) throw throttled();
      this.#onWait(waitMs);
      await this.#sleep(waitMs, signal);
    }
    this.#sentAt.push(this.#now());
    if (this.#sentAt.length > this.#limit) this.#sentAt.shift();
  }

  #waitMs(): number {
    const now = this.#now();
    const oldest = this.#sentAt[0];
    const isFull = this.#limit > 0 && this.#sentAt.length === this.#limit && oldest !== undefined;
    const windowMs = isFull ? oldest + REPORTING_WINDOW_MS + MARGIN_MS - now : 0;
    return Math.max(windowMs, this.#pausedUntil - now);
  }
}

function throttled(): MailerError {
  return new MailerError('graph_throttled', {
    what: 'Graph throttles the requests until after the end of the run.',
    todo: 'Let the schedule run at a quieter time.',
  });
}

/** The rate limiters of a process: runs that ask the same Graph at the same time share its limit. */
export class RateLimiters {
  readonly #now: () => number;
  readonly #sleep: Sleep;
  readonly #limiters = new Map<string, RateLimiter>();

  constructor(now: () => number, sleep: Sleep) {
    this.#now = now;
    this.#sleep = sleep;
  }

  of(origin: string, limit: number): RateLimiter {
    const key = `${origin} ${limit}`;
    const limiter = this.#limiters.get(key) ?? new RateLimiter(limit, this.#now, this.#sleep);
    this.#limiters.set(key, limiter);
    return limiter;
  }
}

/** Lets requests to reporting endpoints through at Graph's pace. */
export class RateLimit extends Link {
  readonly #limiter: RateLimiter;
  readonly #endsAt: number;

  constructor(limiter: RateLimiter, endsAt: number) {
    super();
    this.#limiter = limiter;
    this.#endsAt = endsAt;
  }

  async execute(context: Context): Promise<void> {
    if (isReporting(urlOf(context))) await this.#limiter.enter(signalOf(context), this.#endsAt);
    await this.forward(context);
  }
}

/**
 * True for the endpoints under Graph's limit for identity and access reports; signInActivity brings the list of
 * users under it.
 */
export function isReporting({ pathname, search }: URL): boolean {
  return (
    pathname.includes('/auditLogs/') ||
    pathname.includes('/reports/') ||
    search.includes('signInActivity')
  );
}
