import { isWorthOpening, planAttachments } from '../digest/attachments.ts';
import type { AttachmentPlan } from '../digest/attachments.ts';
import { csvFiles } from '../digest/csv/csv-files.ts';
import { FILE_NAMES } from '../digest/csv/file-names.ts';
import { SIGN_IN_LOG_COLUMNS, signInLogRow } from '../digest/csv/sign-in-log-csv.ts';
import { collectCsv, openCsv } from '../digest/csv/write-csv.ts';
import type { CollectedFile } from '../digest/csv/write-csv.ts';
import { renderDigest } from '../digest/render-digest.ts';
import type { Digest } from '../digest/view-context.ts';
import { collectWorkbook } from '../digest/workbook/workbook.ts';
import { cloudOf } from '../entra/clouds.ts';
import { PREMIUM_RETENTION_DAYS } from '../entra/limits.ts';
import type { Compared } from '../findings/compare.ts';
import { EXPIRY_NOTICE_DAYS } from '../findings/findings.ts';
import { buildReport } from '../report/build-report.ts';
import type { Report } from '../report/report.ts';
import type { Settings } from '../settings/fields.ts';
import { judgePeople } from '../standings/judge-people.ts';
import { HIT_LISTS } from '../standings/standings.ts';
import { DAY_MS } from '../utc-day.ts';
import { VERSION } from '../version.ts';
import { compareWithLast, lastReportedAt } from './compare-with-last.ts';
import { observeWithLedger } from './observe.ts';
import type { Refusal } from './on-demand-brake.ts';
import type { OpenedRun } from './open-run.ts';

/** A digest that is ready to be sent. */
export interface MadeDigest {
  readonly report: Report;
  readonly composition: Composition;
  /** What the stored findings become once the digest is final; undefined without stored state. */
  readonly next?: Compared['next'] | undefined;
}

interface MakeDigestOptions {
  /** The scheduled instant that it is for; undefined on demand. */
  readonly occurrence?: Date | undefined;
  /** Whether the subject says that somebody asked for it. @default false */
  readonly isOnDemand?: boolean;
  /** What of the stored state is lost already: clauses that can follow "because". @default none */
  readonly problems?: readonly string[];
}

/** Reads everything, judges everybody, compares with what is remembered, and renders. Sends nothing. */
export async function makeDigest(
  context: OpenedRun,
  { occurrence, isOnDemand = false, problems = [] }: MakeDigestOptions = {},
): Promise<MadeDigest> {
  const { settings, ports } = context;
  const now = ports.clock();
  const signInLog = settings.includeSignInLog
    ? openCsv(FILE_NAMES.signInLog, SIGN_IN_LOG_COLUMNS, { delimiter: settings.csvDelimiter })
    : undefined;
  const observed = await observeWithLedger(context, {
    now,
    onSignIn: signInLog && ((row) => signInLog.write(signInLogRow(row))),
    emergencySince: newsSince(now, await lastReportedAt(context)),
  });
  const { observations } = observed;
  const rules = { ...settings, now };
  const people = judgePeople(observations, rules);
  const { findings, next } = await compareWithLast(context, people, {
    ...observed,
    problems,
    now,
    occurrence,
  });
  const { clockSkewMs } = context;
  const report = { ...buildReport(observations, rules, findings), clockSkewMs };
  logReport(report, context);
  const collected = signInLog?.close();
  const composition = await compose(report, {
    settings,
    isOnDemand,
    signInLog: collected,
  });
  return { report, composition, next };
}

/** A sign-in can come into the log some minutes late; told twice is better than never. */
const LATE_MS = 15 * 60_000;

/** From when on a use of an emergency account is news: since the last digest, or for a day where there is none. */
export function newsSince(now: Date, lastAt: number | undefined): number {
  const dayAgo = now.getTime() - DAY_MS;
  if (lastAt === undefined || lastAt > now.getTime()) return dayAgo;
  return Math.max(lastAt - LATE_MS, now.getTime() - PREMIUM_RETENTION_DAYS * DAY_MS);
}

function logReport(report: Report, { ports: { log } }: OpenedRun): void {
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

/** True where an emergency account was used or changed, or is not known to be ready. */
function isEmergencyNews({ emergencyAccounts, emergencyNews }: Report): boolean {
  return emergencyNews.length > 0 || emergencyAccounts.some(({ state }) => state !== 'ready');
}

/**
 * True where a report says something new: a change, an exception that begins, ends, is refused or is about to end, a
 * first report, a digest that was never delivered, other rules than last time, or anything that keeps changes from
 * being known.
 */
export function isWorthSending({ isPartial, haveRulesChanged, history }: Report): boolean {
  if (isPartial || haveRulesChanged) return true;
  if (history?.state !== 'kept' || history.problems.length > 0) return true;
  const { active, ended, refused, problem } = history.exceptions;
  const news = [history.changes, history.undelivered, ended, refused];
  return (
    news.some((list) => list.length > 0) ||
    problem !== undefined ||
    active.some(({ isNew, daysLeft }) => isNew || daysLeft <= EXPIRY_NOTICE_DAYS)
  );
}

/** A digest with its files, not yet addressed. */
interface Composition {
  readonly digest: Digest;
  readonly plan: AttachmentPlan;
  /** Every file with something in it, also those that do not go with the mail. */
  readonly files: readonly CollectedFile[];
}

interface ComposeOptions {
  readonly settings: Settings;
  readonly signInLog?: CollectedFile | undefined;
  readonly isOnDemand?: boolean;
  readonly isPossibleDuplicate?: boolean;
}

/** Writes the CSV files, decides what goes with the mail, and renders it. */
async function compose(report: Report, options: ComposeOptions): Promise<Composition> {
  const { settings, signInLog } = options;
  const files: CollectedFile[] = [];
  for (const file of csvFiles(report)) {
    files.push(await collectCsv(file, { delimiter: settings.csvDelimiter }));
  }
  if (signInLog !== undefined) files.push(signInLog);
  if (settings.attachWorkbook) files.unshift(await collectWorkbook(report, writing(settings)));
  const plan = await planAttachments(files, { ...settings, generatedAt: report.generatedAt });
  return { digest: render(report, plan, options), plan, files: files.filter(isWorthOpening) };
}

/** The mail of a report whose files are already chosen. */
export function render(
  report: Report,
  attachments: AttachmentPlan,
  options: ComposeOptions,
): Digest {
  const { settings, isOnDemand = false, isPossibleDuplicate = false } = options;
  return renderDigest(report, {
    subjectPrefix: settings.emailSubject,
    openingParagraph: settings.emailBody,
    maxRows: settings.maxRowsInEmail,
    ...writing(settings),
    attachments,
    isOnDemand,
    isPossibleDuplicate,
    version: VERSION,
  });
}

/** How dates and numbers are written, and where people are managed. */
function writing({ reportTimeZone, reportLocale, graphEndpoint }: Settings) {
  const portalOrigin = cloudOf(graphEndpoint).portal;
  return { timeZone: reportTimeZone, locale: reportLocale, portalOrigin };
}

/**
 * Whether SEND_WHEN asks for this report to be mailed; a PARTIAL one always is, as is news of emergency accounts, and that
 * the clock is wrong.
 */
export function isNeeded(report: Report, { debugOutput, sendWhen }: Settings): boolean {
  if (report.isPartial || debugOutput || isEmergencyNews(report)) return true;
  if (report.clockSkewMs !== undefined) return true;
  switch (sendWhen) {
    case 'always':
      return true;
    case 'changes':
      return isWorthSending(report);
    case 'hits':
      return HIT_LISTS.some((list) => report.hits[list].length > 0);
  }
}

/** What a run did, for whoever started it. */
export interface RunSummary {
  readonly outcome: 'sent' | 'not-needed' | 'previewed' | 'already-done' | 'refused';
  /** Set where a run on demand was not begun. */
  readonly refusal?: Refusal;
  /** Absent where an earlier run had built the digest. */
  readonly report?: Report;
  readonly composition?: Composition;
}
