import type { AccountKind } from './account-kind.ts';

/** A person of /users. Real rows may lack any property that is not the id. */
export interface User {
  readonly id: string;
  readonly kind: AccountKind;
  readonly userPrincipalName?: string | undefined;
  readonly displayName?: string | undefined;
  readonly givenName?: string | undefined;
  readonly surname?: string | undefined;
  readonly mail?: string | undefined;
  readonly department?: string | undefined;
  readonly accountEnabled: boolean;
  /** userType Guest, which says nothing about where the person comes from. */
  readonly isGuest: boolean;
  /** Of an external person: the address at home. */
  readonly homeAddress?: string | undefined;
  readonly createdAt?: string | undefined;
  readonly passwordPolicies?: string | undefined;
  readonly onPremisesDistinguishedName?: string | undefined;
  /** False where the account is synchronised from on premises. */
  readonly isCloudOnly?: boolean | undefined;
  /** Whether the user principal name is on the tenant's first domain, which needs nothing else to sign in. */
  readonly isOnInitialDomain?: boolean | undefined;
  /** skuIds of the licences assigned. */
  readonly skuIds: readonly string[];
  readonly lastSignInAt?: string | undefined;
  readonly lastNonInteractiveSignInAt?: string | undefined;
  readonly lastSuccessfulSignInAt?: string | undefined;
  /** Set where Graph sent activity that could not be read: whether the person is active is not known. */
  readonly isActivityUnreadable?: true | undefined;
}

/** True for people whom INCLUDE_GUESTS=false leaves out. */
export function isGuestOrExternal({ isGuest, kind }: Pick<User, 'isGuest' | 'kind'>): boolean {
  return isGuest || kind === 'external';
}

/** A row of the registration report. An absent boolean is not known. */
export interface Registration {
  readonly isAdmin?: boolean | undefined;
  readonly isMfaRegistered?: boolean | undefined;
  readonly isMfaCapable?: boolean | undefined;
  readonly isPasswordlessCapable?: boolean | undefined;
  readonly isSsprCapable?: boolean | undefined;
  readonly isSsprEnabled?: boolean | undefined;
  readonly isSsprRegistered?: boolean | undefined;
  readonly isSystemPreferredAuthenticationMethodEnabled?: boolean | undefined;
  readonly methodsRegistered: readonly string[];
  /** beta's defaultMfaMethod, else v1.0's userPreferredMethodForSecondaryAuthentication. */
  readonly defaultMfaMethod?: string | undefined;
  /** When the report was refreshed for this person, not when the person registered; milliseconds since 1970. */
  readonly lastUpdatedAt?: number | undefined;
}

/** A directory role that somebody holds. */
export interface Role {
  readonly name: string;
  readonly templateId?: string | undefined;
}

export interface Organisation {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  /** The verified domains, lower case. */
  readonly domains?: ReadonlySet<string> | undefined;
  /** The domain that the tenant began with, lower case: `contoso.onmicrosoft.com`. */
  readonly initialDomain?: string | undefined;
}

/** One sign-in as Graph's row has it, for INCLUDE_SIGN_IN_LOG only. */
export type RawSignIn = Readonly<Record<string, unknown>>;
