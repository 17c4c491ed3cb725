import { castSignIns } from './cast-sign-ins.ts';
import type { Crowd } from './crowd.ts';
import { crowdSignIns } from './crowd-sign-ins.ts';
import type { GraphRequest } from './graph-request.ts';
import { DAY_MS } from './instants.ts';
import { readSignInFilter } from './odata-filter.ts';
import { type Page, readPageToken } from './paging.ts';
import { allowOptions, readSelect, readTop, refusedOption } from './query-options.ts';
import { compileRow } from './row-writer.ts';
import type { SignIn, SignInKind } from './sign-in.ts';
import { signInWriters } from './sign-in-rows.ts';

const PAGE_SIZE = 1000;
/** What Entra keeps with a premium licence. */
const RETENTION_DAYS = 30;
const INTERACTIVE_SHARE = 0.4;

export interface SignInLog {
  /** GET /auditLogs/signIns: newest first, `$filter`, `$top`, and `$select` in beta. */
  page(request: GraphRequest): Page;
}

/** The sign-ins of everybody; `signIns` is how many the crowd has within the retention. */
export function createSignInLog(options: {
  readonly crowd: Crowd;
  readonly hasCast: boolean;
  readonly lastDay: Date;
  readonly signIns: number;
  readonly tenantId: string;
}): SignInLog {
  const perDay = options.signIns / RETENTION_DAYS;
  const ofCrowd = {
    interactive: crowdSignIns(options.crowd, 'interactive', perDay * INTERACTIVE_SHARE),
    nonInteractive: crowdSignIns(options.crowd, 'nonInteractive', perDay * (1 - INTERACTIVE_SHARE)),
  };
  const writers = signInWriters(options.tenantId);

  function newestFirst(kinds: readonly SignInKind[], fromMs: number, toMs: number) {
    const streams: Generator<SignIn>[] = kinds.map((kind) => ofCrowd[kind](fromMs, toMs));
    if (options.hasCast) {
      streams.unshift(castSignIns(options.lastDay, fromMs, toMs));
    }
    return mergeNewestFirst(streams);
  }

  return {
    page(request) {
      const { query, version, now } = request;
      if (query.has('$select') && version === 'v1.0') {
        throw refusedOption('Select');
      }
      allowOptions(query, '$filter', '$top', '$select');
      const top = readTop(query, PAGE_SIZE, PAGE_SIZE);
      const filter = readSignInFilter(query.get('$filter'), version);
      const known = writers[version];
      const writeRow = compileRow(known, readSelect(request, known, Object.keys(known)));
      const start = readPosition(readPageToken(query).position);
      const fromMs = Math.max(filter.fromMs, now.getTime() - RETENTION_DAYS * DAY_MS);
      const toMs = Math.min(filter.toMs, now.getTime(), start.atMs);

      const rows: string[] = [];
      let latestAtMs = start.atMs;
      let served = 0;
      for (const signIn of newestFirst(filter.kinds, fromMs, toMs)) {
        if (!filter.kinds.includes(signIn.kind) || !filter.matches(signIn)) {
          continue;
        }
        served = signIn.atMs === latestAtMs ? served + 1 : 1;
        latestAtMs = signIn.atMs;
        if (latestAtMs === start.atMs && served <= start.served) {
          continue;
        }
        if (rows.length === top) {
          return { context: 'auditLogs/signIns', rows, next: `${latestAtMs}.${served - 1}` };
        }
        rows.push(writeRow(signIn));
      }
      return { context: 'auditLogs/signIns', rows };
    },
  };
}

/** A page begins after the rows of an instant that have been served, so events that come later do not move it. */
function readPosition(position: string) {
  const [atMs = '', served = ''] = position.split('.');
  return position === ''
    ? { atMs: Number.POSITIVE_INFINITY, served: 0 }
    : { atMs: Number(atMs), served: Number(served) };
}

function* mergeNewestFirst(streams: readonly Generator<SignIn>[]): Generator<SignIn> {
  const heads = streams.map((stream) => stream.next().value as SignIn | undefined);
  for (;;) {
    let newest = -1;
    let newestAtMs = Number.NEGATIVE_INFINITY;
    for (const [index, head] of heads.entries()) {
      if (head !== undefined && head.atMs > newestAtMs) {
        newest = index;
        newestAtMs = head.atMs;
      }
    }
    const head = heads[newest];
    if (head === undefined) {
      return;
    }
    yield head;
    heads[newest] = streams[newest]?.next().value as SignIn | undefined;
  }
}
