import { isStoreFailure } from '../run/open-memory.ts';
import type { CheckContext } from './check.ts';
import type { Finding } from './finding.ts';
import { splitAdvice } from './split-advice.ts';

/** Written and deleted at once; always the same, so that a process that dies between leaves one at most. */
const PROBE = 'probe.json';

/** Whether the memory can be reached and written to. */
export async function checkMemory({ memory }: CheckContext): Promise<readonly Finding[]> {
  const { state, store, because = 'the storage could not be used' } = memory;
  const basis = { check: 'memory', facts: { memory: state } } as const;
  if (state === 'lost') {
    return [{ ...basis, level: 'problem', ...splitAdvice(because) }];
  }
  if (state === 'none') {
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
    return [{ ...basis, level: 'problem', ...splitAdvice(error.message) }];
  }
}
