import {
  runRecordName,
  isFinal,
  messageIdOf,
  acquireRunRecord,
  tryRunRecord,
} from '../delivery/run-record.ts';
import type { RunRecord } from '../delivery/run-record.ts';
import { mailDigest } from '../delivery/send-mail.ts';
import type { StoredDigest } from '../delivery/stored-digest.ts';
import { hasCode } from '../errors.ts';
import { isStoreFailure, logStoreFailure } from '../session/storage.ts';
import { nextOccurrences, occurrenceAt } from '../settings/schedule.ts';
import { isNeeded, makeDigest, render } from './make-digest.ts';
import type { MadeDigest, RunSummary } from './make-digest.ts';
import type { OpenedRun } from './open-run.ts';
import {
  applyLifecycle,
  forgetOlderRuns,
  readStoredDigest,
  rollForward,
  writeStoredDigest,
} from './stored-runs.ts';

/**
 * Takes the digest of an occurrence. Undefined where there is nothing left to do: another run has brought it to
 * its end, or, unless this one waits, is at it. A store that fails here has promised nothing yet.
 */
export async function openScheduledDigest(
  context: OpenedRun,
  occurrence: Date,
  { isWaiting }: { readonly isWaiting: boolean },
): Promise<RunRecord | undefined> {
  const { state, tenantId, ports, session } = context;
  const record = await (isWaiting ? acquireRunRecord : tryRunRecord)({
    store: state.store,
    tenantId,
    occurrence,
    clock: ports.clock,
    sleep: ports.sleep,
    signal: session.running,
  });
  try {
    if (record?.status === undefined) await record?.advance('claimed');
    return record;
  } catch (error) {
    await record?.release();
    throw error;
  }
}

/**
 * Brings a digest that was taken to its end: built, or taken up as a run before this one stored it, then sent, or not
 * needed. A failure leaves the status, so that a later run goes on from there.
 */
export async function completeScheduledDigest(
  context: OpenedRun,
  occurrence: Date,
  record: RunRecord,
): Promise<RunSummary> {
  try {
    await rollForward(context, occurrence);
    if (record.status !== undefined && isFinal(record.status)) return alreadyDone(context.ports);
    const prepared = await prepare(context, occurrence, record);
    await bringToEnd(context, prepared);
    await settle(context, prepared);
    const outcome = prepared.stored.isNeeded ? 'sent' : 'not-needed';
    return { outcome, ...prepared.made };
  } finally {
    await record.release();
  }
}

/** Says that there was nothing left to do, so that no run ends without an event. */
export function alreadyDone({ log }: OpenedRun['ports']): RunSummary {
  log('info', 'mail.notNeeded', { because: 'another run has brought it to its end' });
  return { outcome: 'already-done' };
}

/** A digest that was taken and may be sent. */
interface PreparedDigest {
  readonly occurrence: Date;
  readonly record: RunRecord;
  readonly stored: StoredDigest;
  /** Between Graph's answer and the mark nobody can know whether the mail went out. */
  readonly isPossibleDuplicate: boolean;
  /** Set where this run built it. */
  readonly made?: MadeDigest;
}

async function prepare(
  context: OpenedRun,
  occurrence: Date,
  record: RunRecord,
): Promise<PreparedDigest> {
  const isPossibleDuplicate = record.status === 'sending';
  const problems: string[] = [];
  if (record.unreadable !== undefined) {
    const document = runRecordName(context.tenantId, occurrence);
    context.ports.log('warn', 'memory.unreadable', { document, reason: record.unreadable });
    problems.push(
      `the record of how far this digest had come could not be read (${record.unreadable})`,
    );
  }
  if (record.status !== 'claimed') {
    const stored = await readStoredDigest(context, occurrence);
    if (typeof stored === 'object') return { occurrence, record, stored, isPossibleDuplicate };
    if (stored !== undefined)
      problems.push(`this digest, as it was first built, could not be read (${stored})`);
  }
  const made = await makeDigest(context, { occurrence, problems });
  const stored = toStored(context, made);
  await writeStoredDigest(context, occurrence, stored);
  if (!isPossibleDuplicate) await record.advance('report-built');
  return { occurrence, record, stored, isPossibleDuplicate, made };
}

function toStored({ settings }: OpenedRun, made: MadeDigest): StoredDigest {
  const { report, composition, next } = made;
  const { digest, plan } = composition;
  return {
    isNeeded: isNeeded(report, settings),
    builtAt: report.generatedAt,
    digest,
    duplicate: render(report, plan, { settings, isPossibleDuplicate: true }),
    plan,
    lifecycle: next,
  };
}

async function bringToEnd(context: OpenedRun, prepared: PreparedDigest): Promise<void> {
  const { record, stored, isPossibleDuplicate } = prepared;
  if (!stored.isNeeded) {
    await record.advance('not-needed');
    context.ports.log('info', 'mail.notNeeded', { sendWhen: context.settings.sendWhen });
    return;
  }
  if (!isPossibleDuplicate) await record.advance('sending');
  try {
    await deliver(context, prepared);
  } catch (error) {
    // Graph did not take it for certain, so the next attempt is no duplicate. Should the mark fail as well, the
    // next attempt says that it may be one, which is the safe side.
    const isCertain = !isPossibleDuplicate && !hasCode(error, 'mail_uncertain');
    if (isCertain) await record.advance('report-built').catch(() => undefined);
    throw error;
  }
  await record.advance('sent');
}

async function deliver(context: OpenedRun, prepared: PreparedDigest): Promise<void> {
  const { record, occurrence, stored, isPossibleDuplicate } = prepared;
  await mailDigest(context, {
    digest: isPossibleDuplicate ? stored.duplicate : stored.digest,
    plan: stored.plan,
    messageId: messageIdOf(context.tenantId, occurrence),
    date: new Date(stored.builtAt),
    signal: AbortSignal.any([context.session.running, record.signal]),
  });
}

/** The digest is final: its lifecycle is valid and older runs can go. A later run does what fails here. */
async function settle(
  context: OpenedRun,
  { occurrence, stored: { lifecycle } }: PreparedDigest,
): Promise<void> {
  try {
    if (lifecycle !== undefined) await applyLifecycle(context, lifecycle);
    await forgetOlderRuns(context, occurrence);
  } catch (error) {
    if (!isStoreFailure(error)) throw error;
    logStoreFailure(error, context.ports);
  }
}

/** A host measures a day with another clock than the one that names its end, and may come seconds before it. */
const MAX_EARLY_MS = 5_000;
const MAX_EARLY_SHARE = 0.01;

/**
 * The scheduled instant that this run is for: the latest that is not after its start. A timer that comes a little
 * before its time is not late for the instant before: the run waits, and starts on time.
 */
export async function awaitOccurrence(
  { settings: { reportSchedule }, startedAt, ports, session }: OpenedRun,
  isPastDue: boolean,
): Promise<Date | undefined> {
  const latest = occurrenceAt(reportSchedule, startedAt);
  const [next] = nextOccurrences(reportSchedule, startedAt, 1);
  if (latest === undefined || next === undefined || isPastDue) return latest;
  const intervalMs = next.getTime() - latest.getTime();
  const earlyMs = next.getTime() - startedAt.getTime();
  if (earlyMs > Math.min(MAX_EARLY_MS, intervalMs * MAX_EARLY_SHARE)) return latest;
  await ports.sleep(earlyMs, session.running);
  return next;
}
