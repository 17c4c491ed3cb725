import { portalLinks } from '../../entra/portal-links.ts';
import type { NextStep, Person } from '../../standings/person.ts';
import { displayText } from '../text/safe-text.ts';
import type { ViewContext } from '../view-context.ts';
import { NEXT_STEPS } from './person-texts.ts';

/** The next step as a verb, and where it is done; without a page the verb stands alone. */
export interface StepView {
  readonly verb: string;
  readonly href: string;
}

/** Steps that are done on the person's own page of authentication methods. */
const ON_THEIR_METHODS: readonly NextStep[] = [
  'send-pass',
  'look-at-methods',
  'other-method',
  'check-row',
];

export function viewStep(
  person: Person,
  { portalOrigin }: Pick<ViewContext, 'portalOrigin'>,
): StepView {
  const { nextStep, user, isEmergency } = person;
  const { methods } = portalLinks(portalOrigin, user.id);
  if (isEmergency && nextStep !== 'none') return { verb: 'Register two passkeys', href: methods };
  const { verb, links } = NEXT_STEPS[nextStep];
  const isTheirs = ON_THEIR_METHODS.includes(nextStep);
  const home = homeDomain(person);
  return {
    verb:
      nextStep === 'cross-tenant-trust' && home !== ''
        ? `Trust ${home} in cross-tenant access`
        : verb,
    href: isTheirs ? methods : (links[0]?.href ?? ''),
  };
}

/** The domain of an external person's own address. */
function homeDomain({ user }: Person): string {
  const [, domain = ''] = /@([^@\s]+)$/u.exec(user.homeAddress ?? '') ?? [];
  return displayText(domain, 60);
}
