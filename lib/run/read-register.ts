import { EXCEPTIONS_NAME, parseExceptions } from '../history/read-exceptions.ts';
import type { ExceptionsRead } from '../history/read-exceptions.ts';
import { isStoreFailure } from './open-memory.ts';
import type { Memory } from './open-memory.ts';
import type { Ports } from '../ports.ts';

/** Reads the register of exceptions; one that cannot be used is logged, and said in the mail. */
export async function readRegister(
  memory: Memory,
  { log }: Pick<Ports, 'log'>,
): Promise<ExceptionsRead> {
  if (memory.state === 'lost') {
    return {
      state: 'unreadable',
      problem: `${EXCEPTIONS_NAME} could not be read, so nobody counts as excepted.`,
    };
  }
  const read = await readFrom(memory);
  if (read.state !== 'read') {
    log('warn', 'memory.unreadable', { document: EXCEPTIONS_NAME, reason: read.state });
  }
  return read;
}

async function readFrom({ store }: Memory): Promise<ExceptionsRead> {
  try {
    return parseExceptions((await store.get(EXCEPTIONS_NAME))?.bytes);
  } catch (error) {
    if (!isStoreFailure(error)) throw error;
    return {
      state: 'unreadable',
      problem: `${EXCEPTIONS_NAME} could not be read; what it said last holds on.`,
    };
  }
}
