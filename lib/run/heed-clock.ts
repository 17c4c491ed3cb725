import { MailerError } from '../errors.ts';
import type { Ports } from '../session/ports.ts';
import type { RunContext, Session } from '../session/session.ts';
import { withTimeLimit } from '../sources/collection.ts';
import { createUnrecordedStore } from '../storage/unrecorded-store.ts';

/** Entra and Azure Storage refuse tokens from five minutes on; up to there a clock may differ from Graph's. */
export const TOLERATED_SKEW_MS = 5 * 60_000;

/** How long a run waits for the first answer of Graph before it goes by its own clock. */
const ASKING_LIMIT_MS = 30_000;

/**
 * Holds the clock of this machine against Graph's. A run whose clock is more than five minutes away goes by Graph's
 * instead, and records nothing: under a wrong clock people look dormant, and days that have not come look read. Where
 * Graph does not say what time it is, the run goes by its own.
 */
export async function heedClock<Context extends RunContext>(context: Context): Promise<Context> {
  const { ports, session, state, startedAt } = context;
  const skewMs = session.skewMs() ?? (await askForTime(context));
  if (!isTooFar(skewMs)) return context;
  ports.log('warn', 'clock.wrong', { skewSeconds: Math.round(skewMs / 1000) });
  return {
    ...context,
    ports: { ...ports, clock: () => new Date(ports.clock().getTime() - skewMs) },
    startedAt: new Date(startedAt.getTime() - skewMs),
    clockSkewMs: skewMs,
    state:
      state.status === 'kept' ? { ...state, store: createUnrecordedStore(state.store) } : state,
  };
}

/** The time of Graph where this machine's is wrong, as soon as that is known, and until then its own. */
export function clockHeeding({ clock }: Ports, session: Session): Ports['clock'] {
  return () => {
    const skewMs = session.skewMs();
    return isTooFar(skewMs) ? new Date(clock().getTime() - skewMs) : clock();
  };
}

function isTooFar(skewMs: number | undefined): skewMs is number {
  return skewMs !== undefined && Math.abs(skewMs) > TOLERATED_SKEW_MS;
}

/** Any answer tells the time, also a refusal. */
async function askForTime({ session, ports }: RunContext): Promise<number | undefined> {
  const { graph, reading: signal } = session;
  const path = graph.url('/v1.0/organization?$select=id');
  try {
    await withTimeLimit(
      { graph, signal, onProgress: ports.onProgress },
      ASKING_LIMIT_MS,
      (reader) => graph.get(path, 'the organisation', reader.signal),
    );
  } catch (error) {
    if (!(error instanceof MailerError)) throw error;
  }
  return session.skewMs();
}
