import { cloudOf } from '../entra/clouds.ts';
import type { Findings } from '../findings/findings.ts';
import { missingSources } from '../sources/coverage.ts';
import { isKnown, windowStart } from '../standings/facts.ts';
import type { Observations, Rules } from '../standings/facts.ts';
import { byUrgency } from '../standings/order.ts';
import { UNKNOWN_GROUPS } from '../standings/person.ts';
import type { Person } from '../standings/person.ts';
import { matcher } from '../standings/scope.ts';
import { dayOf } from '../utc-day.ts';
import { checkEmergencyAccounts } from './emergency-accounts.ts';
import { listEmergencyNews } from './emergency-news.ts';
import { countFigures } from './figures.ts';
import type { Report } from './report.ts';
import { countKinds, findNextChanges, sumUse } from './whole-tenant.ts';

/** The report on what was observed, judged and compared, and how far it can be trusted. */
export function buildReport(observations: Observations, rules: Rules, findings: Findings): Report {
  const { users, coverage, seen, organisation } = observations;
  const { people, hits, history, isExcepted } = findings;
  const isExcluded = matcher(rules.excludedUsers);
  const counted = people.filter(({ user }) => !isExcepted(user.id.toLowerCase()));
  const areSignInsWhole =
    isKnown(observations, 'interactiveSignIns') && isKnown(observations, 'nonInteractiveSignIns');
  return {
    generatedAt: rules.now.toISOString(),
    tenant: organisation,
    isPartial: missingSources(coverage).length > 0,
    coverage,
    askedFrom: new Date(windowStart(rules.now, rules.daysToCheckLogs)).toISOString(),
    askedDays: rules.daysToCheckLogs,
    seenFrom: seen && new Date(seen.from).toISOString(),
    seenTo: seen && new Date(Math.min(seen.to, rules.now.getTime())).toISOString(),
    isEnforced: rules.graphEndpoint === undefined || cloudOf(rules.graphEndpoint).isMfaEnforced,
    isFree: coverage.some(({ cause }) => cause?.kind === 'licence'),
    haveRulesChanged: history?.haveRulesChanged ?? false,
    figures: countFigures(findings, coverage),
    counted: countKinds(observations, rules),
    people,
    hits,
    unknownGroups: groupUnknown(hits.unknown),
    phoneOnly: listOf(
      counted,
      // From that day on, a phone alone is no MFA any more.
      ({ phoneOnlyUntil, standing }) =>
        phoneOnlyUntil !== undefined &&
        phoneOnlyUntil > dayOf(rules.now.getTime()) &&
        standing !== 'not-usable' &&
        standing !== 'impact',
    ),
    scripts: listOf(counted, ({ script }) => script !== undefined),
    ...sumUse(observations, rules, people, areSignInsWhole),
    nextChanges: findNextChanges(counted, rules),
    emergencyAccounts: checkEmergencyAccounts(observations, rules, people),
    emergencyNews: listEmergencyNews(observations),
    notInDirectory: observations.use.notInDirectory,
    excludedUsers: users.filter(isExcluded),
    history,
    remarks: remarksOn(observations),
  };
}

function listOf(
  people: readonly Person[],
  belongs: (person: Person) => boolean,
): readonly Person[] {
  return people.filter(belongs).sort(byUrgency);
}

function groupUnknown(unknown: readonly Person[]): Report['unknownGroups'] {
  return UNKNOWN_GROUPS.flatMap((group) => {
    const people = unknown.filter((person) => person.unknownGroup === group);
    return people.length === 0 ? [] : [{ group, people }];
  });
}

function remarksOn({ coverage }: Observations): readonly string[] {
  const activity = coverage.find(({ source }) => source === 'activity');
  if (activity === undefined || activity.state === 'complete') return activity?.notes ?? [];
  return [
    'The last sign-in of people could not be read, so everybody counts as active and nobody as dormant.',
  ];
}
