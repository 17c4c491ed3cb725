import { randomUUID } from 'node:crypto';

/** What goes back over the wire. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A value as a JSON answer. */
export function jsonAnswer(value: unknown, status = 200): Answer {
  return rawJsonAnswer(JSON.stringify(value), status);
}

export function rawJsonAnswer(body: string, status = 200): Answer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body };
}

/** A refusal in the shape of Graph's errors. */
export function errorAnswer(refusal: Refusal, now: Date): Answer {
  const inner = {
    ...(refusal.status === 429 && {
      code: '429',
      message: 'Please retry after',
      status: '429',
    }),
    date: now.toISOString().slice(0, 19),
    'request-id': randomUUID(),
    'client-request-id': randomUUID(),
  };
  const answer = jsonAnswer(
    { error: { code: refusal.code, message: refusal.message, innerError: inner } },
    refusal.status,
  );
  return { ...answer, headers: { ...answer.headers, ...refusal.headers } };
}

/** The page that a gateway puts in Graph's place. */
export function htmlAnswer(status: number): Answer {
  return {
    status,
    headers: { 'content-type': 'text/html' },
    body: `<html><head><title>${status}</title></head><body><h1>Bad Gateway</h1></body></html>`,
  };
}

/** A request to the simulated Graph, once it has been read and let in. */
export interface GraphRequest {
  readonly url: URL;
  readonly version: 'v1.0' | 'beta';
  /** The decoded parts of the path that the route leaves open. */
  readonly params: readonly string[];
  readonly query: URLSearchParams;
  readonly contentType: string;
  /** The header of this name; empty without it. */
  readonly prefer: string;
  readonly body: Buffer;
  readonly now: Date;
}

/** A request that Graph answers with an error; thrown inside an endpoint, answered by the server. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export function badRequest(message: string): Refusal {
  return new Refusal(400, 'BadRequest', message);
}

export function notPremium(): Refusal {
  return new Refusal(
    403,
    'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
    "Neither tenant is B2C or tenant doesn't have premium license",
  );
}

export function notAllowed(): Refusal {
  return new Refusal(
    403,
    'Authorization_RequestDenied',
    'Insufficient privileges to complete the operation.',
  );
}

export function invalidToken(message: string): Refusal {
  return new Refusal(401, 'InvalidAuthenticationToken', message);
}

export function invalidPageToken(): Refusal {
  return new Refusal(400, 'UnknownError', 'Invalid Skip Token, skip token is null.');
}

export function tooManyRequests(retryAfter?: string): Refusal {
  return new Refusal(
    429,
    'TooManyRequests',
    'Please retry again later.',
    retryAfter === undefined ? {} : { 'retry-after': retryAfter },
  );
}
