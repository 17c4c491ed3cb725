import type { Context } from '@microsoft/microsoft-graph-client';
import { hasCode, MailerError, outOfTime } from '../errors.ts';
import type { Log } from '../log.ts';
import { toGraphError } from './graph-error.ts';
import { detailsOf, GraphFailure, Link, responseOf, signalOf, urlOf } from './link.ts';
import { isReporting } from './rate-limit.ts';
import type { RateLimiter } from './rate-limit.ts';
import { backoffMs, retryAfterMs } from './timing.ts';
import type { Sleep } from './timing.ts';
import type { GraphResponse } from './transport.ts';

export interface RetryOptions {
  readonly limiter: RateLimiter;
  readonly now: () => number;
  readonly random: () => number;
  readonly sleep: Sleep;
  readonly log: Log;
  /** The instant at which the run ends: a wait that would pass it is not begun. */
  readonly endsAt: number;
}

/** Faults of the network and of Graph's servers are tried this often; throttling until the run's deadline. */
const MAX_FAULTS = 6;

/** A token can run out under way; the next one may be the same for a moment. */
const MAX_REFUSED_TOKENS = 2;

interface Tried {
  faults: number;
  refusals: number;
  throttled: number;
}

/** A wait before the next attempt. */
interface Wait {
  readonly waitMs: number;
  /** Whether Graph asked for it. */
  readonly isAsked: boolean;
}

/**
 * Repeats a request where that is safe. Reads are repeated after throttling, faults and a token that ran out; anything
 * else only after 429, because Graph may have done it. (The client's own RetryHandler repeats a POST after 503 and 504.)
 */
export class Retry extends Link {
  readonly #options: RetryOptions;

  constructor(options: RetryOptions) {
    super();
    this.#options = options;
  }

  async execute(context: Context): Promise<void> {
    try {
      await this.#sendUntilDone(context);
    } catch (error) {
      throw new GraphFailure(error);
    }
  }

  async #sendUntilDone(context: Context): Promise<void> {
    const details = detailsOf(context);
    const isRead = context.options?.method === 'GET';
    const tried = { faults: 0, refusals: 0, throttled: 0 };
    for (;;) {
      let failure: MailerError;
      let wait: Wait | undefined;
      try {
        await this.forward(context);
        const response = responseOf(context);
        if (response.status >= 200 && response.status < 300) return;
        failure = toGraphError(response, details.what);
        response.release?.();
        wait = this.#waitAfter(response, failure, isRead, tried);
        if (wait && failure.code === 'graph_throttled' && isReporting(urlOf(context))) {
          this.#options.limiter.pause(wait.waitMs);
        }
      } catch (error) {
        if (!hasCode(error, 'graph_unreachable')) throw error;
        failure = error;
        wait = isRead ? this.#faultWait(tried) : undefined;
      }
      if (wait === undefined) throw failure;
      await this.#wait(wait, failure, context);
      details.isRepeated = tried.faults + tried.throttled > 0;
    }
  }

  #waitAfter(
    { status, headers }: GraphResponse,
    { code }: MailerError,
    isRead: boolean,
    tried: Tried,
  ): Wait | undefined {
    const { now, random } = this.#options;
    // A date is meant by the clock of whoever wrote it.
    const graphNow = Date.parse(headers.date ?? '');
    const askedMs = retryAfterMs(headers['retry-after'], Number.isNaN(graphNow) ? now() : graphNow);
    const asked = askedMs === undefined ? undefined : { waitMs: askedMs, isAsked: true };
    if (code === 'graph_throttled') {
      tried.throttled += 1;
      return asked ?? ourOwn(backoffMs(1 + tried.throttled, random));
    }
    if (!isRead) return undefined;
    if (status === 401) {
      return tried.refusals++ < MAX_REFUSED_TOKENS ? ourOwn(backoffMs(0, random)) : undefined;
    }
    if (code !== 'graph_unreachable') return undefined;
    const wait = this.#faultWait(tried);
    return wait && (asked ?? wait);
  }

  #faultWait(tried: Tried): Wait | undefined {
    tried.faults += 1;
    return tried.faults < MAX_FAULTS
      ? ourOwn(backoffMs(tried.faults - 1, this.#options.random))
      : undefined;
  }

  /** Waits; where that would pass the deadline, fails with what the waiting is about. */
  async #wait({ waitMs, isAsked }: Wait, failure: MailerError, context: Context): Promise<void> {
    const { now, endsAt, sleep, log } = this.#options;
    const { what } = detailsOf(context);
    log('debug', 'graph.waited', { what, code: failure.code, waitMs: Math.round(waitMs) });
    if (now() + waitMs < endsAt) return sleep(waitMs, signalOf(context));
    // Graph is away for longer than the run: more time for the run would not help.
    if (isAsked || failure.code === 'graph_throttled') throw failure;
    throw outOfTime(failure);
  }
}

function ourOwn(waitMs: number): Wait {
  return { waitMs, isAsked: false };
}
