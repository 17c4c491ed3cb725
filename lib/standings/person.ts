import type { EnforcedApplication } from '../entra/applications.ts';
import type { Asker } from '../entra/askers.ts';
import type { MethodClass } from '../entra/methods.ts';
import type { RefusalStage } from '../entra/refusals.ts';
import type { Registration, User } from '../sources/rows.ts';
import type { Standing } from './standings.ts';

/** What a person did at one enforced application inside the window. */
export interface ApplicationUse {
  readonly application: EnforcedApplication;
  readonly successes: number;
  readonly successesWithMfa: number;
  /** Those of which the log says that one factor was enough; the others say nothing of MFA. */
  readonly successesWithOneFactor: number;
  /** Failed sign-ins in which Entra asked for MFA. */
  readonly failuresThatAskedForMfa: number;
  /** First and last successful sign-in, ISO; absent where every sign-in failed. */
  readonly firstAt?: string | undefined;
  readonly lastAt?: string | undefined;
  readonly isInteractive: boolean;
  readonly isNonInteractive: boolean;
}

/**
 * How much a person may do: the order of a list. `role-of-unknown-kind`: the registration report calls them an
 * administrator and no role can be read (scoped, custom or eligible); `unknown`: roles could not be read.
 */
export type Privilege =
  'global-administrator' | 'privileged-role' | 'role' | 'role-of-unknown-kind' | 'unknown' | 'none';

/** How somebody was stopped at MFA: refusals that no success has resolved. Instants are ISO. */
export interface Stopped {
  /** The first unresolved refusal as far as it is known: its instant, or its UTC day. */
  readonly since: string;
  readonly lastAt: string;
  /** UTC days with refusals, and refusals. */
  readonly days: number;
  readonly attempts: number;
  /** Of the last refusal, as are those who asked; nobody: not said. */
  readonly stage: RefusalStage;
  readonly askers: readonly Asker[];
  /** The calls and texts of Microsoft ran out, or may have: every method is a phone. */
  readonly isPhoneOnly: boolean;
  /** Names of the applications, the last one first. */
  readonly applications: readonly string[];
}

/** What is known of somebody who cannot be judged, worst first. */
export const UNKNOWN_GROUPS = [
  'did-not-get-in',
  'refused',
  'used-without-method',
  'used-without-row',
  'no-method',
  'no-row',
  'registration-not-known',
  'did-mfa',
] as const;

export type UnknownGroup = (typeof UNKNOWN_GROUPS)[number];

/** The one thing to do about a person; its words and its link belong to the digest. */
export type NextStep =
  | 'send-pass'
  | 'registration-restricted'
  | 'look-at-methods'
  | 'other-method'
  | 'cross-tenant-trust'
  | 'home-tenant-mfa'
  | 'move-script'
  | 'allow-method'
  | 'register-passkey'
  | 'check-row'
  | 'wait-for-report'
  | 'none';

/** A method that somebody lost by an administrator's hand, or a demand to register again, after their row. */
export interface MethodLoss {
  readonly kind: 'deleted' | 'deleted-by-admin' | 're-registration-demanded';
  /** ISO. */
  readonly at: string;
}

/** A person in scope, with everything that the digest and the CSV files say about them. */
export interface Person {
  readonly user: User;
  readonly registration?: Registration | undefined;
  readonly standing: Standing;
  /** External people do MFA at home; of the rest only emergency accounts can be agents or technical. */
  readonly kind: 'person' | 'external' | 'agent' | 'technical';
  /** One sentence: why this standing. Holds no text of the tenant. */
  readonly reason: string;
  readonly nextStep: NextStep;
  readonly isEmergency: boolean;
  readonly isGuest: boolean;
  readonly privilege: Privilege;
  /** Display names of the directory roles held; undefined where roles could not be read. */
  readonly roles?: readonly string[] | undefined;
  /** Display names of roles that were activated inside the window (Privileged Identity Management). */
  readonly activatedRoles?: readonly string[] | undefined;
  readonly isAdmin?: boolean | undefined;
  /** Set exactly where the standing is `stopped`. */
  readonly stopped?: Stopped | undefined;
  /** Set exactly where the standing is `unknown`. */
  readonly unknownGroup?: UnknownGroup | undefined;
  /** Every method is a phone: the first day on which Microsoft's own SMS and voice do not work, YYYY-MM-DD. */
  readonly phoneOnlyUntil?: string | undefined;
  /** Looks like a script: the pattern in words, without text of the tenant. */
  readonly script?: { readonly pattern: string } | undefined;
  /** A method was registered since the registration report was last refreshed: when, ISO. */
  readonly registeredSince?: string | undefined;
  readonly methodLoss?: MethodLoss | undefined;
  /** Applications with at least one sign-in in the window, latest first. */
  readonly applications: readonly ApplicationUse[];
  /** Last successful sign-in to an enforced application, ISO. */
  readonly lastUseAt?: string | undefined;
  /** Of these with MFA: here, elsewhere or by a claim. */
  readonly lastMfaAt?: string | undefined;
  /** Successful sign-ins to enforced applications in the window. */
  readonly successfulSignIns: number;
  readonly successfulSignInsWithMfa: number;
  /** Last sign-in that was refused for want of MFA, ISO, resolved or not, and who asked there. */
  readonly lastRefusalAt?: string | undefined;
  readonly lastRefusalAskers: readonly Asker[];
  /** Who asked at the successes with MFA; undefined where not said or the window was not read whole with its askers. */
  readonly mfaAskedBy?: 'application' | 'tenant' | 'both' | undefined;
  /** Display names of the methods registered. */
  readonly methods: readonly string[];
  readonly strongestMethod: MethodClass;
  readonly weakestMethod: MethodClass;
  /** Product names; undefined where licences could not be read. */
  readonly licences?: readonly string[] | undefined;
  readonly findingId?: string | undefined;
  readonly ageDays?: number | undefined;
}
