/** What a sign-in row says about factors: its status, its requirement, its steps, and who asked for MFA. */
export interface Outcome {
  readonly errorCode: number;
  readonly failureReason: string;
  readonly additionalDetails: string | null;
  readonly requirement: Requirement;
  readonly steps: readonly Step[];
  /** `authenticationRequirementPolicies`: provider and detail. */
  readonly askers: readonly (readonly [provider: string, detail: string])[];
  /** The level of a certificate, in `authenticationProcessingDetails`. */
  readonly certificateLevel?: 'multiFactorAuthentication' | 'singleFactorAuthentication';
  readonly protocol?: 'ropc';
}

type Requirement =
  'singleFactorAuthentication' | 'multiFactorAuthentication' | 'unknownFutureValue';

interface Step {
  readonly method: string;
  readonly succeeded: boolean;
  readonly detail: string | null;
  readonly requirement: 'Primary authentication' | 'Multifactor authentication';
}

const SINGLE = 'singleFactorAuthentication';
const MULTI = 'multiFactorAuthentication';
const FIRST_FACTOR_CLAIM = 'First factor requirement satisfied by claim in the token';
const MFA_CLAIM = 'MFA requirement satisfied by claim in the token';
const DONE = 'MFA completed in Azure AD';

const BY_POLICY = [['multiConditionalAccess', 'Conditional Access']] as const;
const BY_APPLICATION = [['request', 'App requires MFA']] as const;

function primary(method: string, succeeded = true, detail: string | null = null): Step {
  return { method, succeeded, detail, requirement: 'Primary authentication' };
}

function second(method: string, detail: string, succeeded = true): Step {
  return { method, succeeded, detail, requirement: 'Multifactor authentication' };
}

/** A success; its status repeats what its last step says of MFA, as the log does. */
function success(
  steps: readonly Step[],
  requirement: Requirement = SINGLE,
  askers: Outcome['askers'] = [],
): Outcome {
  const last = steps.at(-1);
  const saysMfa = last?.requirement === 'Multifactor authentication';
  const additionalDetails = saysMfa ? last.detail : null;
  return { errorCode: 0, failureReason: 'Other.', additionalDetails, requirement, steps, askers };
}

function failure(
  errorCode: number,
  failureReason: string,
  about: Partial<Pick<Outcome, 'additionalDetails' | 'requirement' | 'askers' | 'protocol'>> = {},
): Outcome {
  const { additionalDetails = null } = about;
  const steps = [primary('Password', false, additionalDetails)];
  return {
    errorCode,
    failureReason,
    additionalDetails,
    requirement: SINGLE,
    steps,
    askers: [],
    ...about,
  };
}

/** A failure because MFA was wanted. */
function refusal(
  errorCode: number,
  failureReason: string,
  about: Partial<Pick<Outcome, 'additionalDetails' | 'askers' | 'protocol'>> = {},
): Outcome {
  return failure(errorCode, failureReason, { requirement: MULTI, askers: BY_POLICY, ...about });
}

const PUSH_STEPS = [primary('Password'), second('Mobile app notification', DONE)];

/** The outcomes that occur in the tenant, in the words that Entra's sign-in logs use. */
export const OUTCOMES = {
  // Successes with one factor
  password: success([primary('Password')]),
  refreshed: success([primary('Previously satisfied')]),
  firstFactorClaim: success([primary('Previously satisfied', true, FIRST_FACTOR_CLAIM)]),
  certificateOneFactor: { ...success([primary('X.509 Certificate')]), certificateLevel: SINGLE },
  passwordFlow: { ...success([primary('Password')]), protocol: 'ropc' },
  // With MFA
  push: success(PUSH_STEPS, MULTI, BY_POLICY),
  pushForApplication: success(PUSH_STEPS, MULTI, BY_APPLICATION),
  pushForBoth: success(PUSH_STEPS, MULTI, [...BY_POLICY, ...BY_APPLICATION]),
  pushForStrength: success(PUSH_STEPS, MULTI, [
    ['authenticationStrengths', 'Authentication Strength(s)'],
  ]),
  pushForSomethingNew: success(PUSH_STEPS, MULTI, [['unknownFutureValue', '']]),
  textMessage: success(
    [primary('Password'), second('Text message', 'MFA successfully completed')],
    MULTI,
    BY_POLICY,
  ),
  requiredOnly: success([primary('Previously satisfied')], MULTI),
  claimInToken: success([second('Previously satisfied', MFA_CLAIM)]),
  bothClaims: success([
    primary('Previously satisfied', true, FIRST_FACTOR_CLAIM),
    second('Previously satisfied', MFA_CLAIM),
  ]),
  claimFromElsewhere: success(
    [
      second(
        'Previously satisfied',
        'MFA requirement satisfied by claim provided by external provider',
      ),
    ],
    MULTI,
  ),
  passkey: success([primary('Passkey (device-bound)')]),
  securityKey: success([primary('FIDO2 security key')]),
  windowsHello: success([primary('Windows Hello for Business')]),
  phoneSignIn: success([primary('Passwordless phone sign-in')]),
  certificate: { ...success([primary('X.509 Certificate')]), certificateLevel: MULTI },
  // That prove nothing either way
  rememberedDevice: success([
    second('Previously satisfied', 'MFA requirement skipped due to remembered device'),
  ]),
  trustedLocation: success([second('Password', 'MFA requirement skipped due to location')]),
  newRequirement: success([primary('Password')], 'unknownFutureValue'),
  // Failures before MFA, or for other reasons
  wrongPassword: failure(
    50126,
    'Error validating credentials due to invalid username or password.',
  ),
  locked: failure(50053, 'The account is locked.'),
  keepMeSignedIn: failure(50140, 'Interrupt shown to ask whether to stay signed in.'),
  blockedByPolicy: failure(53003, 'Access has been blocked by Conditional Access policies.'),
  termsOfUse: failure(50158, 'External security challenge was not satisfied.'),
  campaignNotice: failure(50203, 'The user has not registered the authenticator app.'),
  // Refusals because MFA was wanted
  enrolmentRequired: refusal(50072, 'The user must enrol in MFA to access this application.'),
  mustEnrol: refusal(50079, 'The user is required to enrol in MFA.'),
  enrolmentRefused: refusal(53010, 'Registration is not allowed from this place.'),
  riskRefused: refusal(53004, 'Registration is blocked because of the risk of the sign-in.'),
  strongAuthenticationRequired: refusal(50074, 'Strong Authentication is required.', {
    additionalDetails: "MFA required; user doesn't have any verification methods registered",
  }),
  requiredByApplication: refusal(50074, 'Strong Authentication is required.', {
    additionalDetails: 'MFA required in Azure AD',
    askers: [['request', 'App requires multifactor authentication']],
  }),
  mfaRequired: refusal(50076, 'Due to a configuration change, you must use MFA.'),
  passwordFlowRefused: refusal(50076, 'Due to a configuration change, you must use MFA.', {
    protocol: 'ropc',
  }),
  mfaDenied: refusal(500121, 'Authentication failed during strong authentication request.', {
    additionalDetails: 'MFA denied; user declined the authentication',
  }),
  callsRanOut: refusal(500881, 'The limit of text messages and calls has been reached.'),
  proofExpired: refusal(50078, 'The presented multifactor authentication has expired.', {
    additionalDetails: 'MFA requirement has expired due to the policies configured on tenant',
  }),
  homeMfaNotTrusted: refusal(90071, 'MFA of the home tenant is not accepted here.'),
} as const satisfies Readonly<Record<string, Outcome>>;

export type OutcomeName = keyof typeof OUTCOMES;

/** Outcomes before which the log has the prompt as a row of its own, some seconds earlier. */
export const PROMPTED: readonly OutcomeName[] = [
  'push',
  'pushForApplication',
  'pushForBoth',
  'pushForStrength',
  'pushForSomethingNew',
  'textMessage',
];
