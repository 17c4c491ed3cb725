import { isKnown } from '../report/observations.ts';
import type { Observations, Rules } from '../report/observations.ts';
import { matcher } from '../report/people.ts';
import type { Report } from '../report/report.ts';
import type { User } from '../sources/rows.ts';

/**
 * Tells whether a user outside the report is out of scope by role: an enabled account that no setting excludes is a
 * synchronisation account.
 */
export function synchronisationTest({
  excludedUsers,
  includeGuests,
}: Pick<Rules, 'excludedUsers' | 'includeGuests'>): (user: User) => boolean {
  const isExcluded = matcher(excludedUsers);
  return (user) => user.accountEnabled && !isExcluded(user) && (includeGuests || !user.isGuest);
}

/** The synchronisation accounts, lower case; where roles could not be read, those of the last time. */
export function listSynchronisation(
  report: Report,
  observations: Observations,
  rules: Rules,
  before: readonly string[] = [],
): readonly string[] {
  if (!isKnown(observations, 'roles')) return before;
  const inScope = new Set(report.people.map(({ user }) => user.id));
  const isSynchronisation = synchronisationTest(rules);
  return observations.users
    .filter((user) => !inScope.has(user.id) && isSynchronisation(user))
    .map(({ id }) => id.toLowerCase());
}
