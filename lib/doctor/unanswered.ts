import { recordOf } from '../decode.ts';
import { hasCode, MailerError } from '../errors.ts';
import type { GraphConnection } from '../graph/client.ts';
import { toCause } from '../sources/coverage.ts';
import type { Finding } from './check.ts';

/** What is said of a check that could not tell, and why it could not. */
export function notKnown(check: Finding['check'], error: unknown): Finding {
  const { because, todo } = reasonFor(error);
  const what = `Not known, because ${because}.`;
  return { check, level: 'warning', what, todo };
}

/** The time that a check had is over. */
export class CheckTimeoutError extends Error {
  override readonly name = 'CheckTimeoutError';
}

function reasonFor(error: unknown): { readonly because: string; readonly todo?: string } {
  if (error instanceof CheckTimeoutError) {
    return {
      because: 'it took too long for the start of a run',
      todo: 'Run doctor on the command line.',
    };
  }
  if (hasCode(error, 'token_unavailable')) return { because: 'there is no token for Graph' };
  if (error instanceof MailerError && /^(graph|run)_/.test(error.code)) {
    const { kind, because, remedy } = toCause(error);
    // Everything that a check asks of Graph is read with this one.
    return { because, todo: kind === 'consent' ? 'Grant Directory.Read.All.' : remedy };
  }
  // The text of an error that nobody foresaw may quote anything.
  const name = error instanceof MailerError ? error.code : nameOf(error);
  return { because: `of an error that nobody foresaw (${name})` };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

/** Reads one object of Graph; an answer that is no JSON is `graph_unexpected`. */
export async function askGraph(
  graph: GraphConnection,
  path: string,
  what: string,
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>>> {
  const { body } = await graph.get(graph.url(path), what, signal);
  try {
    return recordOf(JSON.parse(body.toString('utf8')));
  } catch (cause) {
    const message = `Graph’s answer to ${what} is no JSON.`;
    throw new MailerError('graph_unexpected', message, {}, { cause });
  }
}
