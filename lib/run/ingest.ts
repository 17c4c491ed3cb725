import { MailerError } from '../errors.ts';
import { SignInLedger } from '../ledger/ledger.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import type { Ports } from '../session/ports.ts';
import type { StateLocation } from '../settings/kinds.ts';
import { occurrenceAt } from '../settings/schedule.ts';
import { joinOrigins } from '../sign-ins/origin.ts';
import type { SignInOrigin } from '../sign-ins/origin.ts';
import { PeopleIndex } from '../sources/people-index.ts';
import { windowStart } from '../standings/facts.ts';
import { dayOf } from '../utc-day.ts';
import { chooseOrigins } from './choose-origins.ts';
import type { RunSummary } from './make-digest.ts';
import { ledgerLeaseName } from './observe.ts';
import { lookAtEmergencyAccounts } from './look-at-emergency-accounts.ts';
import { openRun } from './open-run.ts';
import type { OpenedRun } from './open-run.ts';
import { openScheduledDigest, completeScheduledDigest } from './scheduled-digest.ts';
import { isUnfinished, rollForward } from './stored-runs.ts';

interface IngestOptions {
  readonly ports: Ports;
  readonly isPastDue?: boolean;
  /** Where the stored state is kept when STATE_LOCATION is empty. @default blob */
  readonly defaultState?: StateLocation | undefined;
}

interface IngestSummary {
  /** Undefined where there is no lasting state, or another run is writing the ledger. */
  readonly ledger?: LedgerSummary | undefined;
  /** Set where this run took up a digest that had failed. */
  readonly digest?: RunSummary | undefined;
}

/**
 * Reads new sign-ins into the ledger and backfills older days between digests, and brings the latest digest to its end
 * where a run that failed has left it. Also looks whether an emergency account was used. Does nothing without lasting
 * state.
 */
export async function ingest(options: IngestOptions): Promise<IngestSummary> {
  const { ports, defaultState, isPastDue = false } = options;
  const facts = { trigger: 'ingest', isPastDue };
  return openRun({ ports, defaultState, isSending: false, facts }, async (context) => {
    if (context.state.status !== 'kept') {
      ports.log('info', 'ledger.unchanged', { because: 'there is no lasting state to keep it in' });
      return {};
    }
    let digest: RunSummary | undefined;
    let ledger: LedgerSummary | undefined;
    // A few requests, and news that cannot wait for a long reading.
    await lookAtEmergencyAccounts(context);
    if (context.clockSkewMs !== undefined) {
      const because = 'the clock of this machine is wrong, and nothing is recorded under it';
      ports.log('info', 'ledger.unchanged', { because });
      return {};
    }
    try {
      digest = await finishLeftDigest(context);
    } finally {
      // A digest that fails every time must not keep the ledger where it is.
      ledger = await updateLedgerAlone(context);
    }
    return { digest, ledger };
  });
}

/** The latest occurrence's digest, if it was begun, nobody holds it, and it is not final. */
async function finishLeftDigest(context: OpenedRun): Promise<RunSummary | undefined> {
  const { reportSchedule, emailFrom, emailTo } = context.settings;
  const occurrence = occurrenceAt(reportSchedule, context.startedAt);
  if (occurrence === undefined) return undefined;
  await rollForward(context, occurrence);
  if (emailFrom === '' || emailTo.length === 0) return undefined;
  if (!(await isUnfinished(context, occurrence))) return undefined;
  const record = await openScheduledDigest(context, occurrence, { isWaiting: false });
  return record && completeScheduledDigest(context, occurrence, record);
}

/** What one update of the ledger read. */
interface LedgerSummary {
  readonly rows: number;
  readonly pages: number;
  /** Why it ended early, where it did. */
  readonly because?: string;
}

/** Updates the ledger without a digest. Undefined where another run holds it; a failure of Graph is thrown. */
async function updateLedgerAlone(context: OpenedRun): Promise<LedgerSummary | undefined> {
  const { state, tenantId, settings, ports } = context;
  const lease = await state.store.acquireLease(ledgerLeaseName(tenantId));
  if (lease === undefined) {
    const because =
      'another run is writing the ledger, or one that ended less than a minute ago held it';
    ports.log('info', 'ledger.unchanged', { because });
    return undefined;
  }
  try {
    const now = ports.clock();
    const keptFrom = windowStart(now, settings.ledgerRetentionDays);
    const ledger = new SignInLedger(state.store, tenantId, now);
    const { origin, filler } = await chooseOrigins(context, now);
    await updateLedger(ledger, {
      origin,
      filler,
      people: new PeopleIndex(),
      now: now.getTime(),
      overlapDays: settings.ledgerOverlapDays,
      isForReport: false,
      from: keptFrom,
      keptFrom: dayOf(keptFrom),
      isWriting: () => !lease.signal.aborted,
    });
    for (const [document, reason] of ledger.unreadable) {
      ports.log('warn', 'memory.unreadable', { document, reason });
    }
    return report(context, origin, filler);
  } finally {
    await lease.release();
  }
}

function report(
  { ports: { log } }: OpenedRun,
  origin: SignInOrigin,
  filler: SignInOrigin | undefined,
): LedgerSummary {
  const { interactive, nonInteractive } = joinOrigins(origin, filler).reads;
  const cause = interactive.cause ?? nonInteractive.cause;
  const summary = {
    rows: interactive.rows + nonInteractive.rows,
    pages: interactive.pages + nonInteractive.pages,
  };
  if (cause === undefined) {
    log('info', 'ledger.moved', summary);
    return summary;
  }
  log('warn', 'ledger.failed', { ...summary, cause: cause.kind, because: cause.because });
  // The time limit is part of the plan: the next run reads on.
  if (cause.kind === 'deadline') return { ...summary, because: cause.because };
  const service = origin.key === 'graph' ? 'graph' : 'workspace';
  const isRefused = cause.kind === 'consent' || cause.kind === 'access';
  const code = `${service}_${isRefused ? 'denied' : 'unreachable'}` as const;
  throw new MailerError(code, `The ledger could not be moved: ${cause.because}.`, {
    cause: cause.kind,
  });
}
