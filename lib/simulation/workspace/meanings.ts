import { OUTCOMES } from '../people/outcomes.ts';
import type { Outcome, OutcomeName } from '../people/outcomes.ts';
import {
  ADMIN_CENTRE,
  AZURE_CLI,
  AZURE_MOBILE,
  AZURE_POWERSHELL,
  PORTAL,
  RESOURCE_MANAGER,
} from '../people/sign-in.ts';
import type { SignIn } from '../people/sign-in.ts';

/** What the query counts, by the name of its column. */
export type Counted =
  | 'Here'
  | 'Elsewhere'
  | 'Claim'
  | 'Unsaid'
  | 'OneFactor'
  | 'Enrol'
  | 'CannotEnrol'
  | 'NotPassed'
  | 'Expired'
  | 'NotTrusted';

/** What a sign-in means; written down by hand, so that nothing of the product’s rules is in it. */
export interface Meaning {
  readonly counted: Counted;
  readonly isUncounted?: boolean;
  /** Of a success with MFA. */
  readonly asker?: 'application' | 'tenant';
  /** Of a refusal: 1 the application, 2 a policy. */
  readonly askers?: number;
}

const BY_POLICY = { asker: 'tenant' } as const;

const SUCCESSES: Partial<Readonly<Record<OutcomeName, Meaning>>> = {
  password: { counted: 'OneFactor' },
  refreshed: { counted: 'OneFactor' },
  firstFactorClaim: { counted: 'OneFactor' },
  certificateOneFactor: { counted: 'OneFactor' },
  passwordFlow: { counted: 'OneFactor' },
  push: { counted: 'Here', ...BY_POLICY },
  pushForApplication: { counted: 'Here', asker: 'application' },
  pushForBoth: { counted: 'Here', ...BY_POLICY },
  pushForStrength: { counted: 'Here', ...BY_POLICY },
  pushForSomethingNew: { counted: 'Here' },
  textMessage: { counted: 'Here', ...BY_POLICY },
  requiredOnly: { counted: 'Claim' },
  claimInToken: { counted: 'Claim' },
  bothClaims: { counted: 'Claim' },
  claimFromElsewhere: { counted: 'Elsewhere' },
  passkey: { counted: 'Here' },
  securityKey: { counted: 'Here' },
  windowsHello: { counted: 'Here', isUncounted: true },
  phoneSignIn: { counted: 'Here' },
  certificate: { counted: 'Here', isUncounted: true },
  rememberedDevice: { counted: 'Unsaid' },
  trustedLocation: { counted: 'Unsaid' },
  newRequirement: { counted: 'Unsaid' },
};

const BY_OUTCOME = new Map<Outcome, Meaning>(
  (Object.entries(SUCCESSES) as [OutcomeName, Meaning][]).map(([name, meaning]) => [
    OUTCOMES[name],
    meaning,
  ]),
);

/** A claim in the token of somebody from elsewhere was earned there; not so a mere requirement. */
const CLAIMS: readonly Outcome[] = [OUTCOMES.claimInToken, OUTCOMES.bothClaims];

const REFUSALS: Readonly<Record<number, Counted>> = {
  50072: 'Enrol',
  50079: 'Enrol',
  53010: 'CannotEnrol',
  53004: 'CannotEnrol',
  50074: 'NotPassed',
  50076: 'NotPassed',
  500121: 'NotPassed',
  500881: 'NotPassed',
  50078: 'Expired',
  90071: 'NotTrusted',
};

/** What a sign-in counts as; undefined where it counts for nothing. */
export function meaningOf({ outcome, person }: SignIn): Meaning | undefined {
  if (outcome.errorCode !== 0) {
    const counted = REFUSALS[outcome.errorCode];
    return counted && { counted, askers: askersOf(outcome) };
  }
  const meaning = BY_OUTCOME.get(outcome);
  if (meaning === undefined) throw new RangeError('An outcome has no meaning in the workspace.');
  return person.isExternal && CLAIMS.includes(outcome)
    ? { ...meaning, counted: 'Elsewhere' }
    : meaning;
}

const ASKERS: Readonly<Record<string, number>> = {
  request: 1,
  multiConditionalAccess: 2,
  authenticationStrengths: 2,
};

function askersOf({ askers }: Outcome): number {
  return askers.reduce((mask, [provider]) => mask | (ASKERS[provider] ?? 0), 0);
}

const APPLICATIONS = [PORTAL, ADMIN_CENTRE, AZURE_CLI, AZURE_POWERSHELL, AZURE_MOBILE];
const BY_RESOURCE = APPLICATIONS.length;

/** The application that a sign-in counts for: its own, or Resource Manager; undefined for any other. */
export function applicationOf({ application, resource }: SignIn): number | undefined {
  const own = APPLICATIONS.findIndex(({ id }) => id === application.id);
  if (own !== -1) return own;
  return resource.id === RESOURCE_MANAGER.id ? BY_RESOURCE : undefined;
}
