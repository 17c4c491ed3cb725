/** What a sign-in row says about factors: its status, its requirement and its authentication step. */
export interface Outcome {
  readonly errorCode: number;
  readonly failureReason: string;
  readonly additionalDetails: string | null;
  readonly requirement: 'singleFactorAuthentication' | 'multiFactorAuthentication';
  readonly step: {
    readonly method: string;
    readonly succeeded: boolean;
    readonly detail: string | null;
    readonly requirement: string;
  };
}

const SINGLE = 'singleFactorAuthentication';
const MULTI = 'multiFactorAuthentication';

function success(
  method: string,
  detail: string | null = null,
  requirement: Outcome['requirement'] = SINGLE,
): Outcome {
  return {
    errorCode: 0,
    failureReason: 'Other.',
    additionalDetails: detail,
    requirement,
    step: {
      method,
      succeeded: true,
      detail,
      requirement: detail === null ? 'Primary authentication' : 'Multifactor authentication',
    },
  };
}

function failure(
  errorCode: number,
  failureReason: string,
  detail: string | null = null,
  requirement: Outcome['requirement'] = SINGLE,
): Outcome {
  return {
    errorCode,
    failureReason,
    additionalDetails: detail,
    requirement,
    step: { method: 'Password', succeeded: false, detail, requirement: 'Primary authentication' },
  };
}

/** The outcomes that occur in the tenant, in the words that Entra's sign-in logs use. */
export const OUTCOMES = {
  password: success('Password'),
  refreshed: success('Previously satisfied'),
  push: success('Mobile app notification', 'MFA completed in Azure AD', MULTI),
  textMessage: success('Text message', 'MFA successfully completed', MULTI),
  requiredOnly: success('Previously satisfied', null, MULTI),
  claimInToken: success('Previously satisfied', 'MFA requirement satisfied by claim in the token'),
  claimFromElsewhere: success(
    'Previously satisfied',
    'MFA requirement satisfied by claim provided by external provider',
    MULTI,
  ),
  rememberedDevice: success(
    'Previously satisfied',
    'MFA requirement skipped due to remembered device',
  ),
  trustedLocation: success('Password', 'MFA requirement skipped due to location'),
  passkey: success('Passkey (device-bound)'),
  securityKey: success('FIDO2 security key'),
  windowsHello: success('Windows Hello for Business'),
  phoneSignIn: success('Passwordless phone sign-in'),
  wrongPassword: failure(
    50126,
    'Error validating credentials due to invalid username or password.',
  ),
  locked: failure(50053, 'The account is locked.'),
  strongAuthenticationRequired: failure(
    50074,
    'Strong Authentication is required.',
    "MFA required; user doesn't have any verification methods registered",
    MULTI,
  ),
  mfaRequired: failure(50076, 'Due to a configuration change, you must use MFA.', null, MULTI),
  mustEnrol: failure(50079, 'The user is required to enrol in MFA.', null, MULTI),
  keepMeSignedIn: failure(50140, 'Interrupt shown to ask whether to stay signed in.'),
  blockedByPolicy: failure(53003, 'Access has been blocked by Conditional Access policies.'),
  mfaDenied: failure(
    500121,
    'Authentication failed during strong authentication request.',
    'MFA denied; user declined the authentication',
    MULTI,
  ),
} as const satisfies Readonly<Record<string, Outcome>>;

export type OutcomeName = keyof typeof OUTCOMES;
