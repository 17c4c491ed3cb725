import { Client, ResponseType } from '@microsoft/microsoft-graph-client';
import type { Context, GraphRequest } from '@microsoft/microsoft-graph-client';
import { MailerError } from '../errors.ts';
import {
  detailsOf,
  GraphFailure,
  Link,
  RequestDetails,
  responseOf,
  setResponse,
  signalOf,
  urlOf,
} from './link.ts';
import { RateLimit } from './rate-limit.ts';
import { Retry } from './retry.ts';
import type { RetryOptions } from './retry.ts';
import { timeOf } from './timing.ts';
import type { TokenSource } from './token.ts';
import type { GraphResponse, Transport } from './transport.ts';

export interface GraphRequestOptions {
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Whether the address is a next link, which is followed as it is. @default false */
  readonly isNextLink?: boolean | undefined;
}

/** How the sources ask Graph: whole answers, already paced and repeated where that is safe. */
export interface GraphConnection {
  /** Resolves a path such as `/v1.0/users?$top=500` against the configured endpoint. */
  url(pathAndQuery: string): URL;
  get(
    url: URL,
    what: string,
    signal: AbortSignal,
    options?: GraphRequestOptions,
  ): Promise<GraphResponse>;
  post(
    url: URL,
    what: string,
    message: { readonly contentType: string; readonly body: string },
    signal: AbortSignal,
  ): Promise<GraphResponse>;
}

export interface GraphOptions extends RetryOptions {
  readonly send: Transport;
  readonly token: TokenSource;
  /** Is told what time it is by each answer that says so, milliseconds since 1970. @default nobody is */
  readonly onTime?: (graphNow: number) => void;
}

/**
 * Builds the Graph client over a chain of our own: retry, rate limit, authorise, send. Retry comes first, because a
 * repeated request counts against the limit and may need another token. The token goes to this endpoint's origin only.
 */
export function connectToGraph(endpoint: URL, options: GraphOptions): GraphConnection {
  const client = Client.initWithMiddleware({
    baseUrl: endpoint.origin,
    middleware: [
      new Retry(options),
      new RateLimit(options.limiter, options.endsAt),
      new Authorise(options.token),
      new Send(options),
    ],
  });

  function request(
    url: URL,
    what: string,
    signal: AbortSignal,
    { headers = {}, isNextLink = false }: GraphRequestOptions = {},
  ): GraphRequest {
    if (url.origin !== endpoint.origin) {
      throw new MailerError(
        'graph_unexpected',
        `Graph’s answer to ${what} leads to another host than the configured one; it was not followed.`,
      );
    }
    const [, version = '', path = ''] = /^\/([^/]+)\/(.*)$/.exec(url.pathname) ?? [];
    return client
      .api(isNextLink ? path : `${path}${url.search}`)
      .version(version)
      .headers(headers)
      .options({ signal })
      .middlewareOptions([new RequestDetails(what, isNextLink ? url : undefined)])
      .responseType(ResponseType.RAW);
  }

  return {
    url: (pathAndQuery) => new URL(pathAndQuery, endpoint),
    get: (url, what, signal, requestOptions) =>
      answerOf(request(url, what, signal, requestOptions).get()),
    post: (url, what, { contentType, body }, signal) =>
      answerOf(request(url, what, signal).header('content-type', contentType).post(body)),
  };
}

async function answerOf(asking: Promise<unknown>): Promise<GraphResponse> {
  try {
    return (await asking) as GraphResponse;
  } catch (error) {
    throw error instanceof GraphFailure ? error.cause : error;
  }
}

/** Puts the token into a request: a fresh one where it is sent but once, and where Graph refused the last one. */
class Authorise extends Link {
  readonly #token: GraphOptions['token'];

  constructor(token: GraphOptions['token']) {
    super();
    this.#token = token;
  }

  async execute(context: Context): Promise<void> {
    const headers = context.options?.headers as Record<string, string> | undefined;
    const details = detailsOf(context);
    const isFresh = details.wasTokenRefused || context.options?.method !== 'GET';
    const authorization = `Bearer ${await this.#token(signalOf(context), isFresh)}`;
    context.options = { ...context.options, headers: { ...headers, authorization } };
    await this.forward(context);
    details.wasTokenRefused = responseOf(context).status === 401;
  }
}

/** The end of the chain: sends a request and waits for the whole answer. */
class Send extends Link {
  readonly #options: Pick<GraphOptions, 'send' | 'onTime'>;

  constructor(options: Pick<GraphOptions, 'send' | 'onTime'>) {
    super();
    this.#options = options;
  }

  async execute(context: Context): Promise<void> {
    const { method = 'GET', headers, body } = context.options ?? {};
    const { send, onTime } = this.#options;
    const response = await send({
      method,
      url: urlOf(context),
      headers: {
        ...(headers as Record<string, string> | undefined),
        accept: 'application/json',
        'client-request-id': crypto.randomUUID(),
      },
      body: typeof body === 'string' ? body : undefined,
      signal: signalOf(context),
      isRepeated: detailsOf(context).isRepeated,
    });
    const graphNow = timeOf(response.headers.date);
    if (graphNow !== undefined) onTime?.(graphNow);
    setResponse(context, response);
  }
}
