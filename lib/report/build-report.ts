import { missingSources } from '../sources/coverage.ts';
import { windowStart } from './activity.ts';
import { checkEmergencyAccounts } from './emergency-accounts.ts';
import { countFigures } from './figures.ts';
import type { Observations, Rules } from './observations.ts';
import { byUrgency } from './order.ts';
import { judgePeople, matcher } from './people.ts';
import type { Person, Report } from './report.ts';
import { HIT_LISTS } from './standings.ts';
import type { HitList } from './standings.ts';

/** Judges everybody and says how far the judgement can be trusted. */
export function buildReport(observations: Observations, rules: Rules): Report {
  const { users, coverage, seen, organisation } = observations;
  const people = judgePeople(observations, rules);
  const hits = listHits(people);
  const isExcluded = matcher(rules.excludedUsers);
  return {
    generatedAt: rules.now.toISOString(),
    tenant: organisation,
    isPartial: missingSources(coverage).length > 0,
    coverage,
    askedFrom: new Date(windowStart(rules.now, rules.daysToCheckLogs)).toISOString(),
    askedDays: rules.daysToCheckLogs,
    ...(seen !== undefined && {
      seenFrom: new Date(seen.from).toISOString(),
      seenTo: new Date(Math.min(seen.to, rules.now.getTime())).toISOString(),
    }),
    figures: countFigures(people, hits, coverage),
    people,
    hits,
    emergencyAccounts: checkEmergencyAccounts(rules.breakGlassAccounts, users, people),
    strangers: observations.use.strangers,
    excludedUsers: users.filter(isExcluded),
    remarks: remarksOn(observations),
  };
}

/** The hit lists, each in order of urgency. */
export function listHits(people: readonly Person[]): Readonly<Record<HitList, readonly Person[]>> {
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

function remarksOn({ coverage }: Observations): readonly string[] {
  const activity = coverage.find(({ source }) => source === 'activity');
  if (activity === undefined || activity.state === 'complete') return activity?.notes ?? [];
  return [
    'The last sign-in of people could not be read, so everybody counts as active and nobody as dormant.',
  ];
}
