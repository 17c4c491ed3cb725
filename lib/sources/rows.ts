/** A person of /users. Real rows may lack any property that is not the id. */
export interface User {
  readonly id: string;
  readonly userPrincipalName?: string;
  readonly displayName?: string;
  readonly givenName?: string;
  readonly surname?: string;
  readonly mail?: string;
  readonly accountEnabled: boolean;
  readonly isGuest: boolean;
  readonly createdAt?: string;
  readonly passwordPolicies?: string;
  readonly onPremisesDistinguishedName?: string;
  /** skuIds of the licences assigned. */
  readonly skuIds: readonly string[];
  readonly lastSignInAt?: string;
  readonly lastNonInteractiveSignInAt?: string;
  readonly lastSuccessfulSignInAt?: string;
}

/** A row of the registration report. An absent boolean is not known. */
export interface Registration {
  readonly isAdmin?: boolean;
  readonly isMfaRegistered?: boolean;
  readonly isMfaCapable?: boolean;
  readonly isPasswordlessCapable?: boolean;
  readonly isSsprCapable?: boolean;
  readonly isSsprEnabled?: boolean;
  readonly isSsprRegistered?: boolean;
  readonly isSystemPreferredAuthenticationMethodEnabled?: boolean;
  readonly methodsRegistered: readonly string[];
  /** beta's defaultMfaMethod, else v1.0's userPreferredMethodForSecondaryAuthentication. */
  readonly defaultMfaMethod?: string;
  /** When the report was refreshed for this person, not when the person registered. */
  readonly lastUpdatedAt?: string;
}

/** A directory role that somebody holds. */
export interface Role {
  readonly name: string;
  readonly templateId?: string;
}

export interface Organisation {
  readonly id?: string;
  readonly name?: string;
}

/** One sign-in as Graph's row has it, for INCLUDE_SIGN_IN_LOG only. */
export type RawSignIn = Readonly<Record<string, unknown>>;
