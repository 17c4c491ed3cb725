import { Client, ResponseType } from '@microsoft/microsoft-graph-client';
import { MailerError } from '../errors.ts';
import { DETAILS, RequestDetails, Resilience } from './retry.ts';
import type { ResilienceOptions } from './retry.ts';
import type { GraphResponse } from './transport.ts';

/** How the sources ask Graph: whole answers, already paced and repeated where that is safe. */
export interface GraphConnection {
  /** Resolves a path such as `/v1.0/users?$top=500` against the configured endpoint. */
  url(pathAndQuery: string): URL;
  get(url: URL, what: string, signal: AbortSignal): Promise<GraphResponse>;
  post(
    url: URL,
    what: string,
    message: { readonly contentType: string; readonly body: string },
    signal: AbortSignal,
  ): Promise<GraphResponse>;
}

/** Builds the Graph client over our own middleware chain. The token goes to this endpoint's origin only. */
export function connectToGraph(endpoint: URL, options: ResilienceOptions): GraphConnection {
  const client = Client.initWithMiddleware({
    baseUrl: endpoint.origin,
    middleware: new Resilience(options),
  });

  function request(url: URL, what: string, signal: AbortSignal) {
    if (url.origin !== endpoint.origin) {
      throw new MailerError(
        'graph_unexpected',
        `Graph’s answer to ${what} leads to another host than the configured one; it was not followed.`,
      );
    }
    const details = new RequestDetails(url, what, signal);
    const prepared = client
      .api(url.pathname)
      .option(DETAILS, details)
      .responseType(ResponseType.RAW);
    return { details, prepared };
  }

  return {
    url: (pathAndQuery) => new URL(pathAndQuery, endpoint),
    get: (url, what, signal) => {
      const { details, prepared } = request(url, what, signal);
      return unwrap(prepared.get(), details);
    },
    post: (url, what, { contentType, body }, signal) => {
      const { details, prepared } = request(url, what, signal);
      return unwrap(prepared.header('content-type', contentType).post(body), details);
    },
  };
}

async function unwrap(answer: Promise<unknown>, details: RequestDetails): Promise<GraphResponse> {
  try {
    return (await answer) as GraphResponse;
  } catch (error) {
    throw details.failure ?? error;
  }
}
