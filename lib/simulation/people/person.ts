import { HOUR_MS } from './generated.ts';

/** A person as the tenant holds them at one moment; the endpoints write this as Graph rows. */
export interface Person {
  readonly id: string;
  readonly displayName: string | null;
  readonly givenName: string | null;
  readonly surname: string | null;
  readonly userPrincipalName: string | null;
  /** The name in sign-in rows: lower case, and for a guest the address at home. */
  readonly signInName: string;
  readonly mail: string | null;
  readonly enabled: boolean;
  readonly guest: boolean;
  /** An AI agent with a user account of its own (agentUser). */
  readonly isAgent?: boolean;
  readonly department?: string | undefined;
  readonly identities: readonly Identity[];
  readonly isAdmin: boolean;
  readonly createdAtMs: number;
  readonly skuIds: readonly string[];
  readonly onPremisesDistinguishedName: string | null;
  /** Absent for somebody who never signed in. */
  readonly activity?: Activity | undefined;
  /** Absent for somebody whom the registration report leaves out for good. */
  readonly registration?: Registration | undefined;
}

/** What somebody signs in with, as /users lists it. */
export interface Identity {
  readonly signInType: 'userPrincipalName' | 'emailAddress' | 'federated';
  readonly issuer: string;
  readonly issuerAssignedId: string | null;
}

const INITIAL_DOMAIN = 'contoso.onmicrosoft.example';

/** The name and password of this tenant, and for who comes from elsewhere the identity of the other tenant. */
export function usualIdentities(
  userPrincipalName: string | null,
  isExternal: boolean,
): readonly Identity[] {
  const own = {
    signInType: 'userPrincipalName',
    issuer: INITIAL_DOMAIN,
    issuerAssignedId: userPrincipalName,
  } as const;
  const elsewhere = {
    signInType: 'federated',
    issuer: 'ExternalAzureAD',
    issuerAssignedId: null,
  } as const;
  return isExternal ? [elsewhere, own] : [own];
}

export interface Activity {
  readonly attemptAtMs?: number | undefined;
  readonly backgroundAtMs?: number | undefined;
  readonly successAtMs?: number | undefined;
}

export interface Registration {
  readonly methods: readonly string[];
  readonly isRegistered: boolean;
  readonly isCapable: boolean;
}

/** The answer that a reader of the tenant should come to, decided by hand or by construction, not by rule. */
export interface Expected {
  readonly standing: ExpectedStanding;
  readonly why: string;
}

export type ExpectedStanding =
  | 'stopped'
  | 'external'
  | 'covered'
  | 'single-factor'
  | 'satisfied-elsewhere'
  | 'impact'
  | 'missing'
  | 'not-usable'
  | 'dormant'
  | 'unknown'
  | 'new'
  | 'out-of-scope';

const REGISTRATION_LAG_MS = 36 * HOUR_MS;

/** Whether the registration report has a row: not for disabled people, and 36 hours late for new ones. */
export function hasRegistrationRow(
  person: Person,
  nowMs: number,
): person is Person & { readonly registration: Registration } {
  return (
    person.registration !== undefined &&
    person.enabled &&
    person.createdAtMs + REGISTRATION_LAG_MS <= nowMs
  );
}
