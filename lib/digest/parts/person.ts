import { portalLinks } from '../../entra/portal-links.ts';
import type { User } from '../../sources/rows.ts';
import type { Person } from '../../standings/person.ts';
import { displayText } from '../text/safe-text.ts';
import type { Tone, ViewContext } from '../view-context.ts';

/** A word beside a name. */
export interface Tag {
  readonly text: string;
  readonly tone: Tone;
  /** Whether it needs no colour. */
  readonly isPlain: boolean;
}

export function aTag(text: string, tone: Tone = 'plain'): Tag {
  return { text, tone, isPlain: tone === 'plain' };
}

/** Who somebody is: a name, which is the one to sign in with where there is no other, and their page in the admin centre. */
export interface NameView {
  readonly name: string;
  /** Empty where there is no page. */
  readonly href: string;
}

type Named = Pick<User, 'id' | 'userPrincipalName' | 'displayName' | 'homeAddress'>;

export function viewName(
  { id, userPrincipalName = '', displayName = '', homeAddress = '' }: Named,
  { portalOrigin }: Pick<ViewContext, 'portalOrigin'>,
): NameView {
  // External people are known by their own address; the technical name of their account stands in the files.
  const names = [displayText(displayName, 48), displayText(homeAddress, 80)];
  return {
    name:
      names.find((name) => name !== '') ||
      displayText(userPrincipalName, 80) ||
      'Account without a name',
    href: portalLinks(portalOrigin, id).user,
  };
}

/** The words beside a name: emergency account, roles, guest. */
export function viewTags(
  person: Person,
  { formats }: Pick<ViewContext, 'formats'>,
): readonly Tag[] {
  return [
    ...(person.isEmergency ? [aTag('emergency account', 'blocked')] : []),
    ...roleTag(person, formats),
    ...(person.isGuest || person.kind === 'external' ? [aTag(originText(person))] : []),
  ];
}

const MAX_ROLES = 2;

function roleTag(
  { roles: held = [], activatedRoles = [], isAdmin }: Person,
  { number }: ViewContext['formats'],
): readonly Tag[] {
  const activated = activatedRoles.filter((role) => !held.includes(role));
  const roles = [...held, ...activated.map((role) => `activates ${role}`)];
  if (roles.length === 0) return isAdmin === true ? [aTag('administrator')] : [];
  const shown = roles.slice(0, MAX_ROLES).map((role) => displayText(role, 40));
  const more = roles.length - shown.length;
  return [aTag(`${shown.join(', ')}${more === 0 ? '' : ` and ${number(more)} more`}`)];
}

/** Externals by where they come from; the technical name of their account stands in the files. */
function originText({ kind, user: { homeAddress = '' } }: Person): string {
  const [, domain = ''] = /@([^@\s]+)$/u.exec(homeAddress) ?? [];
  const home = displayText(domain, 60);
  if (kind !== 'external') return 'guest';
  return home === '' ? 'external' : `external, ${home}`;
}
