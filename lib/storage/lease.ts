import { MailerError } from '../errors.ts';
import type { Lease } from './store.ts';

/** What a store can do with one lease. */
export interface LeaseOperations {
  readonly durationMs: number;
  /** False when somebody else has it. */
  acquire(): Promise<boolean>;
  /** False when it is lost for good; throws when that could not be found out, which is tried again. */
  renew(): Promise<boolean>;
  release(): Promise<void>;
}

/** How long a lease outlives its holder, and thus how long a killed run keeps the next one waiting. */
export const LEASE_MS = 60_000;

/** Acquires a lease and renews it three times in its duration, until it is released, lost or run out. */
export async function acquireRenewedLease(operations: LeaseOperations): Promise<Lease | undefined> {
  const lost = new AbortController();
  let isOver = false;
  let renewing = Promise.resolve();
  let expiry = startExpiry();
  const heartbeat = setInterval(() => {
    renewing = renewing.then(renewOnce);
  }, operations.durationMs / 3).unref();

  // Counts from before the request: the storage may have begun the lease at any moment after it.
  function startExpiry(): NodeJS.Timeout {
    return setTimeout(lose, operations.durationMs).unref();
  }

  function stop(): void {
    isOver = true;
    clearInterval(heartbeat);
    clearTimeout(expiry);
  }

  function lose(): void {
    if (isOver) return;
    stop();
    lost.abort(
      new MailerError('state_conflict', 'The lease on the memory was lost; the next run goes on.'),
    );
  }

  async function renewOnce(): Promise<void> {
    if (isOver) return;
    const renewedExpiry = startExpiry();
    const isRenewed = await operations.renew().catch(() => undefined);
    clearTimeout(isRenewed === true && !isOver ? expiry : renewedExpiry);
    if (isRenewed === true && !isOver) expiry = renewedExpiry;
    if (isRenewed === false) lose();
  }

  try {
    if (!(await operations.acquire())) {
      stop();
      return undefined;
    }
  } catch (error) {
    stop();
    throw error;
  }
  return {
    signal: lost.signal,
    async release() {
      if (isOver) return;
      stop();
      await renewing;
      await operations.release().catch(() => undefined);
    },
  };
}
