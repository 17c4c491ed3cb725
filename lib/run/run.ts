import { randomUUID } from 'node:crypto';
import { messageIdOf } from '../delivery/run-record.ts';
import type { RunRecord } from '../delivery/run-record.ts';
import { mailDigest } from '../delivery/send-mail.ts';
import type { Ports } from '../session/ports.ts';
import { loseState } from '../session/storage.ts';
import type { StateLocation } from '../settings/kinds.ts';
import { isNeeded, makeDigest } from './make-digest.ts';
import type { MadeDigest, RunSummary } from './make-digest.ts';
import { brakeOnDemand } from './on-demand-brake.ts';
import { openRun } from './open-run.ts';
import type { OpenedRun } from './open-run.ts';
import {
  alreadyDone,
  awaitOccurrence,
  openScheduledDigest,
  completeScheduledDigest,
} from './scheduled-digest.ts';
import { recordOnDemand } from './stored-runs.ts';

export interface RunOptions {
  readonly ports: Ports;
  /** `schedule` sends one digest an occurrence; `preview` renders and sends nothing. */
  readonly trigger: 'schedule' | 'on-demand' | 'preview';
  /** Whether an on-demand run is remembered by the next on-demand one. @default false */
  readonly isRecording?: boolean;
  /** Whether a run on demand waits its turn, so that whoever asks often mails once. @default false */
  readonly isBraked?: boolean;
  /** Whether the host says that the timer is late. @default false */
  readonly isPastDue?: boolean;
  /** Where the stored state is kept when STATE_LOCATION is empty. @default blob */
  readonly defaultState?: StateLocation | undefined;
}

/**
 * Makes the digest and sends it: settings, sources, report, rendering, delivery. Throws a MailerError where it
 * could not, after logging `run.failed`; a source that could not be read is no failure but a PARTIAL report.
 */
export async function run(options: RunOptions): Promise<RunSummary> {
  const { ports, trigger, defaultState, isPastDue = false } = options;
  return openRun(
    {
      ports,
      defaultState,
      isSending: trigger !== 'preview',
      facts: { trigger, isPastDue },
    },
    (context) =>
      trigger === 'schedule' ? runScheduled(context, isPastDue) : runOnDemand(context, options),
  );
}

/** One digest an occurrence, as far as there is stored state to promise it with. */
async function runScheduled(context: OpenedRun, isPastDue: boolean): Promise<RunSummary> {
  const { state, ports } = context;
  const occurrence = await awaitOccurrence(context, isPastDue);
  if (state.status !== 'kept' || occurrence === undefined)
    return sendUnrecorded(context, occurrence);
  let record: RunRecord | undefined;
  try {
    record = await openScheduledDigest(context, occurrence, { isWaiting: true });
  } catch (error) {
    return sendUnrecorded({ ...context, state: loseState(error, ports) }, occurrence);
  }
  if (record !== undefined) return completeScheduledDigest(context, occurrence, record);
  return alreadyDone(ports);
}

/** Nothing keeps a second run from sending it again, but a mailbox can tell that it is the same. */
async function sendUnrecorded(
  context: OpenedRun,
  occurrence: Date | undefined,
): Promise<RunSummary> {
  const { settings, ports, tenantId } = context;
  const made = await makeDigest(context);
  if (!isNeeded(made.report, settings)) {
    ports.log('info', 'mail.notNeeded', { sendWhen: settings.sendWhen });
    return { outcome: 'not-needed', ...made };
  }
  return send(context, made, occurrence && messageIdOf(tenantId, occurrence));
}

async function runOnDemand(context: OpenedRun, options: RunOptions): Promise<RunSummary> {
  const { trigger, isBraked = false } = options;
  if (!isBraked) return makeOnDemand(context, options);
  const ended = await brakeOnDemand(context, trigger === 'on-demand', () =>
    makeOnDemand(context, options),
  );
  if ('outcome' in ended) return ended;
  context.ports.log('info', 'run.refused', { because: ended.kind });
  return { outcome: 'refused', refusal: ended };
}

async function makeOnDemand(
  context: OpenedRun,
  { trigger, isRecording = false }: RunOptions,
): Promise<RunSummary> {
  const made = await makeDigest(context, { isOnDemand: trigger === 'on-demand' });
  if (trigger === 'preview') return { outcome: 'previewed', ...made };
  const summary = await send(context, made);
  if (isRecording && made.next !== undefined) await recordOnDemand(context, made.next);
  return summary;
}

async function send(
  context: OpenedRun,
  made: MadeDigest,
  messageId = `<${randomUUID()}@mfa-gap-mailer.invalid>`,
): Promise<RunSummary> {
  await mailDigest(context, {
    ...made.composition,
    messageId,
    date: new Date(made.report.generatedAt),
    signal: context.session.running,
  });
  return { outcome: 'sent', ...made };
}
