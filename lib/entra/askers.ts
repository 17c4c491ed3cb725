import { recordOf } from '../decode.ts';

/** Who asked for MFA at a sign-in: bits 1, 2, 4 and 8 of a mask, in this order; 0 is not said. */
export const ASKERS = ['application', 'policy', 'security-defaults', 'per-user'] as const;

export type Asker = (typeof ASKERS)[number];

/** The askers of a mask. */
export function askersOf(mask: number): readonly Asker[] {
  return ASKERS.filter((_, bit) => (mask & (1 << bit)) > 0);
}

const [APPLICATION, POLICY, SECURITY_DEFAULTS, PER_USER] = [1, 2, 4, 8] as const;
/** Measures of the tenant's own. */
const OF_THE_TENANT = POLICY | SECURITY_DEFAULTS | PER_USER;

/**
 * What names the asker: `requirementProvider` of authenticationRequirementPolicies, a property of beta sign-ins
 * (learn.microsoft.com, read 28 November 2026). The two newest values, scopeBasedAuthRequirementPolicy and
 * authenticationStrengths, come only with `Prefer: include-unknown-enum-members`. enforcedForCspAdmins, Microsoft's
 * for partners, is nobody of these. That `request` at an enforced application is Microsoft's own requirement is read
 * out of Microsoft's page on mandatory MFA and public rows; no page says it in so many words.
 */
export const PROVIDERS: Readonly<Record<string, number>> = {
  request: APPLICATION,
  serviceprincipal: APPLICATION,
  multiconditionalaccess: POLICY,
  authenticationstrengths: POLICY,
  scopebasedauthrequirementpolicy: POLICY,
  gpslocationcondition: POLICY,
  riskbasedpolicy: POLICY,
  tenantsessionriskpolicy: POLICY,
  accountcompromisepolicies: POLICY,
  mfaregistrationrequiredbyidentityprotectionpolicy: POLICY,
  mfaregistrationrequiredbymulticonditionalaccess: POLICY,
  crosstenantoutboundrule: POLICY,
  securitydefaults: SECURITY_DEFAULTS,
  baselineprotection: SECURITY_DEFAULTS,
  mfaregistrationrequiredbysecuritydefaults: SECURITY_DEFAULTS,
  mfaregistrationrequiredbybaselineprotection: SECURITY_DEFAULTS,
  user: PER_USER,
};

/** The first generation of Conditional Access, under several names. */
export const FIRST_POLICIES = 'v1conditionalaccess';

/** Stands beside whoever asked, and asks for nothing itself. */
export const SILENT_PROVIDER = 'proofupcoderequest';

/** No sign-in has more; whatever follows is not looked at. */
export const MAX_POLICIES = 50;

export interface ReadAskers {
  /**
   * A mask of ASKERS. Where something that is not known stands beside the application, and no measure of the tenant's
   * own does, it is 0: nobody may read that only the application asked.
   */
  readonly mask: number;
  /** Whether anybody who is known asked. */
  readonly isAsked: boolean;
  /** Whether nothing but the application asked, a measure of the tenant's own did, or nothing is said. */
  readonly asker: MfaAsker;
}

export type MfaAsker = 'application' | 'tenant' | 'unsaid';

const NOBODY: ReadAskers = { mask: 0, isAsked: false, asker: 'unsaid' };

/** Who asked for MFA, out of authenticationRequirementPolicies; any type of value can be given. */
export function readAskers(policies: unknown): ReadAskers {
  if (!Array.isArray(policies) || policies.length === 0) return NOBODY;
  let mask = 0;
  let isElseUnknown = false;
  for (const policy of policies.slice(0, MAX_POLICIES) as readonly unknown[]) {
    const { requirementProvider } = recordOf(policy);
    const provider =
      typeof requirementProvider === 'string' ? requirementProvider.toLowerCase() : '';
    if (provider === SILENT_PROVIDER) continue;
    const bit = bitOf(provider);
    if (bit === 0) isElseUnknown = true;
    mask |= bit;
  }
  const isAsked = mask > 0;
  if ((mask & OF_THE_TENANT) > 0) return { mask, isAsked, asker: 'tenant' };
  if (isElseUnknown || !isAsked) return { mask: 0, isAsked, asker: 'unsaid' };
  return { mask, isAsked, asker: 'application' };
}

function bitOf(provider: string): number {
  if (Object.hasOwn(PROVIDERS, provider)) return PROVIDERS[provider] ?? 0;
  return provider.startsWith(FIRST_POLICIES) ? POLICY : 0;
}
