import type { Hits } from '../standings/judge-people.ts';
import type { Person } from '../standings/person.ts';
import { HIT_LISTS, isHit } from '../standings/standings.ts';
import type { HitList } from '../standings/standings.ts';
import { daysBetween } from '../utc-day.ts';
import type { Findings, OpenFinding } from './findings.ts';
import { findingId } from './update-findings.ts';

interface NameInput {
  readonly tenantId: string;
  readonly today: string;
  readonly open: readonly OpenFinding[];
  /** By object id, lower case. */
  readonly isExcepted: (id: string) => boolean;
}

/**
 * People and lists with the ids and ages of findings. Somebody who is in a list only because of what could not be
 * read has a finding's id and no age.
 */
export function nameFindings(
  { people, hits }: { readonly people: readonly Person[]; readonly hits: Hits },
  { tenantId, today, open, isExcepted }: NameInput,
): Pick<Findings, 'people' | 'hits'> {
  const findings = new Map(open.map((finding) => [finding.id.toLowerCase(), finding]));
  const named = new Map<Person, Person>();
  for (const person of people) {
    const id = person.user.id.toLowerCase();
    const finding = findings.get(id);
    if (finding !== undefined) {
      const ageDays = daysBetween(finding.openedOn, today);
      named.set(person, annotate(person, { findingId: finding.findingId, ageDays }));
    } else if (isHit(person.standing) && !isExcepted(id)) {
      named.set(person, annotate(person, { findingId: findingId(tenantId, id) }));
    }
  }
  const nameOf = (person: Person) => named.get(person) ?? person;
  return {
    people: people.map(nameOf),
    hits: nameEach(hits, nameOf),
  };
}

function nameEach(hits: Hits, nameOf: (person: Person) => Person): Hits {
  const lists: Record<HitList, readonly Person[]> = { ...hits };
  for (const list of HIT_LISTS) lists[list] = hits[list].map(nameOf);
  return lists;
}

/** A person with a finding. What they used is told by their prototype, which a spread would drop. */
function annotate(person: Person, finding: Pick<Person, 'findingId' | 'ageDays'>): Person {
  const prototype = Object.getPrototypeOf(person) as object;
  return Object.assign(Object.create(prototype) as Person, person, finding);
}
