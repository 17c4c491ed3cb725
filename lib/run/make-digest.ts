import { compose } from './compose.ts';
import type { Composition } from './compose.ts';
import type { RunContext } from './context.ts';
import { observeWithLedger } from './observe-with-ledger.ts';
import { recall } from './recall.ts';
import type { Recollection } from './recall.ts';
import { openCsv } from '../rendering/collect-csv.ts';
import { FILE_NAMES } from '../rendering/csv-files.ts';
import { SIGN_IN_LOG_COLUMNS, signInLogRow } from '../rendering/sign-in-log.ts';
import { buildReport } from '../report/build-report.ts';
import type { Report } from '../report/report.ts';
import { HIT_LISTS } from '../report/standings.ts';

/** A digest that is ready to be sent. */
export interface MadeDigest {
  readonly report: Report;
  readonly composition: Composition;
  /** What the memory of findings becomes once the digest is final; undefined without memory. */
  readonly next?: Recollection['next'];
}

export interface MakeDigestOptions {
  /** The scheduled instant that it is for; undefined on demand. */
  readonly occurrence?: Date;
  /** Whether the subject says that somebody asked for it. @default false */
  readonly isOnDemand?: boolean;
  /** What of the memory is lost already: clauses that can follow "because". @default none */
  readonly problems?: readonly string[];
}

/** Reads everything, judges everybody, compares with what is remembered, and renders. Sends nothing. */
export async function makeDigest(
  context: RunContext,
  { occurrence, isOnDemand = false, problems = [] }: MakeDigestOptions = {},
): Promise<MadeDigest> {
  const { settings, ports } = context;
  const now = ports.clock();
  const signInLog = settings.includeSignInLog
    ? openCsv(FILE_NAMES.signInLog, SIGN_IN_LOG_COLUMNS)
    : undefined;
  const observed = await observeWithLedger(
    context,
    now,
    signInLog && ((row) => signInLog.write(signInLogRow(row))),
  );
  const judged = buildReport(observed.observations, { ...settings, now });
  const { report, next } = await recall(context, judged, {
    ...observed,
    problems,
    now,
    ...(occurrence !== undefined && { occurrence }),
  });
  logReport(report, context);
  const collected = await signInLog?.close();
  const composition = await compose(report, {
    settings,
    isOnDemand,
    ...(collected !== undefined && { signInLog: collected }),
  });
  return { report, composition, ...(next !== undefined && { next }) };
}

function logReport(report: Report, { ports: { log } }: RunContext): void {
  const hits = Object.fromEntries(HIT_LISTS.map((list) => [list, report.hits[list].length]));
  log('info', 'report.built', {
    people: report.people.length,
    ...hits,
    isPartial: report.isPartial,
    changes: report.history?.changes.length,
  });
  if (!report.isPartial) return;
  const missing = report.coverage.filter(({ state }) => state !== 'complete');
  log('warn', 'report.partial', { missing: missing.map(({ source }) => source) });
}
