export const SIGN_IN_KINDS = ['interactive', 'nonInteractive'] as const;
export type SignInKind = (typeof SIGN_IN_KINDS)[number];

/** Who signs in, as sign-in rows name them. */
export interface SignInPerson {
  readonly id: string;
  readonly displayName: string;
  /** Lower case, and for a guest the address at home. */
  readonly signInName: string;
  readonly guest: boolean;
  /** Set for another tenant's technician, whose id is in nobody's `/users`. */
  readonly isServiceProvider?: boolean;
}

/** One sign-in event; the sign-ins endpoint writes it as a Graph row. */
export interface SignIn {
  readonly id: string;
  readonly atMs: number;
  readonly kind: SignInKind;
  readonly application: Application;
  readonly resource: Resource;
  readonly outcome: Outcome;
  readonly person: SignInPerson;
}

/** A client application as sign-in rows name it, with the resource that it usually asks for. */
export interface Application {
  readonly id: string;
  readonly name: string;
  readonly resource: Resource;
}

export interface Resource {
  readonly id: string;
  readonly name: string;
}

export const RESOURCE_MANAGER: Resource = {
  id: '797f4846-ba00-4fd7-ba43-dac1f8f63013',
  name: 'Windows Azure Service Management API',
};
export const MICROSOFT_GRAPH: Resource = {
  id: '00000003-0000-0000-c000-000000000000',
  name: 'Microsoft Graph',
};
const EXCHANGE: Resource = {
  id: '00000002-0000-0ff1-ce00-000000000000',
  name: 'Office 365 Exchange Online',
};

const application = (id: string, name: string, resource: Resource): Application => ({
  id,
  name,
  resource,
});

export const PORTAL = application(
  'c44b4083-3bb0-49c1-b47d-974e53cbdf3c',
  'Azure Portal',
  MICROSOFT_GRAPH,
);
export const ADMIN_CENTRE = application(
  '618dd325-23f6-4b6f-8380-4df78026e39b',
  'Microsoft 365 Admin portal',
  MICROSOFT_GRAPH,
);
export const OFFICE_PORTAL = application(
  '00000006-0000-0ff1-ce00-000000000000',
  'Microsoft Office 365 Portal',
  MICROSOFT_GRAPH,
);
export const AZURE_CLI = application(
  '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
  'Microsoft Azure CLI',
  RESOURCE_MANAGER,
);
export const AZURE_POWERSHELL = application(
  '1950a258-227b-4e31-a9cf-717495945fc2',
  'Microsoft Azure PowerShell',
  RESOURCE_MANAGER,
);
export const AZURE_MOBILE = application(
  '0c1307d4-29d6-4389-a11c-5cbe7f65d7fa',
  'Azure mobile app',
  RESOURCE_MANAGER,
);

/** A client of the tenant's own: only its resource tells that it manages Azure. */
export const TERRAFORM = application(
  '7e6f1a52-9b0c-4d83-8a4e-5c2d90b1f3a7',
  'Landing zone Terraform',
  RESOURCE_MANAGER,
);
export const TEAMS = application(
  '1fec8e78-bce4-4aaf-ab1b-5451cc387264',
  'Microsoft Teams',
  MICROSOFT_GRAPH,
);
export const OUTLOOK = application(
  '9199bf20-a13f-4107-85dc-02114787ef48',
  'One Outlook Web',
  EXCHANGE,
);

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
