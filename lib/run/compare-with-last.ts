import { compare } from '../findings/compare.ts';
import type { Compared, Remembered } from '../findings/compare.ts';
import { decidingSettings } from '../findings/deciding-settings.ts';
import {
  LIFECYCLE_FORMAT,
  lifecycleName,
  onDemandLifecycleName,
} from '../findings/findings-document.ts';
import { EXCEPTIONS_NAME, parseExceptions } from '../findings/read-exceptions.ts';
import type { ExceptionsRead } from '../findings/read-exceptions.ts';
import type { Ports } from '../session/ports.ts';
import type { RunContext } from '../session/session.ts';
import { asClause, isStoreFailure, loseMemory } from '../session/storage.ts';
import type { Memory } from '../session/storage.ts';
import type { Observations } from '../standings/facts.ts';
import type { Person } from '../standings/person.ts';
import { listSetAside, readDocument } from '../storage/document.ts';
import { reviewEarlierRuns, rollForward } from './stored-runs.ts';

interface LastInput {
  readonly observations: Observations;
  /** As it is after reading. */
  readonly memory: Memory;
  /** Documents of the ledger that could not be read. */
  readonly unreadable: readonly string[];
  /** What else of the memory is lost: clauses that can follow "because". */
  readonly problems: readonly string[];
  readonly now: Date;
  /** The scheduled instant that the report is for; undefined on demand. */
  readonly occurrence?: Date;
}

/** Compares the people judged with what the memory holds; without memory the findings say so. */
export async function compareWithLast(
  context: RunContext,
  judged: readonly Person[],
  input: LastInput,
): Promise<Compared> {
  const { settings, tenantId, ports } = context;
  const { observations, memory, now, occurrence } = input;
  const { remembered, problems, undelivered } = await readStoredState(
    { ...context, memory },
    input,
  );
  return compare(judged, {
    observations,
    rules: { ...settings, now },
    settings: decidingSettings(settings),
    tenantId,
    remembered,
    exceptions: await readRegister(memory, ports),
    problems: [...problems, ...input.problems],
    undelivered,
    occurrenceAt: occurrence?.toISOString(),
  });
}

/** When the last digest was made, milliseconds since 1970; undefined where there is none, or it is not known. */
export async function lastReportedAt({
  memory,
  tenantId,
}: Pick<RunContext, 'memory' | 'tenantId'>): Promise<number | undefined> {
  if (memory.state !== 'kept') return undefined;
  try {
    const stored = await readDocument(memory.store, lifecycleName(tenantId), LIFECYCLE_FORMAT);
    if (stored === undefined || stored.unreadable === true) return undefined;
    return Date.parse(stored.content.reportedAt);
  } catch (error) {
    if (!isStoreFailure(error)) throw error;
    return undefined;
  }
}

interface StoredState {
  readonly remembered: Remembered;
  readonly problems: readonly string[];
  readonly undelivered: readonly string[];
}

async function readStoredState(context: RunContext, input: LastInput): Promise<StoredState> {
  const { memory, ports } = context;
  if (memory.state !== 'kept') return withoutMemory(memory.state, memory);
  try {
    return await readLifecycles(context, input);
  } catch (error) {
    return withoutMemory('lost', loseMemory(error, ports));
  }
}

function withoutMemory(state: 'none' | 'lost', { failure }: Memory): StoredState {
  const problems = failure === undefined ? [] : [asClause(failure)];
  return { remembered: { state }, problems, undelivered: [] };
}

async function readLifecycles(context: RunContext, input: LastInput): Promise<StoredState> {
  const { tenantId, memory, ports } = context;
  const { now, occurrence, unreadable } = input;
  const problems: string[] = [];
  const read = async (name: string) => {
    const stored = await readDocument(memory.store, name, LIFECYCLE_FORMAT);
    if (stored?.unreadable !== true) return stored?.content;
    ports.log('warn', 'memory.unreadable', { document: name, reason: stored.reason });
    problems.push(
      `the record of earlier reports could not be read (${stored.reason}) and is set aside`,
    );
    return undefined;
  };
  const isOnDemand = occurrence === undefined;
  if (isOnDemand) await rollForward(context, now);
  const lifecycle = await read(lifecycleName(tenantId));
  // The next scheduled digest counts from the last scheduled one, whatever was recorded in between.
  const onDemand = isOnDemand ? await read(onDemandLifecycleName(tenantId)) : undefined;
  const since = lifecycle?.occurrenceAt;
  const { undelivered, finalAt } = await reviewEarlierRuns(context, occurrence ?? now, since);
  // Whatever read the ledger since the last digest may have met more of them.
  const damaged = new Set(unreadable);
  for await (const name of listSetAside(memory.store, `ledger/${tenantId}/`, finalAt ?? '')) {
    damaged.add(name);
  }
  const recorded = onDemand === undefined ? {} : { onDemand };
  return {
    remembered:
      lifecycle === undefined
        ? { state: 'first', ...recorded }
        : { state: 'kept', lifecycle, ...recorded },
    problems: [...ledgerProblems(damaged.size), ...problems],
    undelivered: isOnDemand ? [] : undelivered,
  };
}

function ledgerProblems(count: number): readonly string[] {
  if (count === 0) return [];
  const what = count === 1 ? 'one document' : `${count} documents`;
  return [`${what} of the sign-in ledger could not be read and will be set aside`];
}

/** Reads the register of exceptions; one that cannot be used is logged, and said in the mail. */
async function readRegister(memory: Memory, { log }: Pick<Ports, 'log'>): Promise<ExceptionsRead> {
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
