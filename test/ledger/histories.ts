import fc from 'fast-check';
import type { DayContent } from '../../lib/ledger/day-document.ts';
import { createVolatileStore } from '../../lib/storage/store.ts';
import type { Store } from '../../lib/storage/store.ts';
import { guid } from '../support/a-report.ts';
import type { Event } from '../support/sign-in-log.ts';
import { ARM, CLI, DAY_MS, GRAPH, HOUR_MS, PORTAL, runAt, TERRAFORM } from './a-ledger.ts';
import type { LateEvent, RunOptions } from './a-ledger.ts';

const BEGINS_AT = Date.parse('2026-10-01T00:00:00Z');
export const PEOPLE = [1, 2, 3].map(guid);
export const NOT_IN_DIRECTORY = guid(99);
const SPAN_DAYS = 45;

/** Whole hours of the day matter most: the edges of days, of the retention and of the overlap. */
const instants = fc.oneof(
  fc.integer({ min: 0, max: SPAN_DAYS * 86_400 }).map((second) => second * 1000),
  fc.integer({ min: 0, max: SPAN_DAYS * DAY_MS }),
  fc
    .tuple(fc.integer({ min: 1, max: SPAN_DAYS }), fc.constantFrom(-1000, -1, 0, 1, 999))
    .map(([day, off]) => day * DAY_MS + off),
);

function events(overlapDays: number): fc.Arbitrary<readonly LateEvent[]> {
  const mostLateMs = (overlapDays - 1) * DAY_MS + 6 * HOUR_MS;
  const event = fc.record({
    at: instants.map((at) => BEGINS_AT - 30 * DAY_MS + at * 1.6).map(Math.floor),
    lateMs: fc.oneof(
      fc.constant(0),
      fc.integer({ min: 0, max: 2 * HOUR_MS }),
      fc.integer({ min: 0, max: mostLateMs }),
      fc.constant(mostLateMs),
    ),
    kind: fc.constantFrom('interactive' as const, 'nonInteractive' as const),
    userId: fc.constantFrom(...PEOPLE, NOT_IN_DIRECTORY),
    application: fc.constantFrom(
      { appId: PORTAL, resourceId: GRAPH },
      { appId: CLI, resourceId: ARM },
      { appId: TERRAFORM, resourceId: ARM },
    ),
    errorCode: fc.constantFrom(0, 0, 0, 50076, 50126),
    requirement: fc.constantFrom(
      'singleFactorAuthentication' as const,
      'multiFactorAuthentication' as const,
    ),
  });
  return fc.array(event, { minLength: 10, maxLength: 80, size: 'max' }).map((list) =>
    list.map(({ lateMs, application, ...rest }, index) => ({
      id: `sign-in-${index}`,
      ...rest,
      ...application,
      arrivesAt: rest.at + lateMs,
    })),
  );
}

interface Run {
  readonly gapMs: number;
  readonly daysBack: number;
  readonly fault: Pick<RunOptions, 'failing' | 'mostRequests' | 'isHeld'>;
  /** The store fails at this operation, before or after doing it. */
  readonly crash?: { readonly at: number; readonly isDone: boolean };
  readonly disorder: number;
  readonly isForReport: boolean;
}

const gaps = fc.oneof(
  fc.integer({ min: 60_000, max: 8 * HOUR_MS }),
  fc.constantFrom(4 * HOUR_MS, DAY_MS),
  fc.integer({ min: 0, max: 3 * DAY_MS }),
  fc.integer({ min: 0, max: 25 * DAY_MS }),
);

const run: fc.Arbitrary<Run> = fc.record(
  {
    gapMs: gaps,
    daysBack: fc.constantFrom(89, 30, 3),
    fault: fc.oneof(
      { weight: 4, arbitrary: fc.constant({}) },
      {
        weight: 1,
        arbitrary: fc.record({
          failing: fc.constantFrom('interactive' as const, 'nonInteractive' as const),
        }),
      },
      { weight: 2, arbitrary: fc.record({ mostRequests: fc.integer({ min: 0, max: 12 }) }) },
      { weight: 1, arbitrary: fc.constant({ isHeld: false }) },
    ),
    crash: fc.record({ at: fc.integer({ min: 1, max: 90 }), isDone: fc.boolean() }),
    disorder: fc.constantFrom(0, 0, 0, 1, 2, 3),
    isForReport: fc.boolean(),
  },
  { requiredKeys: ['gapMs', 'daysBack', 'fault', 'disorder', 'isForReport'] },
);

/**
 * Ways in which Graph may arrange and repeat rows. Rows out of their order can only be noticed when they come, so
 * a run that is cut off before that cannot know; those two are not combined.
 */
function arrange(found: readonly Event[], disorder: number): readonly Event[] {
  if (disorder === 1) return found.flatMap((event) => [event, event]);
  if (disorder === 2) return found.toReversed();
  if (disorder === 3) {
    const [odd, even] = [1, 0].map((rest) => found.filter((_, index) => index % 2 === rest));
    return [...(even ?? []), ...(odd ?? []), ...found.slice(0, 3)];
  }
  return found;
}

function crashing(store: Store, crash: Run['crash']): Store {
  let operations = 0;
  async function perform<Result>(work: () => Promise<Result>): Promise<Result> {
    operations += 1;
    if (operations !== crash?.at) return work();
    if (crash.isDone) await work();
    throw new Error('The host was killed.');
  }
  return {
    ...store,
    get: (name) => perform(() => store.get(name)),
    put: (name, bytes, condition) => perform(() => store.put(name, bytes, condition)),
    delete: (name) => perform(() => store.delete(name)),
  };
}

export interface History {
  readonly events: readonly LateEvent[];
  readonly runs: readonly Run[];
  readonly overlapDays: number;
}

/** Random lives of a ledger. */
export const histories: fc.Arbitrary<History> = fc
  .constantFrom(1, 2, 2, 2, 3)
  .chain((overlapDays) =>
    fc.record({
      events: events(overlapDays),
      runs: fc.array(run, { minLength: 1, maxLength: 12, size: 'max' }),
      overlapDays: fc.constant(overlapDays),
    }),
  );

/** Runs the history, then once more without any fault as the first run of another day. */
export async function live({ events: log, runs, overlapDays }: History) {
  const store = createVolatileStore();
  const knownDays: DayContent[] = [];
  let now = BEGINS_AT;
  for (const { gapMs, daysBack, isForReport, disorder: wanted, fault, crash } of runs) {
    now += gapMs;
    const isCut = fault.mostRequests !== undefined || crash !== undefined;
    const disorder = isCut && wanted > 1 ? 1 : wanted;
    const arranged = { log: { arrange: arranging(disorder) } };
    const options = { overlapDays, daysBack, isForReport, ...fault, ...arranged };
    try {
      const { known } = await runAt(now, log, crashing(store, crash), options);
      knownDays.push(...known.all.map(({ content }) => content));
    } catch (error) {
      if ((error as Error).message !== 'The host was killed.') throw error;
    }
  }
  const last = runs.at(-1)?.gapMs ?? 0;
  now = (Math.floor(now / DAY_MS) + 1) * DAY_MS + (last % DAY_MS);
  const result = await runAt(now, log, store, { overlapDays });
  return { ...result, now, store, knownDays };
}

function arranging(disorder: number) {
  return (found: readonly Event[]) => arrange(found, disorder);
}
