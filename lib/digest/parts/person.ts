import { portalLinks } from '../../entra/portal-links.ts';
import type { User } from '../../sources/rows.ts';
import type { Person } from '../../standings/person.ts';
import { displayText, shortText } from '../text/safe-text.ts';
import type { Tone, ViewContext } from '../view-context.ts';

/** A word beside a name. */
export interface Tag {
  readonly text: string;
  readonly tone: Tone;
}

/** Who somebody is: a name, the name to sign in with, and their page in the admin centre. */
export interface NameView {
  readonly name: string;
  /** Empty where there is none, or where it is the name already. */
  readonly userPrincipalName: string;
  /** Empty where there is no page. */
  readonly href: string;
}

type Named = Pick<User, 'id' | 'userPrincipalName' | 'displayName'>;

export function viewName(
  { id, userPrincipalName = '', displayName = '' }: Named,
  { portalOrigin }: Pick<ViewContext, 'portalOrigin'>,
): NameView {
  const signInName = shortText(userPrincipalName, 113);
  const name = displayText(displayName, 64);
  return {
    name: name || signInName || 'Account without a name',
    userPrincipalName: name === '' ? '' : signInName,
    href: portalLinks(portalOrigin, id).user,
  };
}

/** The words beside a name: emergency account, roles, guest. */
export function viewTags(
  person: Person,
  { formats }: Pick<ViewContext, 'formats'>,
): readonly Tag[] {
  return [
    ...(person.isEmergency ? [{ text: 'emergency account', tone: 'blocked' as const }] : []),
    ...roleTag(person, formats),
    ...(person.isGuest ? [{ text: 'guest', tone: 'plain' as const }] : []),
  ];
}

const MAX_ROLES = 2;

function roleTag(
  { roles: held = [], activatedRoles = [], isAdmin, privilege }: Person,
  { number }: ViewContext['formats'],
): readonly Tag[] {
  const isPrivileged = privilege === 'global-administrator' || privilege === 'privileged-role';
  const tone = isPrivileged ? 'caution' : 'plain';
  const activated = activatedRoles.filter((role) => !held.includes(role));
  const roles = [...held, ...activated.map((role) => `activates ${role}`)];
  if (roles.length === 0) return isAdmin === true ? [{ text: 'administrator', tone }] : [];
  const shown = roles.slice(0, MAX_ROLES).map((role) => displayText(role, 48));
  const more = roles.length - shown.length;
  return [{ text: `${shown.join(', ')}${more === 0 ? '' : ` and ${number(more)} more`}`, tone }];
}
