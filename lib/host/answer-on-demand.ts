import type { HttpResponseInit } from '@azure/functions';
import type { RunSummary } from '../run/make-digest.ts';
import { run } from '../run/run.ts';
import type { Ports } from '../session/ports.ts';

const NO_STORE = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/** Nothing but the page and its own styles: no script, no fetch, no frame around it, no form. */
const PREVIEW_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * Runs the digest on demand and answers with counts, never with people. `send=false` answers with the rendered mail
 * and sends nothing; `record=true` lets the run count as history. Throws where the run fails.
 */
export async function answerOnDemand(
  query: Iterable<readonly [string, string]>,
  ports: Ports,
): Promise<HttpResponseInit> {
  const { send = 'true', record = 'false', ...others } = Object.fromEntries(query);
  const problem = findProblem(send, record, Object.keys(others));
  if (problem !== undefined) return { status: 400, headers: NO_STORE, jsonBody: { problem } };
  if (send === 'false') return showPreview(await run({ ports, trigger: 'preview' }));
  return summarise(await run({ ports, trigger: 'on-demand', isRecording: record === 'true' }));
}

/** A slip in an address must not mail people: what is not understood is refused. */
function findProblem(send: string, record: string, others: readonly string[]): string | undefined {
  if (others.length > 0) return 'Only send and record can be given.';
  if (![send, record].every((word) => word === 'true' || word === 'false')) {
    return 'send and record must be true or false.';
  }
  return send === 'false' && record === 'true'
    ? 'A digest that is not sent cannot be recorded.'
    : undefined;
}

function showPreview({ composition }: RunSummary): HttpResponseInit {
  return {
    status: 200,
    headers: {
      ...NO_STORE,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': PREVIEW_POLICY,
      'referrer-policy': 'no-referrer',
    },
    body: composition?.digest.html,
  };
}

function summarise({ outcome, report }: RunSummary): HttpResponseInit {
  return {
    status: 200,
    headers: NO_STORE,
    jsonBody: {
      outcome,
      isPartial: report?.isPartial,
      inScope: report?.figures.inScope,
      hits: report?.figures.hits,
    },
  };
}
