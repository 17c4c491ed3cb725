import type { HttpResponseInit } from '@azure/functions';
import { findingsAsJson } from '../doctor/render-findings.ts';
import { checkOnDemand } from '../run/check-on-demand.ts';
import type { RunSummary } from '../run/make-digest.ts';
import type { Refusal } from '../run/on-demand-brake.ts';
import { run } from '../run/run.ts';
import type { Ports } from '../session/ports.ts';

const NO_STORE = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/** Nothing but the page and its own styles: no script, no fetch, no frame around it, no form. */
const PREVIEW_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** What Azure itself puts into an address: the key and its name, which Get function URL hands out. */
const OF_AZURE = ['code', 'clientId'];

const WORDS = ['send', 'record', 'check'];

/** What this process is doing on demand; a second request is told and reads nothing. */
let underWay: { readonly what: string; readonly since: Date } | undefined;

/**
 * Runs the digest on demand and answers with counts, never with people. `send=false` answers with the rendered mail
 * and sends nothing; `record=true` lets the run count as history; `check=true` answers with what the checks find, and
 * sends nothing. One at a time: 409 says what is under way, and 429 that a mail has just gone out, both with
 * Retry-After. Throws where the run fails.
 */
export async function answerOnDemand(
  query: Iterable<readonly [string, string]>,
  ports: Ports,
): Promise<HttpResponseInit> {
  const words = [...query].filter(([word]) => !OF_AZURE.includes(word));
  const problem = findProblem(words);
  if (problem !== undefined) return { status: 400, headers: NO_STORE, jsonBody: { problem } };
  if (underWay !== undefined) {
    const busy = busySince(underWay.what, underWay.since);
    ports.log('info', 'run.refused', { because: busy.kind });
    return refuse(busy);
  }
  const { send = 'true', record = 'false', check = 'false' } = Object.fromEntries(words);
  const isPreview = send === 'false';
  underWay = { what: nameOf(check === 'true', isPreview), since: ports.clock() };
  try {
    if (check === 'true') return await answerCheck(ports);
    const summary = await run({
      ports,
      trigger: isPreview ? 'preview' : 'on-demand',
      isRecording: record === 'true',
      isBraked: true,
    });
    if (summary.refusal !== undefined) return refuse(summary.refusal);
    return isPreview ? showPreview(summary) : summarise(summary);
  } finally {
    underWay = undefined;
  }
}

function nameOf(isCheck: boolean, isPreview: boolean): string {
  if (isCheck) return 'A check';
  return isPreview ? 'A preview' : 'A digest on demand';
}

/** What the checks find, in the words of doctor: it names settings, never what is in them. */
async function answerCheck(ports: Ports): Promise<HttpResponseInit> {
  const checked = await checkOnDemand(ports);
  if ('kind' in checked) return refuse(checked);
  return { status: 200, headers: NO_STORE, jsonBody: findingsAsJson(checked.findings) };
}

function busySince(what: string, since: Date): Refusal {
  return {
    kind: 'busy',
    because: `${what} is under way since ${since.toISOString()}. Ask again when it is done.`,
    retryAfterSeconds: 60,
  };
}

function refuse({ kind, because, retryAfterSeconds }: Refusal): HttpResponseInit {
  return {
    status: kind === 'busy' ? 409 : 429,
    headers: { ...NO_STORE, 'retry-after': String(retryAfterSeconds) },
    jsonBody: { problem: because },
  };
}

/** A slip in an address must not mail people: what is not understood, or said twice, is refused. */
function findProblem(words: readonly (readonly [string, string])[]): string | undefined {
  const names = words.map(([word]) => word);
  if (names.some((name) => !WORDS.includes(name))) {
    return 'Only send, record and check can be given. The key goes into the header x-functions-key, or into code.';
  }
  if (new Set(names).size < names.length) return 'send, record and check can be given once.';
  if (words.some(([, value]) => value !== 'true' && value !== 'false')) {
    return 'send, record and check must be true or false.';
  }
  const { send, record, check } = Object.fromEntries(words);
  if (check === 'true' && names.length > 1) {
    return 'A check sends and records nothing: give check alone.';
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
