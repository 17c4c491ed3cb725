import { isGuestOrExternal } from '../sources/rows.ts';
import type { Role, User } from '../sources/rows.ts';
import type { Observations, Rules } from './facts.ts';
import { isSynchronisationAccount } from './privilege.ts';

/** Who is judged, and why somebody is not: the first that is so. */
export type Scope = 'judged' | 'disabled' | 'agent' | 'technical' | 'excluded' | 'left-out';

const NO_ROLES: readonly Role[] = [];

/** Tells who is judged. An emergency account always is, whatever its scope. */
export function createScope(observations: Observations, rules: Rules): (user: User) => Scope {
  const isExcluded = matcher(rules.excludedUsers);
  return (user) => {
    if (!user.accountEnabled) return 'disabled';
    if (user.kind === 'agent') return 'agent';
    const roles = observations.rolesByPerson.get(user.id.toLowerCase()) ?? NO_ROLES;
    if (
      user.kind === 'technical' ||
      isSynchronisationAccount(user, roles, observations.arePrivilegesWhole)
    )
      return 'technical';
    if (isExcluded(user)) return 'excluded';
    const isLeftOut = !rules.includeGuests && isGuestOrExternal(user);
    return isLeftOut ? 'left-out' : 'judged';
  };
}

/** Tells whether a list of UPNs and object ids names a user. */
export function matcher(
  names: readonly string[],
): (user: Pick<User, 'id' | 'userPrincipalName'>) => boolean {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  if (wanted.size === 0) return () => false;
  return ({ id, userPrincipalName }) =>
    wanted.has(id.toLowerCase()) || wanted.has(userPrincipalName?.toLowerCase() ?? id);
}
