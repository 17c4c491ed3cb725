import type { RefusalStage } from '../entra/refusals.ts';

/** What one person did at one application over a window, both kinds together. Instants are milliseconds since 1970. */
export interface Use {
  /** Place in APPLICATIONS. */
  readonly application: number;
  /** Successes, and how many of them have which evidence of MFA; these add up. */
  readonly successes: number;
  readonly here: number;
  readonly elsewhere: number;
  readonly claim: number;
  readonly unsaid: number;
  readonly none: number;
  /** Of `here`, by means that the registration report does not count: certificates, Windows Hello for Business. */
  readonly hereUncounted: number;
  /** First and last success; 0 where every sign-in failed. */
  readonly firstAt: number;
  readonly lastAt: number;
  /** Last success with MFA: here, elsewhere or by a claim; 0 where there is none. */
  readonly lastMfaAt: number;
  readonly lastHereAt: number;
  /** By stage, in the order of STAGES. */
  readonly refusals: readonly [
    enrol: number,
    cannotEnrol: number,
    notPassed: number,
    expired: number,
    notTrusted: number,
  ];
  readonly lastRefusalAt: number;
  readonly lastRefusalStage: RefusalStage | undefined;
  /** A mask of ASKERS. */
  readonly lastRefusalAskers: number;
  /** Successes with MFA by asker: only the application, any measure of the tenant's own, not said. */
  readonly mfaByApplication: number;
  readonly mfaByTenant: number;
  readonly mfaByUnsaid: number;
  readonly isInteractive: boolean;
  readonly isNonInteractive: boolean;
  /** Refusals that no later success with MFA at any enforced application, or any at this one, has resolved. */
  readonly unresolved?: UnresolvedRefusals | undefined;
}

/** Refusals since the last resolution. */
export interface UnresolvedRefusals {
  readonly lastAt: number;
  /** Of the last; askers are a mask of ASKERS. */
  readonly stage: RefusalStage;
  readonly askers: number;
  /** Oldest first, none empty. */
  readonly days: readonly RefusalDay[];
}

/**
 * The refusals of one UTC day; of the resolution's own day only what is proven to lie after it, which is its last
 * refusal of each kind.
 */
export interface RefusalDay {
  /** Midnight UTC. */
  readonly start: number;
  /** The first as far as it is known: 00:00 where only the day is. */
  readonly since: number;
  readonly lastAt: number;
  /** The last one at a screen; 0 where there is none. */
  readonly lastInteractiveAt: number;
  readonly attempts: number;
  readonly interactiveAttempts: number;
  /** Whether a username-password flow was among them. */
  readonly ropc: boolean;
}

/** When somebody uses tools, which may show a script: over the last 14 whole UTC days. */
export interface ToolPattern {
  /** Days with non-interactive use of tools, refused or not. */
  readonly toolDays: number;
  /** Different hours of the day, 0 to 24. */
  readonly hours: number;
  /** Of the four days of weekends. */
  readonly weekendDays: number;
  /** Anything interactive at an enforced application in 30 days, attempts included. */
  readonly isInteractiveSeen: boolean;
  /** A username-password flow in the window, refused or not. */
  readonly ropc: boolean;
}

export const NO_PATTERN: ToolPattern = {
  toolDays: 0,
  hours: 0,
  weekendDays: 0,
  isInteractiveSeen: false,
  ropc: false,
};
