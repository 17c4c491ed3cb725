import { APPLICATIONS } from '../entra/applications.ts';
import { methodName, methodRange } from '../entra/methods.ts';
import type { Use } from '../ledger/usage.ts';
import { isGuestOrExternal } from '../sources/rows.ts';
import type { Role, User } from '../sources/rows.ts';
import { createFactGatherer } from './facts.ts';
import type { Observations, Rules } from './facts.ts';
import { byUrgency } from './order.ts';
import type { ApplicationUse, Person } from './person.ts';
import { isSynchronisationAccount, judgePrivilege } from './privilege.ts';
import { explain } from './reason.ts';
import { HIT_LISTS, isHit, judge } from './standings.ts';
import type { HitList, Standing } from './standings.ts';

/** The hit lists, each in order of urgency. */
export type Hits = Readonly<Record<HitList, readonly Person[]>>;

export function listHits(people: readonly Person[]): Hits {
  const lists: Record<HitList, Person[]> = {
    impact: [],
    missing: [],
    'not-usable': [],
    unknown: [],
  };
  for (const person of people) {
    const list = HIT_LISTS.find((candidate) => candidate === person.standing);
    if (list !== undefined) lists[list].push(person);
  }
  for (const list of HIT_LISTS) lists[list].sort(byUrgency);
  return lists;
}

const NO_ROLES: readonly Role[] = [];
const NO_NAMES: readonly string[] = [];

/** Everybody in scope, judged. */
export function judgePeople(observations: Observations, rules: Rules): readonly Person[] {
  const { users, isSignInProof } = observations;
  const gatherer = createFactGatherer(observations, rules, isSignInProof);
  const isActivityKnown = gatherer.activity.basis !== 'not-known';
  const isExcluded = matcher(rules.excludedUsers);
  const isEmergency = matcher(rules.breakGlassAccounts);
  const areRolesKnown = observations.arePrivilegesWhole;
  const internReason = interner();
  // Few lists differ in a tenant of many people: each is worked out once.
  const methodsOf = remembered((methods: readonly string[]) => ({
    methods: methods.map(methodName),
    ...methodRange(methods),
  }));
  const licencesOf = remembered((skuIds: readonly string[]) =>
    licenceNames(skuIds, observations.namesBySku ?? new Map()),
  );
  const shared = shareUse(observations);
  const people: Person[] = [];

  for (const [number, user] of users.entries()) {
    const id = user.id.toLowerCase();
    const roles = observations.rolesByPerson.get(id) ?? NO_ROLES;
    const emergency = isEmergency(user);
    const isInScope =
      user.accountEnabled &&
      !isSynchronisationAccount(user, roles, areRolesKnown) &&
      !isExcluded(user) &&
      (rules.includeGuests || !isGuestOrExternal(user));
    if (!emergency && !isInScope) continue;
    const registration = observations.registrations.get(id);
    const uses = observations.use.of(number);
    const facts = gatherer.of(user, registration, uses);
    const standing = disabledIsNoHit(user, judge(facts));
    const reason = user.accountEnabled
      ? explain({
          standing,
          facts,
          uses,
          isActivityKnown,
          daysToCheckLogs: rules.daysToCheckLogs,
        })
      : 'The account is disabled.';
    const { methods, strongest, weakest } = methodsOf(registration?.methodsRegistered ?? NO_NAMES);
    const lastUseAt = uses.reduce((latest, { lastAt }) => Math.max(latest, lastAt), 0);
    const areRolesShown = areRolesKnown || roles.length > 0;
    // What is absent stays there as undefined, so that all people share one shape and are small.
    people.push({
      __proto__: shared,
      user,
      registration,
      standing,
      reason: internReason(reason),
      isEmergency: emergency,
      isGuest: user.isGuest,
      privilege: judgePrivilege(roles, registration, areRolesKnown),
      roles: areRolesShown ? namesOf(roles) : undefined,
      isAdmin: registration?.isAdmin,
      lastUseAt: lastUseAt === 0 ? undefined : new Date(lastUseAt).toISOString(),
      methods,
      strongestMethod: strongest,
      weakestMethod: weakest,
      licences: observations.namesBySku && licencesOf(user.skuIds),
    } as unknown as Person);
  }
  return people;
}

/** A disabled account cannot be locked out; an emergency account that is disabled is told in its own section. */
function disabledIsNoHit(user: User, standing: Standing): Standing {
  return user.accountEnabled || !isHit(standing) ? standing : 'dormant';
}

/** Tells whether a list of UPNs and object ids names a user. */
export function matcher(names: readonly string[]): (user: User) => boolean {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  if (wanted.size === 0) return () => false;
  return ({ id, userPrincipalName }) =>
    wanted.has(id.toLowerCase()) || wanted.has(userPrincipalName?.toLowerCase() ?? id);
}

function namesOf(roles: readonly Role[]): readonly string[] {
  return roles.length === 0 ? NO_NAMES : roles.map(({ name }) => name);
}

function licenceNames(
  skuIds: readonly string[],
  namesBySku: ReadonlyMap<string, string>,
): readonly string[] {
  return skuIds.map((skuId) => namesBySku.get(skuId.toLowerCase()) ?? skuId);
}

/** Works something out once for each list; equal lists of a tenant are the same array. */
function remembered<Value>(
  workOut: (list: readonly string[]) => Value,
): (list: readonly string[]) => Value {
  const known = new Map<readonly string[], Value>();
  return (list) => {
    const value = known.get(list) ?? workOut(list);
    known.set(list, value);
    return value;
  };
}

/** Most people share a reason with many others. */
function interner(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const same = known.get(text) ?? text;
    known.set(text, same);
    return same;
  };
}

const NOBODY = -1;
const NO_USES: readonly ApplicationUse[] = [];

/**
 * What all people of a report have in common, as the prototype of each: puts a person's use into words when somebody
 * asks. Most people of a large tenant are never shown, and what they did at each application would take more memory
 * than everything else that is known of them.
 */
function shareUse({
  use,
  people,
}: Pick<Observations, 'use' | 'people'>): Pick<Person, 'applications'> & ThisType<Person> {
  return {
    get applications() {
      const uses = use.of(people.find((this as Person).user.id) ?? NOBODY);
      return uses.length === 0 ? NO_USES : uses.map(toApplicationUse).sort(latestFirst);
    },
  };
}

function toApplicationUse(use: Use): ApplicationUse {
  const application = APPLICATIONS[use.application];
  if (application === undefined)
    throw new RangeError('A use names an application that is not known.');
  const hasSucceeded = use.successes > 0;
  return {
    application,
    successes: use.successes,
    successesWithMfa: use.successesWithMfa,
    failuresThatAskedForMfa: use.failures,
    ...(hasSucceeded && {
      firstAt: new Date(use.firstAt).toISOString(),
      lastAt: new Date(use.lastAt).toISOString(),
    }),
    isInteractive: use.isInteractive,
    isNonInteractive: use.isNonInteractive,
  };
}

/** Applications without a success come last. */
function latestFirst(
  { lastAt: a = '' }: ApplicationUse,
  { lastAt: b = '' }: ApplicationUse,
): number {
  if (a === b) return 0;
  return a < b ? 1 : -1;
}
