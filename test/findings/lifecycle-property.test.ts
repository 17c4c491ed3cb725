import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Lifecycle } from '../../lib/findings/findings.ts';
import type { SourceName } from '../../lib/sources/coverage.ts';
import { guid } from '../support/a-report.ts';
import { runsOf } from '../support/extent.ts';
import { compareDay, storedAndRead } from './a-tenant.ts';
import type { Someone } from './a-tenant.ts';

/** How one person is on one day; undefined: not in the tenant. */
type State = Omit<Someone, 'number' | 'createdAt'> | undefined;

interface World {
  readonly missing: readonly SourceName[];
  readonly includeGuests: boolean;
  /** By person: the days that an exception of today still has; undefined: none. */
  readonly exceptions: readonly (number | undefined)[];
  readonly states: readonly State[];
  /** Days since the run before. */
  readonly gap: number;
}

const PEOPLE = 3;

const states: fc.Arbitrary<State> = fc.option(
  fc
    .record({
      row: fc.constantFrom('capable', 'not-usable', 'bare', 'none'),
      uses: fc.constantFrom('mfa', 'single-factor', 'none'),
      isActive: fc.boolean(),
      isEnabled: fc.oneof({ weight: 6, arbitrary: fc.constant(true) }, fc.constant(false)),
      isGuest: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
      name: fc.oneof(
        { weight: 5, arbitrary: fc.constant('Somebody') },
        fc.constant('Sync_Somebody'),
      ),
      isSynchronisation: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
      isRowSeen: fc.boolean(),
      isUseSeen: fc.boolean(),
    })
    .map(({ isSynchronisation, ...state }): State => ({
      ...state,
      // Whoever uses an application is active.
      isActive: state.isActive || state.uses !== 'none',
      ...(isSynchronisation && { role: 'synchronisation' as const }),
    })),
  { nil: undefined, freq: 8 },
);

const worlds: fc.Arbitrary<World> = fc.record({
  missing: fc.oneof(
    { weight: 3, arbitrary: fc.constant<readonly SourceName[]>([]) },
    fc.subarray<SourceName>(['activity', 'registrations', 'nonInteractiveSignIns', 'roles']),
  ),
  includeGuests: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
  exceptions: fc
    .tuple(
      ...Array.from({ length: PEOPLE }, () =>
        fc.option(fc.integer({ min: 0, max: 5 }), { freq: 2 }),
      ),
    )
    .map((days) => days.map((left) => left ?? undefined)),
  states: fc.tuple(...Array.from({ length: PEOPLE }, () => states)),
  gap: fc.integer({ min: 1, max: 12 }),
});

/** Half of the time somebody stays as they were, so that histories are more than noise. */
const histories = fc
  .array(fc.tuple(worlds, fc.array(fc.boolean(), { minLength: PEOPLE, maxLength: PEOPLE })), {
    minLength: 2,
    maxLength: 10,
  })
  .map((days) => {
    const calm: World[] = [];
    for (const [world, stays] of days) {
      const before = calm.at(-1);
      calm.push({
        ...world,
        states: world.states.map((state, person) =>
          before !== undefined && stays[person] === true ? before.states[person] : state,
        ),
      });
    }
    return calm;
  });

describe('the lifecycle over any history', () => {
  /** Finding ids by person, over all histories. */
  const known = new Map<string, string>();

  it('equals a recomputation of each person from the beginning', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const days = dates(history);
        let previous: Lifecycle | undefined;

        for (const [place, world] of history.entries()) {
          const on = days[place]!;
          const { report, next } = compareDay(toDay(world, on), previous);
          previous = storedAndRead(next);
          const expected = Array.from({ length: PEOPLE }, (_, person) =>
            recompute(person, history.slice(0, place + 1), days),
          );

          expect(new Map(report.history?.changes.map((c) => [c.id, summarise(c)]))).toEqual(
            new Map(
              expected.flatMap(({ change }, person) =>
                change === undefined || place === 0 ? [] : [[guid(person + 1), change]],
              ),
            ),
          );
          expect(new Map(previous?.open.map(({ id, openedOn }) => [id, openedOn]))).toEqual(
            new Map(
              expected.flatMap(({ openedOn }, person) =>
                openedOn === undefined ? [] : [[guid(person + 1), openedOn]],
              ),
            ),
          );
          const resolved = expected.filter(
            ({ resolvedOn }) => resolvedOn !== undefined && daysFrom(resolvedOn, on) < 7,
          );
          expect(report.history?.resolvedLast7Days).toBe(resolved.length);
          const ids = report.history?.changes.map(({ id, findingId }) => [id, findingId]) ?? [];
          for (const [id, findingId] of ids) expect(known.get(id!) ?? findingId).toBe(findingId);
          for (const [id, findingId] of ids) known.set(id!, findingId!);
        }
      }),
      { numRuns: runsOf(300) },
    );
  }, 60_000);
});

function toDay(world: World, on: string) {
  return {
    on,
    people: world.states.flatMap((state, person) =>
      state === undefined ? [] : [{ ...state, name: `${state.name}${person}`, number: person + 1 }],
    ),
    missing: world.missing,
    rules: { includeGuests: world.includeGuests },
    exceptions: world.exceptions.flatMap((left, person) =>
      left === undefined ? [] : [{ person: guid(person + 1), expires: later(on, left) }],
    ),
  };
}

interface Recomputed {
  readonly change?: string;
  readonly openedOn?: string;
  /** The day of a resolution that still holds and was no exception. */
  readonly resolvedOn?: string;
}

/** One person's story told day by day, with nothing but the rules. */
function recompute(person: number, history: readonly World[], days: readonly string[]): Recomputed {
  let list: string | undefined;
  let openedOn = '';
  let first: string | undefined;
  let resolvedOn: string | undefined;
  let isPaused = false;
  let wasCapable = false;
  let wasSynchronisation = false;
  let change: string | undefined;

  for (const [place, world] of history.entries()) {
    const day = days[place]!;
    const state = world.states[person];
    const isExcepted = state !== undefined && world.exceptions[person] !== undefined;
    const assessment = judgeWorld(world, state, wasSynchronisation);
    const isIncapable = rowOf(world, state) === 'not-usable' || rowOf(world, state) === 'bare';
    const isInReport = state !== undefined && inScope(world, state) === 'yes';
    const lost = wasCapable && isIncapable;
    change = undefined;
    const open = (kind: string, since: string) => {
      change = `${kind} ${list ?? '-'}>${assessment.list} ${daysFrom(since, day)}`;
      list = assessment.list;
      openedOn = since;
      first ??= since;
      resolvedOn = undefined;
      isPaused = false;
    };
    if (list !== undefined && (assessment.how !== undefined || isExcepted)) {
      change = `resolved ${assessment.how ?? 'excepted'} ${list}>- ${daysFrom(openedOn, day)}`;
      list = undefined;
      isPaused = assessment.how === undefined;
      resolvedOn = isPaused ? undefined : day;
    } else if (assessment.list !== undefined && !isExcepted) {
      if (lost) open('regressed', day);
      else if (list === undefined && first === undefined) open('opened', day);
      else if (list === undefined) open('reopened', isPaused ? (first ?? day) : day);
      else if (list !== assessment.list) open('moved', openedOn);
    }
    if (assessment.how !== undefined) isPaused = false;
    if (state === undefined) wasCapable = false;
    else if (isInReport && !isExcepted) {
      if (rowOf(world, state) === 'capable') wasCapable = true;
      if (isIncapable && (assessment.how ?? assessment.list) !== undefined) wasCapable = false;
    }
    if (!world.missing.includes('roles')) {
      wasSynchronisation =
        state !== undefined &&
        state.isEnabled === true &&
        state.role === 'synchronisation' &&
        (world.includeGuests || state.isGuest !== true);
    }
  }
  return {
    ...(change !== undefined && { change }),
    ...(list !== undefined && { openedOn }),
    ...(resolvedOn !== undefined && { resolvedOn }),
  };
}

/** The row as the run sees it; undefined: cannot tell. */
function rowOf({ missing }: World, state: State): string | undefined {
  if (!missing.includes('registrations')) return state?.row;
  return state?.isRowSeen === true && state.row !== 'none' ? state.row : undefined;
}

/** As the report takes it; `doubtful` where only a name speaks for a synchronisation account. */
function inScope(
  { missing, includeGuests }: World,
  state: NonNullable<State>,
): 'yes' | 'no' | 'doubtful' {
  if (state.isEnabled !== true || (state.isGuest === true && !includeGuests)) return 'no';
  if (!missing.includes('roles')) return state.role === 'synchronisation' ? 'no' : 'yes';
  return state.name?.startsWith('Sync_') === true ? 'doubtful' : 'yes';
}

/** What is so in every world that looks like the one seen: a list, a resolution, or neither. */
function judgeWorld(
  world: World,
  state: State,
  wasSynchronisation: boolean,
): { readonly list?: string; readonly how?: string } {
  if (state === undefined) return { how: 'left' };
  if (state.isEnabled !== true) return { how: 'disabled' };
  const scope = inScope(world, state);
  if (scope === 'no') return { how: 'out-of-scope' };
  if (scope === 'doubtful') return {};
  if (world.missing.includes('roles') && wasSynchronisation) return {};

  const row = rowOf(world, state);
  const areSignInsMissing = world.missing.includes('nonInteractiveSignIns');
  const isActivityMissing = world.missing.includes('activity');
  const seenUse = areSignInsMissing && state.isUseSeen !== true ? 'none' : state.uses;
  const lists = new Set<string>();
  for (const eachRow of row === undefined ? ['capable', 'not-usable', 'bare', 'none'] : [row])
    for (const active of isActivityMissing ? [true, false] : [state.isActive === true])
      for (const hidden of areSignInsMissing ? ['none', 'single-factor', 'mfa'] : ['none']) {
        // A success would show in the last sign-in.
        if (hidden !== 'none' && !active && !isActivityMissing) continue;
        const isMfa = seenUse === 'mfa' || hidden === 'mfa';
        const isUsed = seenUse !== 'none' || hidden !== 'none';
        lists.add(standingOf(eachRow, isUsed, isMfa, active));
      }
  if (lists.size === 1 && !lists.has('fine')) return { list: [...lists][0]! };
  if ([...lists].some((each) => each !== 'fine')) return {};
  if (row === 'capable') return { how: 'registered' };
  return { how: seenUse === 'mfa' ? 'mfa-seen' : 'inactive' };
}

/** The rules once more, in their own words. */
function standingOf(row: string, isUsed: boolean, isMfa: boolean, isActive: boolean): string {
  if (row === 'capable' || (isUsed && isMfa)) return 'fine';
  if (isUsed) return row === 'none' ? 'unknown' : 'impact';
  if (!isActive) return 'fine';
  if (row === 'none') return 'unknown';
  return row === 'bare' ? 'missing' : 'not-usable';
}

function summarise({
  kind,
  how,
  from,
  to,
  ageDays,
}: {
  readonly kind: string;
  readonly how?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly ageDays: number;
}): string {
  return `${kind}${how === undefined ? '' : ` ${how}`} ${from ?? '-'}>${to ?? '-'} ${ageDays}`;
}

function dates(history: readonly World[]): readonly string[] {
  let day = '2026-03-01';
  return history.map(({ gap }) => (day = later(day, gap)));
}

function later(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

function daysFrom(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}
