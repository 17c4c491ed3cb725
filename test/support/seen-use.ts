import type { RecentTotal } from '../../lib/ledger/recent-totals.ts';
import { NO_PATTERN } from '../../lib/ledger/usage.ts';
import type { ToolPattern, UnresolvedRefusals, Use } from '../../lib/ledger/usage.ts';
import type { PeopleIndex } from '../../lib/sources/people-index.ts';
import type { SeenUse } from '../../lib/standings/facts.ts';
import { DAY_MS } from '../../lib/utc-day.ts';

/** A use, and whose it is. */
export interface PersonalUse extends Use {
  readonly id: string;
}

/** One interactive success at the portal with one factor, unless said otherwise; what is not said of MFA follows. */
export function useOf(id: string, at: number, about: Partial<Use> = {}): PersonalUse {
  const { here = 0, elsewhere = 0, claim = 0, unsaid = 0, refusals = [0, 0, 0, 0, 0] } = about;
  const proven = here + elsewhere + claim;
  const { successes = Math.max(1, proven + unsaid), unresolved } = about;
  return {
    id,
    application: 0,
    successes,
    here,
    elsewhere,
    claim,
    unsaid,
    none: successes - proven - unsaid,
    hereUncounted: 0,
    firstAt: successes > 0 ? at : 0,
    lastAt: successes > 0 ? at : 0,
    lastMfaAt: proven > 0 ? at : 0,
    lastHereAt: here > 0 ? at : 0,
    refusals,
    lastRefusalAt: unresolved?.lastAt ?? 0,
    lastRefusalStage: unresolved?.stage,
    lastRefusalAskers: unresolved?.askers ?? 0,
    mfaByApplication: 0,
    mfaByTenant: 0,
    mfaByUnsaid: proven,
    isInteractive: true,
    isNonInteractive: false,
    ...about,
  };
}

/** What is said of refusals, over all of their days. */
export interface RefusalsAbout extends Partial<Pick<UnresolvedRefusals, 'stage' | 'askers'>> {
  /** The first one. @default the last */
  readonly since?: number;
  /** Days up to the last, without a gap. @default 1 */
  readonly days?: number;
  /** All but one a day are of the last. @default as many as days */
  readonly attempts?: number;
  /** @default the days, and the attempts */
  readonly interactiveDays?: number;
  readonly interactiveAttempts?: number;
  readonly ropc?: boolean;
}

/** One interactive refusal at the portal that nothing has resolved, for want of a method. */
export function refusalOf(id: string, lastAt: number, about: RefusalsAbout = {}): PersonalUse {
  const { stage = 'enrol', askers = 0, days = 1, attempts = days, ropc = false } = about;
  const { interactiveDays = days, interactiveAttempts = attempts, since = lastAt } = about;
  const refusalDays = Array.from({ length: days }, (_, place) => {
    const ago = days - 1 - place;
    const at = lastAt - ago * DAY_MS;
    const isInteractive = ago < interactiveDays;
    return {
      start: Math.floor(at / DAY_MS) * DAY_MS,
      since: place === 0 ? since : at,
      lastAt: at,
      lastInteractiveAt: isInteractive ? at : 0,
      attempts: ago === 0 ? attempts - days + 1 : 1,
      interactiveAttempts: ago === 0 ? interactiveAttempts - interactiveDays + 1 : 1,
      ropc,
    };
  }).map((day) => (day.lastInteractiveAt === 0 ? { ...day, interactiveAttempts: 0 } : day));
  const unresolved = { lastAt, stage, askers, days: refusalDays };
  return useOf(id, 0, { successes: 0, refusals: [attempts, 0, 0, 0, 0], unresolved });
}

/** What was seen of the sign-ins of these people; uses of anybody else are those of people not in the directory. */
export function seenUse(
  people: PeopleIndex,
  uses: readonly PersonalUse[],
  about: {
    readonly patterns?: Readonly<Record<string, Partial<ToolPattern>>>;
    readonly askersSince?: string | undefined;
  } = {},
): SeenUse {
  const byPerson = Map.groupBy(uses, ({ id }) => people.find(id));
  const strange = byPerson.get(undefined) ?? [];
  const patterns = new Map(
    Object.entries(about.patterns ?? {}).map(([id, pattern]) => [
      people.find(id),
      { ...NO_PATTERN, ...pattern },
    ]),
  );
  const signIns = strange.flatMap(({ successes, refusals }) => [successes, ...refusals]);
  return {
    of: (person) => byPerson.get(person) ?? [],
    patternOf: (person) => patterns.get(person) ?? NO_PATTERN,
    notInDirectory: {
      people: new Set(strange.map(({ id }) => id)).size,
      signIns: signIns.reduce((sum, count) => sum + count, 0),
    },
    recent: { of: (application) => totalOf(uses, application) },
    askersSince: about.askersSince,
  };
}

function totalOf(uses: readonly PersonalUse[], application: number): RecentTotal {
  const own = uses.filter((use) => use.application === application);
  const sum = (count: (use: PersonalUse) => number) =>
    own.reduce((total, use) => total + count(use), 0);
  return {
    refusals: sum(({ refusals }) => refusals.reduce((total, count) => total + count, 0)),
    signIns: sum(({ successes }) => successes),
    signInsWithMfa: sum(({ here, elsewhere, claim }) => here + elsewhere + claim),
    byApplication: sum(({ mfaByApplication }) => mfaByApplication),
    byTenant: sum(({ mfaByTenant }) => mfaByTenant),
  };
}
