import { MailerError } from '../errors.ts';
import { isStoreFailure } from '../session/storage.ts';
import type { CheckContext, Finding } from './check.ts';

/** More than an answer takes on its way; Entra and Azure Storage refuse tokens from five minutes on. */
const TOLERATED_SECONDS = 60;

/** Holds the clock of this machine against Graph's, which every answer tells, a refusal too. */
export async function checkClock(
  { session, tenant }: CheckContext,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { error } = await tenant.organisation(signal);
  const skewMs = session.skewMs();
  if (skewMs === undefined) {
    const message = 'Graph’s answer does not say when it was given.';
    throw error ?? new MailerError('graph_unexpected', message);
  }
  const skewSeconds = Math.round(skewMs / 1000);
  const basis = { check: 'clock', facts: { skewSeconds } } as const;
  if (Math.abs(skewSeconds) <= TOLERATED_SECONDS) {
    const what = `The clock of this machine is within ${TOLERATED_SECONDS} seconds of Graph’s.`;
    return [{ ...basis, level: 'ok', what }];
  }
  return [
    {
      ...basis,
      level: 'warning',
      what: `The clock of this machine is ${Math.abs(skewSeconds)} seconds ${skewSeconds > 0 ? 'ahead of' : 'behind'} Graph’s, which moves the days that sign-ins are counted under.`,
      todo: 'Synchronise the clock of this machine.',
    },
  ];
}

/** Written and deleted at once; always the same, so that a process that dies between leaves one at most. */
const PROBE = 'probe.json';

/** Whether the stored state can be reached and written to. */
export async function checkState({ state }: CheckContext): Promise<readonly Finding[]> {
  const { status, store, failure = { what: 'The storage could not be used.' } } = state;
  const basis = { check: 'memory', facts: { memory: status } } as const;
  if (status === 'lost') {
    return [{ ...basis, level: 'problem', ...failure }];
  }
  if (status === 'none') {
    const what =
      'No memory is kept, as STATE_LOCATION says: digests name no changes, and one a day is not promised.';
    return [{ ...basis, level: 'ok', what }];
  }
  try {
    await store.put(PROBE, Buffer.from('{}'), 'always');
    await store.delete(PROBE);
    const what = `The memory (${store.description}) can be reached and written to.`;
    return [{ ...basis, level: 'ok', what }];
  } catch (error) {
    if (!isStoreFailure(error)) throw error;
    return [{ ...basis, level: 'problem', ...error.explanation }];
  }
}
