import type { OpenFinding } from '../findings/findings.ts';
import { findingId } from '../findings/follow-findings.ts';
import { missingSources } from '../sources/coverage.ts';
import { windowStart } from '../standings/facts.ts';
import type { Observations, Rules } from '../standings/facts.ts';
import { judgePeople, listHits, matcher } from '../standings/judge-people.ts';
import type { Person } from '../standings/person.ts';
import { isHit } from '../standings/standings.ts';
import { daysBetween } from '../utc-day.ts';
import { checkEmergencyAccounts } from './emergency-accounts.ts';
import { countFigures } from './figures.ts';
import type { Report } from './report.ts';

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

function remarksOn({ coverage }: Observations): readonly string[] {
  const activity = coverage.find(({ source }) => source === 'activity');
  if (activity === undefined || activity.state === 'complete') return activity?.notes ?? [];
  return [
    'The last sign-in of people could not be read, so everybody counts as active and nobody as dormant.',
  ];
}

interface TellInput {
  readonly tenantId: string;
  readonly today: string;
  readonly open: readonly OpenFinding[];
  /** By object id, lower case. */
  readonly isExcepted: (id: string) => boolean;
}

/**
 * The report with the ids and ages of findings on its people, and excepted people in no list and no figure of
 * progress. Somebody who is in a list only because of what could not be read has a finding's id and no age.
 */
export function tellFindings(report: Report, input: TellInput): Report {
  const people = nameFindings(report.people, input);
  const counted = people.filter(({ user }) => !input.isExcepted(user.id.toLowerCase()));
  const hits = listHits(counted);
  const { inScope, newAccounts, standings } = report.figures;
  return {
    ...report,
    people,
    hits,
    figures: { ...countFigures(counted, hits, report.coverage), inScope, newAccounts, standings },
  };
}

function nameFindings(
  people: readonly Person[],
  { tenantId, today, open, isExcepted }: TellInput,
): readonly Person[] {
  const findings = new Map(open.map((finding) => [finding.id.toLowerCase(), finding]));
  return people.map((person) => {
    const id = person.user.id.toLowerCase();
    const finding = findings.get(id);
    if (finding !== undefined) {
      const ageDays = daysBetween(finding.openedOn, today);
      return named(person, { findingId: finding.findingId, ageDays });
    }
    const isListed = isHit(person.standing) && !isExcepted(id);
    return isListed ? named(person, { findingId: findingId(tenantId, id) }) : person;
  });
}

/** What a person used is told when it is asked for, so it does not come along by itself. */
function named(person: Person, finding: Pick<Person, 'findingId' | 'ageDays'>): Person {
  return { ...person, applications: person.applications, ...finding };
}
