import { MICROSOFT_CHANGES } from '../entra/announcements.ts';
import { APPLICATIONS } from '../entra/applications.ts';
import { areAskersKnown } from '../standings/judge-people.ts';
import { windowStart } from '../standings/facts.ts';
import type { Observations, Rules } from '../standings/facts.ts';
import type { Person } from '../standings/person.ts';
import { createScope } from '../standings/scope.ts';
import { refusalsOf, whoAsked, withMfa } from '../standings/use-in-words.ts';
import { dayOf, daysBetween } from '../utc-day.ts';
import { bound, countAdmins } from './figures.ts';
import type { Counted, Figure, NextChange, OnlyMicrosoft, TenantUse } from './report.ts';

/** Who was found in the tenant. */
export function countKinds(observations: Observations, rules: Rules): Counted {
  const { users, use } = observations;
  const scopeOf = createScope(observations, rules);
  const counted = { people: 0, externals: 0, agents: 0, agentsAtEnforced: 0, technical: 0 };
  for (const [number, user] of users.entries()) {
    switch (scopeOf(user)) {
      case 'judged':
        counted[user.kind === 'external' ? 'externals' : 'people'] += 1;
        break;
      case 'agent':
        counted.agents += 1;
        if (use.of(number).some(({ successes }) => successes > 0)) counted.agentsAtEnforced += 1;
        break;
      case 'technical':
        counted.technical += 1;
        break;
      default:
    }
  }
  return counted;
}

/** Who did MFA only because the application asked, where every sign-in of the window says who asked. */
export function findOnlyMicrosoft(
  observations: Observations,
  rules: Rules,
  people: readonly Person[],
): OnlyMicrosoft {
  const { askersSince } = observations.use;
  const isLater =
    askersSince !== undefined &&
    Date.parse(askersSince) > windowStart(rules.now, rules.daysToCheckLogs);
  const knownSince = isLater ? askersSince : undefined;
  if (!areAskersKnown(observations, rules)) return { knownSince };
  const { people: index, use } = observations;
  const found = people.filter(
    ({ user }) => whoAsked(use.of(index.find(user.id) ?? -1)) === 'application',
  );
  return { people: found, admins: countAdmins(found, { kind: 'exact', value: found.length }) };
}

/** What the people in scope did at each enforced application, in the order of the table. */
export function sumTenantUse(
  { use, people: index }: Observations,
  people: readonly Person[],
  isWindowWhole: boolean,
): readonly TenantUse[] {
  const sums = APPLICATIONS.map(() => ({
    refusals: 0,
    signIns: 0,
    withMfa: 0,
    byApplication: 0,
    byTenant: 0,
    byUnsaid: 0,
    oneFactorPeople: 0,
  }));
  for (const { user } of people) {
    for (const used of use.of(index.find(user.id) ?? -1)) {
      const sum = sums[used.application];
      if (sum === undefined) continue;
      sum.refusals += refusalsOf(used);
      sum.signIns += used.successes;
      sum.withMfa += withMfa(used);
      sum.byApplication += used.mfaByApplication;
      sum.byTenant += used.mfaByTenant;
      sum.byUnsaid += used.mfaByUnsaid;
      if (used.none > 0 && withMfa(used) === 0) sum.oneFactorPeople += 1;
    }
  }
  const figure = (value: number): Figure => bound(value, !isWindowWhole);
  return APPLICATIONS.flatMap((application, place) => {
    const sum = sums[place];
    if (sum === undefined || sum.refusals + sum.signIns === 0) return [];
    return [
      {
        application,
        refusals: figure(sum.refusals),
        signIns: figure(sum.signIns),
        signInsWithMfa: figure(sum.withMfa),
        askedBy: {
          application: sum.byApplication,
          tenant: sum.byTenant,
          unsaid: sum.byUnsaid,
        },
        oneFactorPeople: figure(sum.oneFactorPeople),
      },
    ];
  });
}

/** A change this far ahead is not told yet. */
const MAX_DAYS_AHEAD = 400;

/** What Microsoft changes next, as far as it concerns somebody here. */
export function findNextChanges(
  people: readonly Person[],
  { now }: Pick<Rules, 'now'>,
): readonly NextChange[] {
  const today = dayOf(now.getTime());
  return MICROSOFT_CHANGES.flatMap((change) => {
    const daysLeft = daysBetween(today, change.from);
    if (daysLeft <= 0 || daysLeft > MAX_DAYS_AHEAD) return [];
    const concerned = people.filter(({ phoneOnlyUntil }) => phoneOnlyUntil === change.from).length;
    return concerned === 0 ? [] : [{ change, daysLeft, people: concerned }];
  });
}
