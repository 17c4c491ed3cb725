import { GraphClientError } from '@microsoft/microsoft-graph-client';
import type { Context, Middleware, MiddlewareOptions } from '@microsoft/microsoft-graph-client';
import type { GraphResponse } from './transport.ts';

/** One link of the Graph client's middleware chain. */
export abstract class Link implements Middleware {
  #next: Middleware | undefined;

  setNext(next: Middleware): void {
    this.#next = next;
  }

  abstract execute(context: Context): Promise<void>;

  /** Hands the request to the rest of the chain. */
  protected async forward(context: Context): Promise<void> {
    if (this.#next === undefined) throw new TypeError('The chain of middleware ends too early.');
    await this.#next.execute(context);
  }
}

/** What a request carries through the chain, beside what every Graph request has. */
export class RequestDetails implements MiddlewareOptions {
  /** What is asked for, in words for errors and logs. */
  readonly what: string;
  /** Set for a next link: the client would mangle an address that holds another one in its query. */
  readonly nextLink: URL | undefined;
  /** Whether the request was sent before. */
  isRepeated = false;
  /** Whether the token that it carried last was refused. */
  wasTokenRefused = false;

  constructor(what: string, nextLink: URL | undefined) {
    this.what = what;
    this.nextLink = nextLink;
  }
}

/** The details of the request that a link is handling. */
export function detailsOf({ middlewareControl }: Context): RequestDetails {
  const details = middlewareControl?.getMiddlewareOptions(RequestDetails);
  if (details instanceof RequestDetails) return details;
  throw new TypeError('A Graph request was made without its details.');
}

export function urlOf(context: Context): URL {
  const { request } = context;
  return (
    detailsOf(context).nextLink ?? new URL(typeof request === 'string' ? request : request.url)
  );
}

export function signalOf({ options }: Context): AbortSignal {
  return options?.signal ?? NEVER;
}

const NEVER = new AbortController().signal;

/** The client hands back whatever stands there, because it is asked for the raw response. */
export function setResponse(context: Context, response: GraphResponse): void {
  context.response = response as unknown as Response;
}

export function responseOf({ response }: Context): GraphResponse {
  return response as unknown as GraphResponse;
}

/** Why a request failed. An error of the client's own kind passes it untouched; any other loses its cause there. */
export class GraphFailure extends GraphClientError {
  override readonly cause: unknown;

  constructor(cause: unknown) {
    super('A Graph request failed.');
    Object.setPrototypeOf(this, GraphFailure.prototype);
    this.cause = cause;
  }
}
