import { methodName, methodRange } from '../entra/methods.ts';
import type { Use } from '../ledger/usage.ts';
import type { Role } from '../sources/rows.ts';
import { createAudited } from './audited.ts';
import { createFactGatherer, isKnown, windowStart } from './facts.ts';
import type { Observations, Rules } from './facts.ts';
import { isReportLagging } from './mfa-seen.ts';
import { nextStep } from './next-step.ts';
import { byUrgency } from './order.ts';
import type { Person } from './person.ts';
import { hasPhonesOnly, phoneEndsOn } from './phone-only.ts';
import { judgePrivilege } from './privilege.ts';
import { explain } from './reason.ts';
import { describeStopped } from './refusals.ts';
import { remembered } from './remembered.ts';
import { createScope, matcher } from './scope.ts';
import { SCREENLESS_DAYS, scriptPattern } from './scripts.ts';
import { HIT_LISTS, isHit, judge } from './standings.ts';
import type { Facts, HitList, Standing } from './standings.ts';
import { unknownGroup } from './unknown-group.ts';
import { shareUse } from './use-in-words.ts';

/** The hit lists, each in order of urgency. */
export type Hits = Readonly<Record<HitList, readonly Person[]>>;

export function listHits(people: readonly Person[]): Hits {
  const lists: Record<HitList, Person[]> = {
    stopped: [],
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
  const { users, isSignInProof, use } = observations;
  const gatherer = createFactGatherer(observations, rules, isSignInProof);
  const isActivityKnown = gatherer.activity.basis !== 'not-known';
  const scopeOf = createScope(observations, rules);
  const isEmergency = matcher(rules.breakGlassAccounts);
  const { arePrivilegesWhole } = observations;
  const auditedOf = createAudited(observations.audits ?? []);
  const areInteractiveKnown = isInteractiveKnown(observations, rules.now);
  const internReason = interner();
  // Few lists differ in a tenant of many people: each is worked out once.
  const methodsOf = remembered((methods: readonly string[]) => ({
    methods: methods.map(methodName),
    ...methodRange(methods),
  }));
  const licencesOf = remembered((skuIds: readonly string[]) =>
    licenceNames(skuIds, observations.namesBySku ?? new Map()),
  );
  // What all have in common: it tells of a person what follows from the rows, which would make everybody larger.
  const shared = {
    __proto__: shareUse(observations, areAskersKnown(observations, rules)),
    get isGuest() {
      return this.user.isGuest;
    },
    get isAdmin() {
      return this.registration?.isAdmin;
    },
    get methods() {
      return methodsOf(this.registration?.methodsRegistered ?? NO_NAMES).methods;
    },
    get strongestMethod() {
      return methodsOf(this.registration?.methodsRegistered ?? NO_NAMES).strongest;
    },
    get weakestMethod() {
      return methodsOf(this.registration?.methodsRegistered ?? NO_NAMES).weakest;
    },
    get licences() {
      return observations.namesBySku && licencesOf(this.user.skuIds);
    },
  } as ThisType<Person>;
  const people: Person[] = [];

  for (const [number, user] of users.entries()) {
    const emergency = isEmergency(user);
    if (!emergency && scopeOf(user) !== 'judged') continue;
    const id = user.id.toLowerCase();
    const registration = observations.registrations.get(id);
    const audited = auditedOf(id, registration);
    const held = observations.rolesByPerson.get(id) ?? NO_ROLES;
    const roles = audited.activatedRoles.length === 0 ? held : [...held, ...audited.activatedRoles];
    const privilege = judgePrivilege(roles, registration, arePrivilegesWhole);
    const uses = use.of(number);
    const facts = gatherer.of({ user, registration, uses, privilege });
    const standing = user.accountEnabled ? judge(facts) : standingOfDisabled(facts);
    const stopped =
      standing === 'stopped'
        ? describeStopped(
            uses,
            gatherer.refusalWindow,
            hasPhonesOnly(registration?.methodsRegistered ?? NO_NAMES),
          )
        : undefined;
    const group =
      standing === 'unknown'
        ? unknownGroup(
            facts,
            uses.some((used) => used.lastMfaAt > 0),
          )
        : undefined;
    const script = user.accountEnabled
      ? scriptPattern(use.patternOf(number), areInteractiveKnown)
      : undefined;
    const isPhoneOnly = facts.isPhoneOnly && user.accountEnabled;
    const lastUseAt = lastUse(uses);
    const isLagging = isReportLagging(uses, registration);
    const hasRegistered =
      registration?.isMfaCapable !== true && audited.registeredSince !== undefined;
    // What is absent stays there as undefined, so that all people share one shape and are small.
    people.push({
      __proto__: shared,
      user,
      registration,
      standing,
      kind: user.kind ?? 'person',
      reason: internReason(
        explain({
          standing,
          facts,
          uses,
          registration,
          stopped,
          isEnabled: user.accountEnabled,
          isActivityKnown,
          isSignInProof,
          daysToCheckLogs: rules.daysToCheckLogs,
        }),
      ),
      nextStep: nextStep({
        standing,
        facts,
        stopped,
        unknownGroup: group,
        isScript: script !== undefined,
        hasRegistered,
        isPhoneOnly,
        isReportLagging: isLagging,
      }),
      isEmergency: emergency,
      privilege,
      roles: arePrivilegesWhole || held.length > 0 ? namesOf(held) : undefined,
      activatedRoles:
        audited.activatedRoles.length > 0 ? namesOf(audited.activatedRoles) : undefined,
      stopped,
      unknownGroup: group,
      phoneOnlyUntil: isPhoneOnly ? phoneEndsOn(privilege, facts.isExternal) : undefined,
      script: script === undefined ? undefined : { pattern: script },
      registeredSince: hasRegistered ? audited.registeredSince : undefined,
      methodLoss: audited.methodLoss,
      lastUseAt: lastUseAt === 0 ? undefined : new Date(lastUseAt).toISOString(),
    } as unknown as Person);
  }
  return people;
}

/** A disabled account cannot be stopped; an emergency account that is disabled is told in its own section. */
function standingOfDisabled(facts: Facts): Standing {
  const standing = judge(facts);
  return isHit(standing) ? 'dormant' : standing;
}

/** Whether every sign-in with MFA of the window says who asked. */
export function areAskersKnown(
  { use, isSignInProof, coverage }: Observations,
  { now, daysToCheckLogs }: Pick<Rules, 'now' | 'daysToCheckLogs'>,
): boolean {
  const since = use.askersSince;
  const isWindowWhole =
    since === undefined || Date.parse(since) <= windowStart(now, daysToCheckLogs);
  const areBothRead =
    isKnown({ coverage }, 'interactiveSignIns') && isKnown({ coverage }, 'nonInteractiveSignIns');
  return isSignInProof && areBothRead && isWindowWhole;
}

/** Whether somebody who was not seen at a screen was not there. */
function isInteractiveKnown({ interactiveSince }: Observations, now: Date): boolean {
  // Entra keeps that many days to the hour: the first of them is never whole.
  return (
    interactiveSince !== undefined && interactiveSince <= windowStart(now, SCREENLESS_DAYS - 1)
  );
}

function lastUse(uses: readonly Use[]): number {
  return uses.reduce((latest, { lastAt }) => Math.max(latest, lastAt), 0);
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

/** Most people share a reason with many others. */
function interner(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const same = known.get(text) ?? text;
    known.set(text, same);
    return same;
  };
}
