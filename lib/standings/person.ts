import type { EnforcedApplication } from '../entra/applications.ts';
import type { MethodClass } from '../entra/methods.ts';
import type { Registration, User } from '../sources/rows.ts';
import type { Standing } from './standings.ts';

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
