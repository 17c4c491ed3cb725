import type { RunContext } from '../session/session.ts';
import { graphOrigin } from '../sign-ins/origin.ts';
import type { SignInOrigin } from '../sign-ins/origin.ts';

/** Where a run takes sign-ins from, and what fills what is left open. */
export interface Origins {
  readonly origin: SignInOrigin;
  readonly filler?: SignInOrigin | undefined;
}

/** Chooses by the settings. */
export async function chooseOrigins(context: RunContext, now: Date): Promise<Origins> {
  const { session, tenantId, ports } = context;
  const reader = {
    graph: session.graph,
    tenantId,
    signal: session.reading,
    onProgress: ports.onProgress,
  };
  return Promise.resolve({ origin: graphOrigin(reader, now.getTime()) });
}
