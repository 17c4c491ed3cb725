import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RefusalDay, UnresolvedRefusals, Use } from '../../lib/ledger/usage.ts';
import { SignInUse } from '../../lib/ledger/window-use.ts';
import { DayCounts } from '../../lib/sign-ins/day-counts.ts';
import { ROPC, slotOf } from '../../lib/sign-ins/day-row.ts';
import type { COUNTS, DayRow } from '../../lib/sign-ins/day-row.ts';
import { aDayRow, DAY } from '../support/day-rows.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** 06:00 on the day after the last one that the rows are of. */
const NOW = DAY + DAY_MS + 6 * HOUR_MS;
const [PORTAL, CLI, MOBILE, OTHER_CLIENT] = [0, 2, 4, 5] as const;
const ALL = Array.from({ length: 6 }, () => true);

interface SignIn {
  /** Days before 20 November. */
  readonly ago: number;
  readonly hour: number;
  readonly as: (typeof COUNTS)[number];
  readonly application?: number;
  readonly isInteractive?: boolean;
  readonly isRopc?: boolean;
}

/** A row of 20 November, moved back some days. */
function rowOf({
  ago,
  hour,
  as,
  application = PORTAL,
  isInteractive = true,
  isRopc,
}: SignIn): DayRow {
  const isRefusal = !['here', 'elsewhere', 'claim', 'unsaid', 'none'].includes(as);
  const row = aDayRow({ [as]: 1 }, hour * HOUR_MS, {
    slot: slotOf(application, isInteractive),
    ropc: isRopc !== true ? 0 : isRefusal ? ROPC.refused : ROPC.succeeded,
  });
  const back = (instant: number) => (instant === 0 ? 0 : instant - ago * DAY_MS);
  return {
    ...row,
    firstAt: back(row.firstAt),
    lastAt: back(row.lastAt),
    lastMfaAt: back(row.lastMfaAt),
    lastHereAt: back(row.lastHereAt),
    lastRefusalAt: back(row.lastRefusalAt),
  };
}

/** One person's window, from their sign-ins in any order. */
function useOf(signIns: readonly SignIn[], isSelected: readonly boolean[] = ALL): SignInUse {
  const use = new SignInUse(1, isSelected, NOW);
  const days = [...new Set(signIns.map(({ ago }) => ago))].sort((a, b) => b - a);
  for (const day of days) {
    const counts = new DayCounts();
    for (const signIn of signIns) if (signIn.ago === day) counts.add(rowOf(signIn));
    use.beginDay(DAY - day * DAY_MS);
    for (const row of counts.rows()) use.addOf(0, row);
    use.endDay();
  }
  return use;
}

function unresolved(
  signIns: readonly SignIn[],
  application: number = PORTAL,
): UnresolvedRefusals | undefined {
  return useOf(signIns)
    .of(0)
    .find((use) => use.application === application)?.unresolved;
}

const at = (ago: number, hour: number) => DAY - ago * DAY_MS + hour * HOUR_MS;

/** A day with one interactive refusal, unless said otherwise. */
function aDay(ago: number, hour: number, about: Partial<RefusalDay> = {}): RefusalDay {
  return {
    start: at(ago, 0),
    since: at(ago, hour),
    lastAt: at(ago, hour),
    lastInteractiveAt: at(ago, hour),
    attempts: 1,
    interactiveAttempts: 1,
    ropc: false,
    ...about,
  };
}

describe('refusals that nothing resolves', () => {
  it('are none where a success with MFA follows at once, at any enforced application', () => {
    const refused: SignIn = { ago: 1, hour: 9, as: 'not-passed' };

    expect(unresolved([refused, { ago: 1, hour: 9, as: 'claim' }])).toBeUndefined();
    expect(
      unresolved([refused, { ago: 0, hour: 9, as: 'here', application: CLI }]),
    ).toBeUndefined();
    expect(unresolved([refused, { ago: 0, hour: 9, as: 'none' }])).toBeUndefined();
  });

  it('are not resolved by one factor at another application, nor by MFA before', () => {
    const refused: SignIn = { ago: 1, hour: 9, as: 'enrol' };

    expect(
      unresolved([refused, { ago: 0, hour: 9, as: 'none', application: CLI }])?.days,
    ).toHaveLength(1);
    expect(unresolved([refused, { ago: 1, hour: 8, as: 'here' }])?.days).toHaveLength(1);
  });

  it('count their days and attempts from the last resolution, over both kinds', () => {
    const told = unresolved([
      { ago: 9, hour: 9, as: 'not-passed' },
      { ago: 8, hour: 9, as: 'claim' },
      { ago: 5, hour: 9, as: 'enrol' },
      { ago: 5, hour: 10, as: 'enrol' },
      { ago: 3, hour: 9, as: 'enrol', isInteractive: false },
      { ago: 1, hour: 9, as: 'not-passed' },
    ]);

    expect(told).toMatchObject({ lastAt: at(1, 9), stage: 'not-passed', askers: 0 });
    expect(told?.days).toEqual([
      aDay(5, 10, { since: at(5, 0), attempts: 2, interactiveAttempts: 2 }),
      aDay(3, 9, { lastInteractiveAt: 0, interactiveAttempts: 0 }),
      aDay(1, 9),
    ]);
  });

  it('begin at the first refusal where its day had no other', () => {
    const told = unresolved([
      { ago: 5, hour: 9, as: 'enrol' },
      { ago: 1, hour: 9, as: 'enrol' },
    ]);

    expect(told?.days).toEqual([aDay(5, 9), aDay(1, 9)]);
  });

  it('claim of the day of a resolution no more than that the last of them came after it', () => {
    const told = unresolved([
      { ago: 1, hour: 7, as: 'not-passed' },
      { ago: 1, hour: 8, as: 'claim' },
      { ago: 1, hour: 9, as: 'not-passed' },
      { ago: 1, hour: 10, as: 'not-passed' },
    ]);

    expect(told?.days).toEqual([aDay(1, 10)]);
  });

  it('know a username-password flow that was refused', () => {
    const refused: SignIn = {
      ago: 1,
      hour: 9,
      as: 'not-passed',
      application: CLI,
      isInteractive: false,
    };

    expect(unresolved([{ ...refused, isRopc: true }], CLI)?.days).toMatchObject([{ ropc: true }]);
    expect(unresolved([refused], CLI)?.days).toMatchObject([{ ropc: false }]);
  });

  it('hang on enforced applications that do not count as well', () => {
    const use = useOf(
      [
        { ago: 1, hour: 9, as: 'not-passed' },
        { ago: 0, hour: 9, as: 'claim', application: CLI },
      ],
      ALL.map((_, application) => application === PORTAL),
    );

    expect(use.of(0).map(({ application, unresolved: pending }) => [application, pending])).toEqual(
      [[PORTAL, undefined]],
    );
  });

  it('are never told of somebody with a later success with MFA, and are the same in any order', () => {
    const anySignIn: fc.Arbitrary<SignIn> = fc.record({
      ago: fc.integer({ min: 0, max: 6 }),
      hour: fc.integer({ min: 0, max: 23 }),
      as: fc.constantFrom('here', 'claim', 'none', 'unsaid', 'enrol', 'not-passed'),
      application: fc.constantFrom(PORTAL, CLI),
      isInteractive: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(anySignIn, { maxLength: 25 }), (signIns) => {
        const told = useOf(signIns).of(0);
        const again = useOf(signIns.toReversed()).of(0);
        const lastMfaAt = Math.max(0, ...told.map((use) => use.lastMfaAt));

        expect(again).toEqual(told);
        for (const use of told) {
          const isResolved = use.lastRefusalAt <= Math.max(lastMfaAt, use.lastAt);
          expect(use.unresolved === undefined).toBe(use.lastRefusalAt === 0 || isResolved);
          const attempts = (use.unresolved?.days ?? []).map((day) => day.attempts);
          expect(attempts.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(
            refusalsOf(use),
          );
        }
      }),
    );
  });
});

function refusalsOf({ refusals }: Use): number {
  return refusals.reduce((sum, count) => sum + count, 0);
}

describe('when somebody uses tools', () => {
  const everyDay = (days: number, hour: (ago: number) => number, about: Partial<SignIn> = {}) =>
    Array.from({ length: days }, (_, ago) => ({
      ago,
      hour: hour(ago),
      as: 'none' as const,
      application: CLI,
      isInteractive: false,
      ...about,
    }));

  it('counts whole days, hours of the day and weekends of the last fourteen days', () => {
    const use = useOf(everyDay(20, (ago) => ago % 24, { application: OTHER_CLIENT }));

    expect(use.patternOf(0)).toEqual({
      toolDays: 14,
      hours: 14,
      weekendDays: 4,
      isInteractiveSeen: false,
      ropc: false,
    });
  });

  it('counts neither today, nor screens, nor the mobile app', () => {
    expect(
      useOf([{ ago: -1, hour: 3, as: 'none', application: CLI, isInteractive: false }]).patternOf(0)
        .toolDays,
    ).toBe(0);
    expect(useOf(everyDay(5, () => 3, { isInteractive: true })).patternOf(0)).toMatchObject({
      toolDays: 0,
      isInteractiveSeen: true,
    });
    expect(useOf(everyDay(5, () => 3, { application: MOBILE })).patternOf(0).toolDays).toBe(0);
  });

  it('takes an attempt at a screen for one, for thirty days', () => {
    expect(useOf([{ ago: 28, hour: 9, as: 'enrol' }]).patternOf(0).isInteractiveSeen).toBe(true);
    expect(useOf([{ ago: 31, hour: 9, as: 'enrol' }]).patternOf(0).isInteractiveSeen).toBe(false);
  });

  it('says whether a program handed in a password', () => {
    const signIn: SignIn = { ago: 40, hour: 9, as: 'none', application: CLI, isInteractive: false };

    expect(useOf([{ ...signIn, isRopc: true }]).patternOf(0).ropc).toBe(true);
    expect(useOf([signIn]).patternOf(0).ropc).toBe(false);
  });
});

describe('the last days of everybody', () => {
  it('count today and seven whole days, and nothing before', () => {
    const { recent } = useOf([
      { ago: 0, hour: 1, as: 'claim' },
      { ago: 6, hour: 23, as: 'here' },
      { ago: 6, hour: 23, as: 'not-passed' },
      { ago: 3, hour: 3, as: 'none' },
      { ago: 7, hour: 23, as: 'here' },
    ]);

    expect(recent.of(PORTAL)).toMatchObject({ refusals: 1, signIns: 3, signInsWithMfa: 2 });
  });
});
