import type { Findings } from '../findings/findings.ts';
import type { SourceCoverage, SourceName } from '../sources/coverage.ts';
import type { Person } from '../standings/person.ts';
import { isAdministrator } from '../standings/privilege.ts';
import { HIT_LISTS, STANDINGS } from '../standings/standings.ts';
import type { HitList, Standing } from '../standings/standings.ts';
import type { Figure, Figures, HitFigures } from './report.ts';

/** The sources without which more people could belong to a list. */
const NEEDED: readonly SourceName[] = [
  'registrations',
  'interactiveSignIns',
  'nonInteractiveSignIns',
];

/** Whether a source is not complete. */
type MissingTest = (source: SourceName) => boolean;

export function missingTest(coverage: readonly SourceCoverage[]): MissingTest {
  return (source) =>
    coverage.some((entry) => entry.source === source && entry.state !== 'complete');
}

/** Whether nobody of a source is missing; something in a row that could not be read takes nobody away. */
function isWholeIn(coverage: readonly SourceCoverage[], source: SourceName): boolean {
  return coverage.every(
    (entry) =>
      entry.source !== source || entry.state === 'complete' || entry.provesAbsence === true,
  );
}

/**
 * The numbers of the report. One that hangs on a missing source is a lower bound or not known. Excepted people are in
 * scope and have their standing, and count nowhere else.
 */
export function countFigures(
  { people, hits, isExcepted }: Findings,
  coverage: readonly SourceCoverage[],
): Figures {
  const isMissing = missingTest(coverage);
  const arePeopleMissing = !isWholeIn(coverage, 'users');
  const standings = countStandings(people);
  const counted = people.filter(({ user }) => !isExcepted(user.id.toLowerCase()));
  const hitFigures = (list: HitList): HitFigures => {
    const figure = hitFigure(list, hits[list].length, isMissing, arePeopleMissing);
    return {
      people: figure,
      admins: countAdmins(hits[list], figure),
      registered: hits[list].filter(({ registeredSince }) => registeredSince !== undefined).length,
    };
  };
  return {
    inScope: people.length,
    hits: Object.fromEntries(HIT_LISTS.map((list) => [list, hitFigures(list)])) as Record<
      HitList,
      HitFigures
    >,
    withoutMethod: countWithoutMethod(counted, isMissing('registrations') || arePeopleMissing),
    newAccounts: bound(
      standings.new,
      isMissing('registrations') || isMissing('activity') || arePeopleMissing,
    ),
    ...(!isMissing('registrations') && capableShare(counted)),
    standings,
  };
}

function hitFigure(
  list: HitList,
  value: number,
  isMissing: MissingTest,
  arePeopleMissing: boolean,
): Figure {
  // How many of those who were read cannot be judged is known exactly.
  if (list === 'unknown') return bound(value, arePeopleMissing);
  // Without activity some of these may be dormant: the number is no lower bound either.
  const hangsOnActivity = list === 'missing' || list === 'not-usable';
  if (hangsOnActivity && isMissing('activity')) return { kind: 'not-known' };
  return bound(value, arePeopleMissing || NEEDED.some(isMissing));
}

/** Enabled people whose row says that they cannot do MFA: it hangs on the registration report alone. */
function countWithoutMethod(
  people: readonly Person[],
  isReportMissing: boolean,
): Figures['withoutMethod'] {
  const without = people.filter(
    ({ user, registration }) => user.accountEnabled && registration?.isMfaCapable === false,
  );
  const figure = bound(without.length, isReportMissing);
  return { people: figure, admins: countAdmins(without, figure) };
}

/** A lower bound of nothing says nothing. */
export function bound(value: number, isBound: boolean): Figure {
  if (!isBound) return { kind: 'exact', value };
  return value === 0 ? { kind: 'not-known' } : { kind: 'at-least', value };
}

/** How many of these people are administrators; at least, where a role is of unknown kind or could not be read. */
export function countAdmins(people: readonly Person[], all: Figure): Figure {
  if (all.kind === 'not-known') return all;
  const isBound =
    all.kind === 'at-least' ||
    people.some(({ privilege }) => privilege === 'unknown' || privilege === 'role-of-unknown-kind');
  return bound(people.filter(isAdministrator).length, isBound);
}

function countStandings(people: readonly Person[]): Readonly<Record<Standing, number>> {
  const counts = Object.fromEntries(STANDINGS.map((standing) => [standing, 0])) as Record<
    Standing,
    number
  >;
  for (const { standing } of people) counts[standing] += 1;
  return counts;
}

function capableShare(people: readonly Person[]): { readonly capableShare?: number } {
  const withRow = people.filter(({ registration }) => registration?.isMfaCapable !== undefined);
  if (withRow.length === 0) return {};
  const capable = withRow.filter(({ registration }) => registration?.isMfaCapable === true);
  return { capableShare: capable.length / withRow.length };
}
