import type { Context } from '@microsoft/microsoft-graph-client';

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
export function detailsOf(context: Context): RequestDetails {
  const details: unknown = (context.options as Record<string, unknown> | undefined)?.[DETAILS];
  if (details instanceof RequestDetails) return details;
  throw new TypeError('A Graph request was made without its details.');
}
