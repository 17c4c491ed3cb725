import { claimName, isFinal, messageIdOf, takeClaim, tryClaim } from '../delivery/claim.ts';
import type { Claim } from '../delivery/claim.ts';
import { mailDigest } from '../delivery/send-mail.ts';
import type { StoredDigest } from '../delivery/stored-digest.ts';
import { hasCode } from '../errors.ts';
import type { RunContext } from '../session/session.ts';
import { isStoreFailure, logStoreFailure } from '../session/storage.ts';
import { nextOccurrences, occurrenceAt } from '../settings/schedule.ts';
import { isNeeded, makeDigest, render } from './make-digest.ts';
import type { MadeDigest, RunSummary } from './make-digest.ts';
import {
  applyLifecycle,
  forgetOlderRuns,
  readStoredDigest,
  rollForward,
  writeStoredDigest,
} from './stored-runs.ts';

/**
 * Claims the digest of an occurrence. Undefined where there is nothing left to do: another run has brought it to
 * its end, or, unless this one waits, is at it. A store that fails here has promised nothing yet.
 */
export async function claimScheduledDigest(
  context: RunContext,
  occurrence: Date,
  { isWaiting }: { readonly isWaiting: boolean },
): Promise<Claim | undefined> {
  const { state, tenantId, ports, session } = context;
  const claim = await (isWaiting ? takeClaim : tryClaim)({
    store: state.store,
    tenantId,
    occurrence,
    clock: ports.clock,
    sleep: ports.sleep,
    signal: session.running,
  });
  try {
    if (claim?.step === undefined) await claim?.advance('claimed');
    return claim;
  } catch (error) {
    await claim?.release();
    throw error;
  }
}

/**
 * Brings a claimed digest to its end: built, or taken up as a run before this one stored it, then sent, or not
 * needed. A failure leaves the step, so that a later run goes on from there.
 */
export async function completeScheduledDigest(
  context: RunContext,
  occurrence: Date,
  claim: Claim,
): Promise<RunSummary> {
  try {
    await rollForward(context, occurrence);
    if (claim.step !== undefined && isFinal(claim.step)) return alreadyDone(context.ports);
    const prepared = await prepare(context, occurrence, claim);
    await bringToEnd(context, prepared);
    await settle(context, prepared);
    const outcome = prepared.stored.isNeeded ? 'sent' : 'not-needed';
    return { outcome, ...prepared.made };
  } finally {
    await claim.release();
  }
}

/** Says that there was nothing left to do, so that no run ends without an event. */
export function alreadyDone({ log }: RunContext['ports']): RunSummary {
  log('info', 'mail.notNeeded', { because: 'another run has brought it to its end' });
  return { outcome: 'already-done' };
}

/** A claimed digest that may be sent. */
interface PreparedDigest {
  readonly occurrence: Date;
  readonly claim: Claim;
  readonly stored: StoredDigest;
  /** Between Graph's answer and the mark nobody can know whether the mail went out. */
  readonly isPossibleDuplicate: boolean;
  /** Set where this run built it. */
  readonly made?: MadeDigest;
}

async function prepare(
  context: RunContext,
  occurrence: Date,
  claim: Claim,
): Promise<PreparedDigest> {
  const isPossibleDuplicate = claim.step === 'sending';
  const problems: string[] = [];
  if (claim.unreadable !== undefined) {
    const document = claimName(context.tenantId, occurrence);
    context.ports.log('warn', 'memory.unreadable', { document, reason: claim.unreadable });
    problems.push(
      `the record of how far this digest had come could not be read (${claim.unreadable})`,
    );
  }
  if (claim.step !== 'claimed') {
    const stored = await readStoredDigest(context, occurrence);
    if (typeof stored === 'object') return { occurrence, claim, stored, isPossibleDuplicate };
    if (stored !== undefined)
      problems.push(`this digest, as it was first built, could not be read (${stored})`);
  }
  const made = await makeDigest(context, { occurrence, problems });
  const stored = toStored(context, made);
  await writeStoredDigest(context, occurrence, stored);
  if (!isPossibleDuplicate) await claim.advance('report-built');
  return { occurrence, claim, stored, isPossibleDuplicate, made };
}

function toStored({ settings }: RunContext, made: MadeDigest): StoredDigest {
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

async function bringToEnd(context: RunContext, prepared: PreparedDigest): Promise<void> {
  const { claim, stored, isPossibleDuplicate } = prepared;
  if (!stored.isNeeded) {
    await claim.advance('not-needed');
    context.ports.log('info', 'mail.notNeeded', { sendWhen: context.settings.sendWhen });
    return;
  }
  if (!isPossibleDuplicate) await claim.advance('sending');
  try {
    await deliver(context, prepared);
  } catch (error) {
    // Graph did not take it for certain, so the next attempt is no duplicate. Should the mark fail as well, the
    // next attempt says that it may be one, which is the safe side.
    const isCertain = !isPossibleDuplicate && !hasCode(error, 'mail_uncertain');
    if (isCertain) await claim.advance('report-built').catch(() => undefined);
    throw error;
  }
  await claim.advance('sent');
}

async function deliver(context: RunContext, prepared: PreparedDigest): Promise<void> {
  const { claim, occurrence, stored, isPossibleDuplicate } = prepared;
  await mailDigest(context, {
    digest: isPossibleDuplicate ? stored.duplicate : stored.digest,
    plan: stored.plan,
    messageId: messageIdOf(context.tenantId, occurrence),
    date: new Date(stored.builtAt),
    signal: AbortSignal.any([context.session.running, claim.signal]),
  });
}

/** The digest is final: its lifecycle is valid and older runs can go. A later run does what fails here. */
async function settle(
  context: RunContext,
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
  { settings: { reportSchedule }, startedAt, ports, session }: RunContext,
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
