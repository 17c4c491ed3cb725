import { listHits } from '../report/build-report.ts';
import { countFigures } from '../report/figures.ts';
import type { Person, Report } from '../report/report.ts';
import { isHit } from '../report/standings.ts';
import { daysBetween } from './days.ts';
import { findingId } from './finding-id.ts';
import type { OpenFinding } from './lifecycle.ts';

export interface TellInput {
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
