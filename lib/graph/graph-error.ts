import { MailerError } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';
import type { GraphResponse } from './transport.ts';

/** What Graph calls a tenant without Entra ID P1 or P2; spelling and status vary, the codes do not. */
const UNLICENSED_CODES = new Set([
  'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
  'AuthenticationRequestFromNonPremiumTenantOrB2CTenant',
  'AadPremiumLicenseRequired',
]);

/**
 * Turns an answer that is no success into an error. Graph's message is left out, because it may name people;
 * its codes and the request id, which support asks for, stay.
 */
export function toGraphError(response: GraphResponse, what: string): MailerError {
  const codes = errorCodes(response.body);
  const code = errorCode(response.status, codes);
  const graphCode = codes.at(-1);
  const requestId = response.headers['request-id'];
  return new MailerError(
    code,
    {
      what: `Graph answered ${response.status}${graphCode === undefined ? '' : ` ${graphCode}`} to ${what}.`,
      todo: ADVICE[code],
    },
    {
      status: response.status,
      graphCode,
      requestId:
        typeof requestId === 'string' && REQUEST_ID.test(requestId) ? requestId : undefined,
    },
  );
}

/** True where Graph says that what was asked for is not there. */
export function isGone(error: unknown): boolean {
  return error instanceof MailerError && error.facts['status'] === 404;
}

/** Request ids are GUIDs; what is longer is none, and goes into no log. */
const REQUEST_ID = /^[\w.-]{1,64}$/;

const ADVICE: Partial<Record<ErrorCode, string>> = {
  graph_denied: 'Grant the identity the permission and wait for its token to be renewed.',
  graph_unlicensed: 'The tenant needs Entra ID P1 or P2 for this.',
  graph_throttled: 'Let the schedule run at a quieter time.',
};

function errorCode(status: number, codes: readonly string[]): ErrorCode {
  if (codes.some((code) => UNLICENSED_CODES.has(code))) return 'graph_unlicensed';
  if (status === 401 || status === 403) return 'graph_denied';
  if (status === 429) return 'graph_throttled';
  if (status === 408 || status >= 500)
    return status === 501 ? 'graph_refused' : 'graph_unreachable';
  if (status >= 400) return 'graph_refused';
  return 'graph_unexpected';
}

/**
 * The codes of an error from the outside in, as Graph and Azure Monitor nest them; the last is the most specific. Empty
 * for an HTML page.
 */
export function errorCodes(body: Buffer): readonly string[] {
  const codes: string[] = [];
  let level: unknown;
  try {
    level = (JSON.parse(body.toString('utf8')) as { error?: unknown } | null)?.error;
  } catch {
    return codes;
  }
  while (typeof level === 'object' && level !== null && codes.length < 5) {
    const { code, innerError, innererror } = level as Record<string, unknown>;
    // The innermost may be the status in digits, which says less than the word around it.
    if (typeof code === 'string' && /^[A-Za-z][\w.-]{0,79}$/.test(code)) codes.push(code);
    level = innerError ?? innererror;
  }
  return codes;
}
