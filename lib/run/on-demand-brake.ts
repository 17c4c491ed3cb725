import * as v from 'valibot';
import { tryRunRecord } from '../delivery/run-record.ts';
import type { RunContext } from '../session/session.ts';
import { isStoreFailure, logStoreFailure } from '../session/storage.ts';
import { occurrenceAt } from '../settings/schedule.ts';
import { readDocument, writeDocument } from '../storage/document.ts';
import type { DocumentFormat } from '../storage/document.ts';
import { parserOf, storedInstant } from '../storage/stored-values.ts';

/** Why a run on demand was not begun. */
export interface Refusal {
  /** `busy`: something else is under way; `paused`: a mail has just gone out. */
  readonly kind: 'busy' | 'paused';
  /** One sentence: what is under way, and what to do. */
  readonly because: string;
  readonly retryAfterSeconds: number;
}

/** After a digest on demand the next one waits this long: nobody has read the last one yet. */
const PAUSE_MS = 5 * 60_000;

/** A reading takes a minute in a small tenant; asking again sooner only asks again. */
const BUSY_SECONDS = 60;

/**
 * Does a run on demand unless another one is under way, the scheduled digest is being made, or, for one that mails,
 * the last mail on demand is less than five minutes old. It holds for all instances of the app that share a state;
 * without a state nothing is known of them.
 */
export async function brakeOnDemand<Result>(
  context: RunContext,
  isMailing: boolean,
  work: () => Promise<Result>,
): Promise<Result | Refusal> {
  const lease = await context.state.store.acquireLease(`on-demand/${context.tenantId}`);
  if (lease === undefined) return busy('Another run on demand is under way');
  try {
    if (await isScheduledRunning(context)) return busy('The scheduled digest is being made');
    const pause = isMailing ? await pauseLeft(context) : undefined;
    if (pause !== undefined) return pause;
    const result = await work();
    if (isMailing) await noteMail(context);
    return result;
  } finally {
    await lease.release();
  }
}

function busy(what: string): Refusal {
  return {
    kind: 'busy',
    because: `${what}; both would share what Graph allows. Ask again when it is done.`,
    retryAfterSeconds: BUSY_SECONDS,
  };
}

/** Whether somebody holds the digest of the latest scheduled instant. */
async function isScheduledRunning(context: RunContext): Promise<boolean> {
  const { state, tenantId, ports, session, settings } = context;
  const occurrence = occurrenceAt(settings.reportSchedule, context.startedAt);
  if (occurrence === undefined || state.status !== 'kept') return false;
  const record = await tryRunRecord({
    store: state.store,
    tenantId,
    occurrence,
    clock: ports.clock,
    sleep: ports.sleep,
    signal: session.running,
  });
  await record?.release();
  return record === undefined;
}

const MAILED_FORMAT: DocumentFormat<{ readonly mailedAt: string }> = {
  kind: 'on-demand',
  version: 1,
  parse: parserOf(v.object({ mailedAt: storedInstant })),
  write: (mailed) => mailed,
  latestAt: ({ mailedAt }) => Date.parse(mailedAt),
};

function mailedName(tenantId: string): string {
  return `on-demand/${tenantId}.json`;
}

/** A mail from the future is a clock that was wrong, and no reason to wait. */
async function pauseLeft({ state, tenantId, ports }: RunContext): Promise<Refusal | undefined> {
  const now = ports.clock();
  const stored = await readDocument(state.store, mailedName(tenantId), MAILED_FORMAT, now);
  if (stored?.unreadable === true) {
    const document = mailedName(tenantId);
    ports.log('warn', 'memory.unreadable', { document, reason: stored.reason });
  }
  if (stored?.unreadable !== false) return undefined;
  const ageMs = now.getTime() - Date.parse(stored.content.mailedAt);
  if (ageMs < 0 || ageMs >= PAUSE_MS) return undefined;
  const retryAfterSeconds = Math.ceil((PAUSE_MS - ageMs) / 1000);
  return {
    kind: 'paused',
    because: `A digest on demand was mailed at ${stored.content.mailedAt}; the next one can be asked for in ${retryAfterSeconds} seconds. send=false shows it without a mail.`,
    retryAfterSeconds,
  };
}

/** The mail is out, so a failure here is logged and no more. */
async function noteMail(context: RunContext): Promise<void> {
  const { state, tenantId, ports } = context;
  const name = mailedName(tenantId);
  const now = ports.clock();
  try {
    const previous = await readDocument(state.store, name, MAILED_FORMAT, now);
    const content = { mailedAt: now.toISOString() };
    await writeDocument(state.store, name, MAILED_FORMAT, content, { previous, now });
  } catch (error) {
    if (!isStoreFailure(error)) throw error;
    logStoreFailure(error, ports);
  }
}
