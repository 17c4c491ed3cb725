import type { Findings } from '../findings/findings.ts';
import type { SourceCoverage, SourceName } from '../sources/coverage.ts';
import type { Person } from '../standings/person.ts';
import { HIT_LISTS, STANDINGS } from '../standings/standings.ts';
import type { HitList, Standing } from '../standings/standings.ts';
import type { Figure, Figures, HitFigures } from './report.ts';

/** The sources without which more people could belong to a list. */
const NEEDED: Readonly<Record<Exclude<HitList, 'unknown'>, readonly SourceName[]>> = {
  impact: ['registrations', 'interactiveSignIns', 'nonInteractiveSignIns'],
  missing: ['registrations', 'interactiveSignIns', 'nonInteractiveSignIns'],
  'not-usable': ['registrations', 'interactiveSignIns', 'nonInteractiveSignIns'],
};

/**
 * The numbers of the report. One that hangs on a missing source is a lower bound or not known. Excepted people are in
 * scope and have their standing, and count nowhere else.
 */
export function countFigures(
  { people, hits, isExcepted }: Findings,
  coverage: readonly SourceCoverage[],
): Figures {
  const isMissing = (source: SourceName) =>
    coverage.some((entry) => entry.source === source && entry.state !== 'complete');
  const standings = countStandings(people);
  const hitFigure = (list: HitList): Figure => {
    const value = hits[list].length;
    // How many cannot be judged is known exactly.
    if (list === 'unknown') return { kind: 'exact', value };
    // Without activity some of these may be dormant: the number is no lower bound either.
    if (list !== 'impact' && isMissing('activity')) return { kind: 'not-known' };
    return bound(value, NEEDED[list].some(isMissing));
  };
  const hitFigures = (list: HitList): HitFigures => ({
    people: hitFigure(list),
    admins: countAdmins(hits[list], hitFigure(list)),
  });
  return {
    inScope: people.length,
    hits: Object.fromEntries(HIT_LISTS.map((list) => [list, hitFigures(list)])) as Record<
      HitList,
      HitFigures
    >,
    newAccounts: bound(standings.new, isMissing('registrations') || isMissing('activity')),
    ...(!isMissing('registrations') &&
      capableShare(people.filter(({ user }) => !isExcepted(user.id.toLowerCase())))),
    standings,
  };
}

/** A lower bound of nothing says nothing. */
function bound(value: number, isBound: boolean): Figure {
  if (!isBound) return { kind: 'exact', value };
  return value === 0 ? { kind: 'not-known' } : { kind: 'at-least', value };
}

function countAdmins(people: readonly Person[], all: Figure): Figure {
  const admins = people.filter(({ privilege }) => privilege !== 'none' && privilege !== 'unknown');
  if (all.kind === 'not-known') return all;
  const isBound =
    all.kind === 'at-least' || people.some(({ privilege }) => privilege === 'unknown');
  return bound(admins.length, isBound);
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
