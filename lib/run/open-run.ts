import { preflight } from '../doctor/doctor.ts';
import { MailerError } from '../errors.ts';
import type { LogFacts } from '../log.ts';
import type { Ports } from '../session/ports.ts';
import { openSession } from '../session/session.ts';
import type { RunContext } from '../session/session.ts';
import { openState } from '../session/storage.ts';
import type { StateLocation } from '../settings/kinds.ts';
import { readSettings } from '../settings/read-settings.ts';
import { openTenantReads } from '../sources/tenant.ts';
import type { TenantReads } from '../sources/tenant.ts';
import { clockHeeding, heedClock } from './heed-clock.ts';

export interface OpenRunOptions {
  readonly ports: Ports;
  /** Where the stored state is kept when STATE_LOCATION is empty. @default blob */
  readonly defaultState?: StateLocation | undefined;
  /** A run that sends needs a sender and a recipient. */
  readonly isSending: boolean;
  /** What the log says of how the run was started. */
  readonly facts: LogFacts;
}

/** An open run: what its preflight has read of the tenant is not asked again. */
export interface OpenedRun extends RunContext {
  readonly tenant: TenantReads;
}

/** Stands in the names of the stored state for a tenant whose token does not say which it is. */
const UNNAMED_TENANT = 'tenant';

/**
 * Opens what every run needs, does the work, and closes it again. Whatever goes wrong is logged as `run.failed`,
 * without names or tokens, and thrown on.
 */
export async function openRun<Result>(
  { ports, defaultState = { kind: 'blob' }, isSending, facts }: OpenRunOptions,
  work: (context: OpenedRun) => Promise<Result>,
): Promise<Result> {
  const startedAt = ports.clock();
  try {
    const settings = readSettings(ports.environment, { isSending });
    ports.log('info', 'run.started', facts);
    const session = openSession(settings, ports);
    try {
      const clock = clockHeeding(ports, session);
      const state = await openState(settings, { ...ports, clock }, defaultState);
      const { tenantId = UNNAMED_TENANT } = await session.claims();
      const { onProgress } = ports;
      const tenant = openTenantReads({ graph: session.graph, onProgress });
      const context = { ports, settings, session, tenant, state, tenantId, startedAt };
      await preflight(context);
      return await work(await heedClock(context));
    } finally {
      session.close();
    }
  } catch (error) {
    ports.log('error', 'run.failed', failureFacts(error));
    throw error;
  }
}

/** What `run.failed` says of an error. */
export function failureFacts(error: unknown): LogFacts {
  if (!(error instanceof MailerError)) {
    // The text of an error that nobody foresaw may quote anything.
    return { code: 'unforeseen', error: error instanceof Error ? error.name : typeof error };
  }
  return { code: error.code, message: error.message, ...error.facts };
}
