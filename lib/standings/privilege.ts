import {
  GLOBAL_ADMINISTRATOR,
  PRIVILEGED_ROLES,
  SYNCHRONISATION_ROLES,
} from '../entra/privileged-roles.ts';
import type { Registration, Role, User } from '../sources/rows.ts';
import type { Privilege } from './person.ts';

/** The order of a list after its emergency accounts. */
export const PRIVILEGE_ORDER: readonly Privilege[] = [
  'global-administrator',
  'privileged-role',
  'role',
  'role-of-unknown-kind',
  'unknown',
  'none',
];

/**
 * How much somebody may do. The registration report's isAdmin also covers scoped, custom and eligible roles, which
 * nobody else tells. Where a role or a group could not be read, nobody is known to hold none.
 */
export function judgePrivilege(
  roles: readonly Role[],
  registration: Registration | undefined,
  arePrivilegesWhole: boolean,
): Privilege {
  const templates = roles.map(({ templateId }) => templateId ?? '');
  if (templates.includes(GLOBAL_ADMINISTRATOR)) return 'global-administrator';
  if (templates.some((templateId) => Object.hasOwn(PRIVILEGED_ROLES, templateId)))
    return 'privileged-role';
  if (roles.length > 0) return 'role';
  if (registration?.isAdmin === true) return 'role-of-unknown-kind';
  return arePrivilegesWhole ? 'none' : 'unknown';
}

/** True for people who are known to administer something. */
export function isAdministrator({ privilege }: { readonly privilege: Privilege }): boolean {
  return privilege !== 'none' && privilege !== 'unknown';
}

const SYNCHRONISATION_NAME = /^(sync_|adtoaadsyncserviceaccount)/i;

/**
 * True for the accounts with which Entra Connect and Cloud Sync write, which mandatory MFA leaves alone. They are
 * told by their role, never by display name; where roles could not be read, by how Entra Connect names them.
 */
export function isSynchronisationAccount(
  user: User,
  roles: readonly Role[],
  areRolesKnown: boolean,
): boolean {
  const holdsRole = roles.some(({ templateId }) =>
    SYNCHRONISATION_ROLES.includes(templateId ?? ''),
  );
  return holdsRole || (!areRolesKnown && SYNCHRONISATION_NAME.test(user.userPrincipalName ?? ''));
}
