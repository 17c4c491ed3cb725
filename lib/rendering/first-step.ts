import type { Person } from '../report/report.ts';
import { HIT_LISTS } from '../report/standings.ts';
import type { HitList } from '../report/standings.ts';
import { viewName, viewTags } from './person-view.ts';
import type { NameView, Tag } from './person-view.ts';
import { portalLinks } from './portal-links.ts';
import type { ViewContext } from './view-context.ts';

/** Whom to help first, and how. */
export interface FirstStepView extends NameView {
  readonly tags: readonly Tag[];
  readonly advice: string;
  readonly methodsHref: string;
}

const ADVICE: Readonly<Record<HitList, string>> = {
  impact: 'Give them a Temporary Access Pass and have a passkey or Authenticator registered today.',
  missing: 'Have a passkey or Authenticator registered before they need a portal.',
  'not-usable':
    'Allow the registered method in the authentication methods policy, or have another registered.',
  unknown: 'See whether a method is registered: this could not be read.',
};

/**
 * The person to begin with: the first of the worst list. Undefined where there is nobody, or where only unknown
 * people are left because part of the data is missing, which is then the first thing to mend.
 */
export function viewFirstStep(context: ViewContext): FirstStepView | undefined {
  const { hits, isPartial } = context.report;
  const [first] = HIT_LISTS.flatMap((list) => hits[list].slice(0, 1));
  if (first === undefined || (isPartial && first.standing === 'unknown')) return undefined;
  return {
    ...viewName(first.user, context),
    tags: viewTags(first, context),
    advice: adviceFor(first),
    methodsHref: portalLinks(context.portalOrigin, first.user.id).methods,
  };
}

function adviceFor({ standing, isEmergency, isGuest, applications }: Person): string {
  const isScripted = applications.length > 0 && applications.every((use) => !use.isInteractive);
  if (isEmergency)
    return 'Register two passkeys for this emergency account: it would not get you in.';
  if (isScripted)
    return 'Only programs sign in with this account: move them to a managed identity.';
  if (isGuest)
    return 'A guest: trust the MFA of the home tenant, or have a method registered here.';
  return ADVICE[standing as HitList];
}
