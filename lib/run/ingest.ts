import type { RunContext } from './context.ts';
import { moveLedgerAlone } from './move-ledger-alone.ts';
import type { LedgerSummary } from './move-ledger-alone.ts';
import { openRun } from './open-run.ts';
import type { Ports } from '../ports.ts';
import type { RunSummary } from './run-summary.ts';
import { isUnfinished, rollForward } from './run-documents.ts';
import { claimScheduledDigest, completeScheduledDigest } from './scheduled-digest.ts';
import { occurrenceAt } from '../settings/occurrences.ts';
import type { StateLocation } from '../settings/state-location.ts';

export interface IngestOptions {
  readonly ports: Ports;
  readonly isPastDue?: boolean;
  /** Where the memory is kept when STATE_LOCATION is empty. @default blob */
  readonly defaultState?: StateLocation;
}

export interface IngestSummary {
  /** Undefined where there is no lasting memory, or another run is writing the ledger. */
  readonly ledger?: LedgerSummary;
  /** Set where this run took up a digest that had failed. */
  readonly digest?: RunSummary;
}

/**
 * Moves the ledger forward and works off the past between digests, and brings the latest digest to its end where
 * a run that failed has left it. Does nothing without a lasting memory.
 */
export async function ingest(options: IngestOptions): Promise<IngestSummary> {
  const { ports, defaultState, isPastDue = false } = options;
  const facts = { trigger: 'ingest', isPastDue };
  const state = defaultState === undefined ? {} : { defaultState };
  return openRun({ ports, ...state, isSending: false, facts }, async (context) => {
    if (context.memory.state !== 'kept') return {};
    let digest: RunSummary | undefined;
    let ledger: LedgerSummary | undefined;
    try {
      digest = await finishLeftDigest(context);
    } finally {
      // A digest that fails every time must not keep the ledger where it is.
      ledger = await moveLedgerAlone(context);
    }
    return { ...(digest !== undefined && { digest }), ...(ledger !== undefined && { ledger }) };
  });
}

/** The latest occurrence's digest, if it was begun, nobody holds it, and it is not final. */
async function finishLeftDigest(context: RunContext): Promise<RunSummary | undefined> {
  const { reportSchedule, emailFrom, emailTo } = context.settings;
  const occurrence = occurrenceAt(reportSchedule, context.startedAt);
  if (occurrence === undefined) return undefined;
  await rollForward(context, occurrence);
  if (emailFrom === '' || emailTo.length === 0) return undefined;
  if (!(await isUnfinished(context, occurrence))) return undefined;
  const claim = await claimScheduledDigest(context, occurrence, { isWaiting: false });
  return claim && completeScheduledDigest(context, occurrence, claim);
}
