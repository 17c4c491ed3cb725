import { occurrenceOf, runsPrefix } from '../delivery/run-record.ts';
import { compare } from '../findings/compare.ts';
import type { Compared, Remembered } from '../findings/compare.ts';
import { decidingSettings } from '../findings/deciding-settings.ts';
import {
  LIFECYCLE_FORMAT,
  lifecycleName,
  onDemandLifecycleName,
  previousLifecycleName,
} from '../findings/findings-document.ts';
import { EXCEPTIONS_NAME, readExceptions } from '../findings/read-exceptions.ts';
import type { ExceptionsRead } from '../findings/read-exceptions.ts';
import type { Ports } from '../session/ports.ts';
import type { RunContext } from '../session/session.ts';
import { asClause, isStoreFailure, loseState } from '../session/storage.ts';
import type { StateStorage } from '../session/storage.ts';
import type { Observations } from '../standings/facts.ts';
import type { Person } from '../standings/person.ts';
import { listSetAside, readDocument } from '../storage/document.ts';
import { reviewEarlierRuns, rollForward } from './stored-runs.ts';

interface LastInput {
  readonly observations: Observations;
  /** As it is after reading. */
  readonly state: StateStorage;
  /** Documents of the ledger that could not be read. */
  readonly unreadable: readonly string[];
  /** What else of the stored state is lost: clauses that can follow "because". */
  readonly problems: readonly string[];
  readonly now: Date;
  /** The scheduled instant that the report is for; undefined on demand. */
  readonly occurrence?: Date | undefined;
}

/** Compares the people judged with what the stored state holds; without stored state the findings say so. */
export async function compareWithLast(
  context: RunContext,
  judged: readonly Person[],
  input: LastInput,
): Promise<Compared> {
  const { settings, tenantId, ports } = context;
  const { observations, state, now, occurrence } = input;
  const { remembered, problems, undelivered } = await readStoredState({ ...context, state }, input);
  return compare(judged, {
    observations,
    rules: { ...settings, now },
    settings: decidingSettings(settings),
    tenantId,
    remembered,
    exceptions: await readRegister(state, ports),
    problems: [...problems, ...input.problems],
    undelivered,
    occurrenceAt: occurrence?.toISOString(),
  });
}

/** When the last digest was made, milliseconds since 1970; undefined where there is none, or it is not known. */
export async function lastReportedAt({
  state,
  tenantId,
  ports,
}: RunContext): Promise<number | undefined> {
  if (state.status !== 'kept') return undefined;
  const name = lifecycleName(tenantId);
  try {
    const stored = await readDocument(state.store, name, LIFECYCLE_FORMAT, ports.clock());
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
  const { state, ports } = context;
  if (state.status !== 'kept') return withoutState(state.status, state);
  try {
    return await readLifecycles(context, input);
  } catch (error) {
    return withoutState('lost', loseState(error, ports));
  }
}

function withoutState(state: 'none' | 'lost', { failure }: StateStorage): StoredState {
  const problems = failure === undefined ? [] : [asClause(failure)];
  return { remembered: { state }, problems, undelivered: [] };
}

async function readLifecycles(context: RunContext, input: LastInput): Promise<StoredState> {
  const { tenantId, state, ports } = context;
  const { now, occurrence, unreadable } = input;
  const problems: string[] = [];
  const read = async (name: string) => {
    const stored = await readDocument(state.store, name, LIFECYCLE_FORMAT, now);
    if (stored?.unreadable === true) {
      ports.log('warn', 'memory.unreadable', { document: name, reason: stored.reason });
    }
    return stored;
  };
  const readOrLose = async (name: string) => {
    const stored = await read(name);
    if (stored?.unreadable !== true) return stored?.content;
    const isScheduled = name === lifecycleName(tenantId);
    const before = isScheduled ? await read(previousLifecycleName(tenantId)) : undefined;
    const lost = `the record of earlier reports could not be read (${stored.reason}) and is set aside`;
    if (before?.unreadable !== false) {
      problems.push(lost);
      return undefined;
    }
    problems.push(`${lost}; the one before it is used`);
    return before.content;
  };
  const isOnDemand = occurrence === undefined;
  if (isOnDemand) await rollForward(context, now);
  const lifecycle = await readOrLose(lifecycleName(tenantId));
  // The next scheduled digest counts from the last scheduled one, whatever was recorded in between.
  const onDemand = isOnDemand ? await readOrLose(onDemandLifecycleName(tenantId)) : undefined;
  const since = lifecycle?.occurrenceAt;
  const { undelivered, finalAt } = await reviewEarlierRuns(context, occurrence ?? now, since);
  // Whatever read the ledger since the last digest may have met more of them.
  const damaged = new Set(unreadable);
  for await (const name of listSetAside(state.store, `ledger/${tenantId}/`, finalAt ?? '')) {
    damaged.add(name);
  }
  const futureRuns = new Set<number>();
  for await (const name of listSetAside(state.store, runsPrefix(tenantId), finalAt ?? '')) {
    const at = occurrenceOf(name)?.getTime();
    if (at !== undefined && at !== occurrence?.getTime()) futureRuns.add(at);
  }
  const recorded = onDemand === undefined ? {} : { onDemand };
  return {
    remembered:
      lifecycle === undefined
        ? { state: 'first', ...recorded }
        : { state: 'kept', lifecycle, ...recorded },
    problems: [...ledgerProblems(damaged.size), ...futureProblems(futureRuns.size), ...problems],
    undelivered: isOnDemand ? [] : undelivered,
  };
}

function ledgerProblems(count: number): readonly string[] {
  if (count === 0) return [];
  const what = count === 1 ? 'one document' : `${count} documents`;
  return [`${what} of the sign-in ledger could not be read and will be set aside`];
}

function futureProblems(count: number): readonly string[] {
  if (count === 0) return [];
  const what = count === 1 ? 'a run' : `${count} runs`;
  return [`what was stored of ${what} from the future, by a clock that was wrong, is set aside`];
}

/** Reads the register of exceptions; one that cannot be used is logged, and said in the mail. */
async function readRegister(
  state: StateStorage,
  { log }: Pick<Ports, 'log'>,
): Promise<ExceptionsRead> {
  if (state.status === 'lost') {
    return {
      state: 'unreadable',
      problem: `${EXCEPTIONS_NAME} could not be read, so nobody counts as excepted.`,
    };
  }
  const read = await readFrom(state);
  if (read.state !== 'read') {
    log('warn', 'memory.unreadable', { document: EXCEPTIONS_NAME, reason: read.state });
  }
  return read;
}

async function readFrom({ store }: StateStorage): Promise<ExceptionsRead> {
  try {
    return await readExceptions(store);
  } catch (error) {
    if (!isStoreFailure(error)) throw error;
    return {
      state: 'unreadable',
      problem: `${EXCEPTIONS_NAME} could not be read; what it said last holds on.`,
    };
  }
}
