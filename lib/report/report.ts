import type { EnforcedApplication } from '../sources/applications.ts';
import type { SourceCoverage } from '../sources/coverage.ts';
import type { Registration, User } from '../sources/rows.ts';
import type { History } from './history.ts';
import type { MethodClass } from './methods.ts';
import type { HitList, Standing } from './standings.ts';

/** What a person did at one enforced application inside the window. */
export interface ApplicationUse {
  readonly application: EnforcedApplication;
  readonly successes: number;
  readonly successesWithMfa: number;
  /** Failed sign-ins in which Entra asked for MFA. */
  readonly failuresThatAskedForMfa: number;
  /** First and last successful sign-in, ISO; absent where every sign-in failed. */
  readonly firstAt?: string;
  readonly lastAt?: string;
  readonly isInteractive: boolean;
  readonly isNonInteractive: boolean;
}

/** How much a person may do: the order of a list. `unknown` where roles could not be read. */
export type Privilege = 'global-administrator' | 'privileged-role' | 'role' | 'none' | 'unknown';

/** A person in scope, with everything that the digest and the CSV files say about them. */
export interface Person {
  readonly user: User;
  readonly registration?: Registration;
  readonly standing: Standing;
  /** One sentence: why this standing. Holds no text of the tenant. */
  readonly reason: string;
  readonly isEmergency: boolean;
  readonly isGuest: boolean;
  readonly privilege: Privilege;
  /** Display names of the directory roles held; undefined where roles could not be read. */
  readonly roles?: readonly string[];
  readonly isAdmin?: boolean;
  /** Applications with at least one sign-in in the window, latest first. */
  readonly applications: readonly ApplicationUse[];
  /** Last successful sign-in to an enforced application, ISO. */
  readonly lastUseAt?: string;
  /** Display names of the methods registered. */
  readonly methods: readonly string[];
  readonly strongestMethod: MethodClass;
  readonly weakestMethod: MethodClass;
  /** Product names; undefined where licences could not be read. */
  readonly licences?: readonly string[];
  readonly findingId?: string;
  readonly ageDays?: number;
}

/** A number that may hang on a missing source: exact, a lower bound, or not known. */
export type Figure =
  { readonly kind: 'exact' | 'at-least'; readonly value: number } | { readonly kind: 'not-known' };

export interface HitFigures {
  readonly people: Figure;
  /** Of these, holders of a directory role. */
  readonly admins: Figure;
}

export interface Figures {
  readonly inScope: number;
  readonly hits: Readonly<Record<HitList, HitFigures>>;
  readonly newAccounts: Figure;
  /** Of the people with a registration row, those capable of MFA: 0 to 1. Undefined: not known. */
  readonly capableShare?: number;
  readonly standings: Readonly<Record<Standing, number>>;
}

/** A configured emergency account and its state in words. */
export interface EmergencyAccount {
  /** What the setting names: a UPN or an object id. Absent people are reported, not dropped. */
  readonly configured: string;
  readonly person?: Person;
  readonly user?: User;
  readonly state: 'ready' | 'gap' | 'disabled' | 'not-found' | 'not-known';
  /** One or two sentences: what is so, and what to do. Holds no text of the tenant. */
  readonly sentence: string;
}

/** What one run found. Everything that is shown derives from this value. */
export interface Report {
  readonly generatedAt: string;
  readonly tenant: { readonly id?: string; readonly name?: string };
  readonly isPartial: boolean;
  readonly coverage: readonly SourceCoverage[];
  /** Asked for, ISO: midnight UTC, DAYS_TO_CHECK_LOGS days before today, to now. */
  readonly askedFrom: string;
  readonly askedDays: number;
  /** The window of sign-ins really seen, ISO; undefined where none could be read. */
  readonly seenFrom?: string;
  readonly seenTo?: string;
  readonly figures: Figures;
  /** Everybody in scope. */
  readonly people: readonly Person[];
  /** The hit lists, each in order: emergency accounts, privilege, latest use. */
  readonly hits: Readonly<Record<HitList, readonly Person[]>>;
  readonly emergencyAccounts: readonly EmergencyAccount[];
  /** Sign-ins to enforced applications by ids that are not in /users, and how many ids. */
  readonly strangers: { readonly people: number; readonly signIns: number };
  /** People in EXCLUDED_USERS, out of scope. */
  readonly excludedUsers: readonly User[];
  /** What changed; undefined where a run keeps no memory at all. */
  readonly history?: History;
  /** Sentences about everybody that the reader must know, such as activity that could not be read. */
  readonly remarks: readonly string[];
}
