import { MICROSOFT_CHANGES } from '../entra/announcements.ts';
import { APPLICATIONS } from '../entra/applications.ts';
import { areAskersKnown } from '../standings/judge-people.ts';
import { windowStart } from '../standings/facts.ts';
import type { Observations, Rules, SeenUse } from '../standings/facts.ts';
import type { Person } from '../standings/person.ts';
import { createScope } from '../standings/scope.ts';
import { whoAsked, withMfa } from '../standings/use-in-words.ts';
import { dayOf, daysBetween } from '../utc-day.ts';
import { bound, countAdmins } from './figures.ts';
import type { Counted, Figure, NextChange, OnlyMicrosoft, Report, TenantUse } from './report.ts';

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

/** What the people of a report did, gone through once: all of them together, and who did MFA only for the application. */
export function sumUse(
  observations: Observations,
  rules: Rules,
  people: readonly Person[],
  isWindowWhole: boolean,
): Pick<Report, 'tenantUse' | 'onlyMicrosoft'> {
  const { use, people: index } = observations;
  const used = APPLICATIONS.map(() => ({ isSeen: false, oneFactorPeople: 0 }));
  const asked: Person[] = [];
  for (const person of people) {
    const uses = use.of(index.find(person.user.id) ?? -1);
    if (whoAsked(uses) === 'application') asked.push(person);
    for (const own of uses) {
      const application = used[own.application];
      if (application === undefined) continue;
      application.isSeen = true;
      if (own.none > 0 && withMfa(own) === 0) application.oneFactorPeople += 1;
    }
  }
  return {
    tenantUse: tenantUse(use, used, isWindowWhole),
    onlyMicrosoft: onlyMicrosoft(observations, rules, asked),
  };
}

/** Who did MFA only because the application asked, where every sign-in of the window says who asked. */
function onlyMicrosoft(
  observations: Observations,
  rules: Rules,
  asked: readonly Person[],
): OnlyMicrosoft {
  const { askersSince } = observations.use;
  const isLater =
    askersSince !== undefined &&
    Date.parse(askersSince) > windowStart(rules.now, rules.daysToCheckLogs);
  const knownSince = isLater ? askersSince : undefined;
  if (!areAskersKnown(observations, rules)) return { knownSince };
  return { people: asked, admins: countAdmins(asked, { kind: 'exact', value: asked.length }) };
}

/** What happened at each enforced application that somebody used or was refused at, in the order of the table. */
function tenantUse(
  use: SeenUse,
  used: readonly { readonly isSeen: boolean; readonly oneFactorPeople: number }[],
  isWindowWhole: boolean,
): readonly TenantUse[] {
  const figure = (value: number): Figure => bound(value, !isWindowWhole);
  return APPLICATIONS.flatMap((application, place) => {
    const { isSeen = false, oneFactorPeople = 0 } = used[place] ?? {};
    const recent = use.recent.of(place);
    if (!isSeen && recent.signIns + recent.refusals === 0) return [];
    const { byApplication, byTenant, signInsWithMfa } = recent;
    const unsaid = Math.max(0, signInsWithMfa - byApplication - byTenant);
    return [
      {
        application,
        refusals: figure(recent.refusals),
        signIns: figure(recent.signIns),
        signInsWithMfa: figure(signInsWithMfa),
        askedBy: {
          application: figure(byApplication),
          tenant: figure(byTenant),
          unsaid: figure(unsaid),
        },
        oneFactorPeople: figure(oneFactorPeople),
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
