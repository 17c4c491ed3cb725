import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import { hasCode, MailerError } from '../errors.ts';
import type { Log } from '../log.ts';
import { toGraphError } from './graph-error.ts';
import type { Lane } from './rate-limit.ts';
import { backoffMs, retryAfterMs } from './timing.ts';
import type { Sleep } from './timing.ts';
import type { GraphResponse, Transport } from './transport.ts';

export interface ResilienceOptions {
  readonly send: Transport;
  readonly token: (signal: AbortSignal) => Promise<string>;
  readonly lane: Lane;
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

/**
 * The whole of the Graph client's middleware chain: paces, signs and sends a request, and repeats it where
 * that is safe. Reads are repeated after throttling, faults and a token that ran out; anything else only after
 * 429, because Graph may have done it.
 */
export class Resilience implements Middleware {
  readonly #options: ResilienceOptions;

  constructor(options: ResilienceOptions) {
    this.#options = options;
  }

  async execute(context: Context): Promise<void> {
    const details = detailsOf(context);
    try {
      // The client hands this back untouched, because it is asked for the raw response.
      context.response = (await this.#sendUntilDone(context, details)) as unknown as Response;
    } catch (error) {
      details.failure = error;
      throw error;
    }
  }

  async #sendUntilDone(context: Context, details: RequestDetails): Promise<GraphResponse> {
    const isRead = context.options?.method === 'GET';
    const tried = { faults: 0, refusals: 0, throttled: 0 };
    for (;;) {
      let failure: MailerError;
      let waitMs: number | undefined;
      try {
        const response = await this.#sendOnce(context, details, tried);
        if (response.status >= 200 && response.status < 300) return response;
        failure = toGraphError(response, details.what);
        response.release?.();
        waitMs = this.#waitAfter(response, failure, isRead, tried);
        if (
          waitMs !== undefined &&
          failure.code === 'graph_throttled' &&
          isReporting(details.url)
        ) {
          this.#options.lane.hold(waitMs);
        }
      } catch (error) {
        if (!hasCode(error, 'graph_unreachable')) throw error;
        failure = error;
        waitMs = isRead ? this.#faultWait(tried) : undefined;
      }
      if (waitMs === undefined) throw failure;
      await this.#wait(waitMs, failure, details);
    }
  }

  async #sendOnce(context: Context, details: RequestDetails, tried: Tried): Promise<GraphResponse> {
    const { lane, send, token } = this.#options;
    const { url, signal } = details;
    if (isReporting(url)) await lane.enter(signal);
    const headers = { ...(context.options?.headers as Record<string, string> | undefined) };
    return send({
      method: context.options?.method ?? 'GET',
      url,
      headers: {
        ...headers,
        accept: 'application/json',
        authorization: `Bearer ${await token(signal)}`,
        'client-request-id': crypto.randomUUID(),
      },
      ...(typeof context.options?.body === 'string' && { body: context.options.body }),
      signal,
      isRepeated: tried.faults + tried.throttled > 0,
    });
  }

  #waitAfter(
    { status, headers }: GraphResponse,
    { code }: MailerError,
    isRead: boolean,
    tried: Tried,
  ): number | undefined {
    const { now, random } = this.#options;
    const asked = retryAfterMs(headers['retry-after'], now());
    if (code === 'graph_throttled') return asked ?? backoffMs(2 + tried.throttled++, random);
    if (!isRead) return undefined;
    if (status === 401)
      return tried.refusals++ < MAX_REFUSED_TOKENS ? backoffMs(0, random) : undefined;
    if (code !== 'graph_unreachable') return undefined;
    const waitMs = this.#faultWait(tried);
    return waitMs === undefined ? undefined : (asked ?? waitMs);
  }

  #faultWait(tried: Tried): number | undefined {
    tried.faults += 1;
    return tried.faults < MAX_FAULTS
      ? backoffMs(tried.faults - 1, this.#options.random)
      : undefined;
  }

  async #wait(
    waitMs: number,
    failure: MailerError,
    { signal, what }: RequestDetails,
  ): Promise<void> {
    const { now, endsAt, sleep, log } = this.#options;
    log('debug', 'graph.waited', { what, code: failure.code, waitMs: Math.round(waitMs) });
    if (now() + waitMs < endsAt) return sleep(waitMs, signal);
    if (failure.code === 'graph_throttled') throw failure;
    throw new MailerError(
      'run_deadline',
      'The run reached its time limit.',
      {},
      { cause: failure },
    );
  }
}

interface Tried {
  faults: number;
  refusals: number;
  throttled: number;
}

/**
 * True for the endpoints under Graph's limit for identity and access reports; signInActivity brings the list of
 * users under it.
 */
function isReporting({ pathname, search }: URL): boolean {
  return (
    pathname.includes('/auditLogs/') ||
    pathname.includes('/reports/') ||
    search.includes('signInActivity')
  );
}

/** The option of a request under which its details travel through the Graph client. */
export const DETAILS = 'details';

/**
 * What one request carries past the Graph client: its exact address, which the client would re-order and
 * re-encode, and the failure of the chain, which the client would flatten into a GraphError without cause.
 */
export class RequestDetails {
  readonly url: URL;
  /** What is asked for, in words for errors and logs. */
  readonly what: string;
  readonly signal: AbortSignal;
  failure?: unknown;

  constructor(url: URL, what: string, signal: AbortSignal) {
    this.url = url;
    this.what = what;
    this.signal = signal;
  }
}

/** The details of the request that a middleware is handling. */
function detailsOf(context: Context): RequestDetails {
  const details: unknown = (context.options as Record<string, unknown> | undefined)?.[DETAILS];
  if (details instanceof RequestDetails) return details;
  throw new TypeError('A Graph request was made without its details.');
}
