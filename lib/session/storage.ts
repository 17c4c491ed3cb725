import { hasCode } from '../errors.ts';
import type { Explanation, MailerError } from '../errors.ts';
import type { Settings } from '../settings/fields.ts';
import type { StateLocation } from '../settings/kinds.ts';
import { openStore } from '../storage/open-store.ts';
import { createVolatileStore } from '../storage/store.ts';
import type { Store } from '../storage/store.ts';
import type { Ports } from './ports.ts';

/** The state that a run keeps. Without a lasting store it works on one that ends with it. */
export interface StateStorage {
  readonly store: Store;
  /** kept: lasting; none: switched off on purpose; lost: wanted and not to be had. */
  readonly status: 'kept' | 'none' | 'lost';
  /** Why it is lost. */
  readonly failure?: Explanation;
}

/**
 * Opens the stored state that the settings name, or the starter's default. One that cannot be had is no failure of the
 * run: it is logged, said in the mail, and done without.
 */
export async function openState(
  settings: Settings,
  ports: Ports,
  fallback: StateLocation,
): Promise<StateStorage> {
  const location = settings.stateLocation.kind === 'default' ? fallback : settings.stateLocation;
  if (location.kind === 'none' || location.kind === 'default') {
    return { store: createVolatileStore(), status: 'none' };
  }
  try {
    const target =
      location.kind === 'folder'
        ? location
        : { kind: location.kind, container: settings.stateContainer };
    const store = await openStore(target, ports.environment, { now: ports.clock });
    return store === undefined
      ? { store: createVolatileStore(), status: 'none' }
      : { store, status: 'kept' };
  } catch (error) {
    return loseState(error, ports);
  }
}

/** Goes on without stored state after a failure of the store; anything else is thrown again. */
export function loseState(error: unknown, ports: Pick<Ports, 'log'>): StateStorage {
  if (!isStoreFailure(error)) throw error;
  logStoreFailure(error, ports);
  return { store: createVolatileStore(), status: 'lost', failure: error.explanation };
}

export function logStoreFailure(error: MailerError, { log }: Pick<Ports, 'log'>): void {
  log('error', 'memory.lost', { code: error.code, message: error.message, ...error.facts });
}

/** True where the storage failed, as opposed to another run having been quicker. */
export function isStoreFailure(error: unknown): error is MailerError {
  return hasCode(error, 'state_unreachable', 'state_denied');
}

/** What happened and what to do about it, as a clause that can follow "because". */
export function asClause({ what, todo }: Explanation): string {
  const parts = todo === undefined ? [what] : [what, todo];
  return parts.map((part) => part.charAt(0).toLowerCase() + part.slice(1, -1)).join(': ');
}
