import { asciiOf, departmentOf, guid, hashText } from './generated.ts';
import type { Expected, ExpectedStanding, Identity } from './person.ts';
import type { RoleName } from './roles.ts';
import type { OutcomeName } from './outcomes.ts';
import type { Application, Resource, SignInKind } from './sign-in.ts';

/** A handmade person, as they are on the story's last day; days are counted back from it. */
export interface FixtureUser {
  /** What tests call the person. */
  readonly key: string;
  readonly displayName: string;
  readonly userPrincipalName: string | null;
  readonly signInName: string;
  readonly guest: boolean;
  readonly isAgent: boolean;
  readonly department?: string | undefined;
  /** Absent: a name and password of this tenant, or of the home tenant for a name with `#EXT#`. */
  readonly identities?: readonly Identity[];
  readonly enabled: boolean;
  readonly hasMailbox: boolean;
  /** Days before the last day's end that the account was created. */
  readonly createdDaysBefore: number;
  /** The methods in the registration report; absent: no row. */
  readonly methods?: readonly string[];
  /** isMfaRegistered of the report; absent: by the methods. */
  readonly registered?: boolean;
  /** isAdmin of the report; absent: by the roles. */
  readonly isAdmin?: boolean;
  /** Whether policy allows a registered method: isMfaCapable. */
  readonly capable: boolean;
  readonly activity: FixtureActivity;
  readonly habits: readonly Habit[];
  readonly skuIds: readonly string[];
  readonly roles: readonly RoleName[];
  readonly onPremisesDistinguishedName: string | null;
  readonly emergency: boolean;
  readonly expected: Expected;
}

/** `daily` was there yesterday, whenever that is; numbers are days before the story's last day. */
export type FixtureActivity =
  | 'daily'
  | 'never'
  | { readonly attempt?: number; readonly background?: number; readonly success?: number };

/** A sign-in that comes back every so many days, counted back from the story's last day (day 6). */
export interface Habit {
  readonly application: Application;
  readonly resource: Resource;
  readonly kind: SignInKind;
  readonly outcome: OutcomeName;
  readonly everyDays: number;
  readonly minuteOfDay: number;
  readonly fromDay: number;
  readonly untilDay: number;
}

type Traits = Partial<Omit<FixtureUser, 'key' | 'displayName' | 'expected'>>;

const ENTERPRISE_E3 = '05e9a617-0261-4cee-bb44-138d3ef5d965';
const NO_SECOND_FACTORS = ['email', 'securityQuestion', 'appPassword', 'qrCode'];

/** True for a list with a method that can be a second factor, allowed or not. */
export function isMfaRegistered(methods: readonly string[]): boolean {
  return methods.some((method) => !NO_SECOND_FACTORS.includes(method));
}

/** A member whose unnamed traits are ordinary: enabled, licensed, there every day, without methods or sign-ins. */
export function member(
  key: string,
  displayName: string,
  traits: Traits,
  standing: ExpectedStanding,
  why: string,
): FixtureUser {
  const userPrincipalName =
    traits.userPrincipalName === undefined
      ? `${asciiOf(displayName) || key}@contoso.example`
      : traits.userPrincipalName;
  // Accounts that nobody holds are in no department.
  const isEmployee = !['guest', 'isAgent', 'emergency'].some(
    (trait) => traits[trait as keyof Traits] === true,
  );
  return {
    key,
    displayName,
    userPrincipalName,
    signInName: (userPrincipalName ?? '').toLowerCase(),
    guest: false,
    isAgent: false,
    enabled: true,
    hasMailbox: true,
    createdDaysBefore: 700,
    capable: isMfaRegistered(traits.methods ?? []),
    activity: 'daily',
    habits: [],
    skuIds: [ENTERPRISE_E3],
    roles: [],
    onPremisesDistinguishedName: null,
    emergency: false,
    department: isEmployee ? departmentOf(hashText(key)) : undefined,
    ...traits,
    expected: { standing, why },
  };
}

/** A guest's names: `#EXT#` in the directory, the address at home in sign-in rows. */
export function guestOf(domain: string, localPart: string) {
  return {
    guest: true,
    hasMailbox: false,
    skuIds: [],
    userPrincipalName: `${localPart.replace('.', '')}_${domain}#EXT#@contoso.onmicrosoft.example`,
    signInName: `${localPart}@${domain}`.toLowerCase(),
  };
}

/** A habit; unless said otherwise interactive, every day, at 09:20 UTC, for the application's usual resource. */
export function signsIn(
  application: Application,
  outcome: OutcomeName,
  details: Partial<Habit> = {},
): Habit {
  return {
    application,
    resource: application.resource,
    kind: 'interactive',
    outcome,
    everyDays: 1,
    minuteOfDay: 9 * 60 + 20,
    fromDay: Number.NEGATIVE_INFINITY,
    untilDay: Number.POSITIVE_INFINITY,
    ...details,
  };
}

const FIXTURES_TAG = 1;

/** The object id of the person with this key. */
export function fixtureId(key: string): string {
  return guid(hashText(key), FIXTURES_TAG, hashText(key));
}
