import { randomUUID } from 'node:crypto';
import type { Refusal } from './refusal.ts';

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
