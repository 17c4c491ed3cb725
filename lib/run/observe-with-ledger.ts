import type { RunContext } from './context.ts';
import { SignInLedger } from '../ledger/sign-in-ledger.ts';
import { observe } from './observe.ts';
import { isStoreFailure, loseMemory } from './open-memory.ts';
import type { Memory } from './open-memory.ts';
import type { Observations } from '../report/observations.ts';
import type { SignInRequest } from '../sources/sign-ins/read-sign-ins.ts';

export interface Observed {
  readonly observations: Observations;
  /** The memory as it is after reading: a store can fail under way. */
  readonly memory: Memory;
  /** Documents of the ledger that could not be read. */
  readonly unreadable: readonly string[];
}

/** The name under which a run holds a tenant's ledger. */
export function ledgerHold(tenantId: string): string {
  return `ledger/${tenantId}`;
}

/**
 * Reads every source, with the ledger held while it is written. Where another run holds it, what is read serves
 * this run only; where its store fails, the sign-ins are read without it.
 */
export async function observeWithLedger(
  context: RunContext,
  now: Date,
  onSignIn: SignInRequest['onRow'],
): Promise<Observed> {
  const { memory, ports } = context;
  try {
    return await observeIn(context, memory, now, onSignIn);
  } catch (error) {
    if (memory.state !== 'kept' || !isStoreFailure(error)) throw error;
    return observeIn(context, loseMemory(error, ports), now, undefined);
  }
}

async function observeIn(
  { session, settings, ports, tenantId }: RunContext,
  memory: Memory,
  now: Date,
  onSignIn: SignInRequest['onRow'],
): Promise<Observed> {
  const isLasting = memory.state === 'kept';
  const ledger = new SignInLedger(memory.store, tenantId, now);
  const hold = await memory.store.hold(ledgerHold(tenantId));
  try {
    const observations = await observe({
      reader: { graph: session.graph, signal: session.reading, onProgress: ports.onProgress },
      ledger,
      // Without a lasting memory nobody would read what is written.
      isWritingLedger: () => isLasting && hold?.signal.aborted === false,
      isLedgerLasting: isLasting,
      settings,
      now,
      clock: ports.clock,
      log: ports.log,
      ...(onSignIn !== undefined && { onSignIn }),
    });
    for (const [document, reason] of ledger.unreadable) {
      ports.log('warn', 'memory.unreadable', { document, reason });
    }
    return { observations, memory, unreadable: [...ledger.unreadable.keys()] };
  } finally {
    await hold?.release();
  }
}
