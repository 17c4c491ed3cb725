import type { MicrosoftChange } from '../entra/announcements.ts';
import type { EnforcedApplication } from '../entra/applications.ts';
import type { History } from '../findings/findings.ts';
import type { SourceCoverage } from '../sources/coverage.ts';
import type { User } from '../sources/rows.ts';
import type { Hits } from '../standings/judge-people.ts';
import type { MethodLoss, Person, UnknownGroup } from '../standings/person.ts';
import type { HitList, Standing } from '../standings/standings.ts';

/** A number that may hang on a missing source: exact, a lower bound, or not known. */
export type Figure =
  { readonly kind: 'exact' | 'at-least'; readonly value: number } | { readonly kind: 'not-known' };

export interface HitFigures {
  readonly people: Figure;
  /** Of these, holders of a directory role. */
  readonly admins: Figure;
  /** Of the people, those who have registered since and leave when Entra's report catches up. */
  readonly registered?: number | undefined;
}

export interface Figures {
  readonly inScope: number;
  readonly hits: Readonly<Record<HitList, HitFigures>>;
  /** Without a usable method by the registration report alone, whatever is known of sign-ins. */
  readonly withoutMethod: { readonly people: Figure; readonly admins: Figure };
  readonly newAccounts: Figure;
  /** Of the people with a registration row, those capable of MFA: 0 to 1. Undefined: not known. */
  readonly capableShare?: number | undefined;
  readonly standings: Readonly<Record<Standing, number>>;
}

/** Who was found in the tenant, enabled and not left out by a setting. */
export interface Counted {
  readonly people: number;
  readonly externals: number;
  /** AI agents, which can hold no method, and those of them that sign in to enforced applications. */
  readonly agents: number;
  readonly agentsAtEnforced: number;
  /** Synchronisation accounts, monitoring mailboxes and the like. */
  readonly technical: number;
}

/** What the tenant as a whole did at one enforced application. */
export interface TenantUse {
  readonly application: EnforcedApplication;
  /** Refusals and sign-ins of everybody in the last seven days. */
  readonly refusals: Figure;
  readonly signIns: Figure;
  readonly signInsWithMfa: Figure;
  /** Of those with MFA: asked for by the application alone, by a measure of the tenant, or not said. */
  readonly askedBy: {
    readonly application: Figure;
    readonly tenant: Figure;
    readonly unsaid: Figure;
  };
  /** People in scope who got in with one factor at least once inside the window, and never with MFA. */
  readonly oneFactorPeople: Figure;
}

/** People who did MFA only because the application asked. */
export interface OnlyMicrosoft {
  /** Undefined where the window was not read whole with its askers. */
  readonly people?: readonly Person[] | undefined;
  readonly admins?: Figure | undefined;
  /** The UTC day from which askers are known, where that is later than the window begins. */
  readonly knownSince?: string | undefined;
}

export const EMERGENCY_CHECKS = [
  'found',
  'enabled',
  'cloud-only',
  'initial-domain',
  'global-administrator',
  'strong-method',
  'drill',
] as const;

export type EmergencyCheck = (typeof EMERGENCY_CHECKS)[number];

/** A configured emergency account and its state in words. */
export interface EmergencyAccount {
  /** What the setting names: a UPN or an object id. Absent people are reported, not dropped. */
  readonly configured: string;
  readonly person?: Person | undefined;
  readonly user?: User | undefined;
  /** `ready` only where every check is `yes`. */
  readonly state: 'ready' | 'gap' | 'disabled' | 'not-found' | 'not-known';
  readonly checks: readonly {
    readonly check: EmergencyCheck;
    readonly state: 'yes' | 'no' | 'not-known';
  }[];
  /** Last successful use, ISO, and whether the next drill is due: 75 days later. */
  readonly lastUsedAt?: string | undefined;
  readonly isDrillDue: boolean;
  /** Why it is not known whether it was used since the last digest: a clause that can follow "because". */
  readonly newsUnknownBecause?: string | undefined;
  /** One or two sentences: what is so, and what to do. Holds no text of the tenant. */
  readonly sentence: string;
}

/** What happened to an emergency account since the last digest. Names are text of the tenant. */
export type EmergencyNews = { readonly user: User; /** ISO. */ readonly at: string } & (
  | {
      readonly kind: 'sign-in';
      readonly application: string;
      readonly hasSucceeded: boolean;
      readonly isInteractive: boolean;
    }
  | {
      readonly kind: 'method';
      readonly what: MethodLoss['kind'] | 'registered';
    }
);

/** A dated announcement of Microsoft that concerns somebody here. */
export interface NextChange {
  readonly change: MicrosoftChange;
  readonly daysLeft: number;
  /** How many people it concerns. */
  readonly people: number;
}

/** What one run found. Everything that is shown derives from this value. */
export interface Report {
  readonly generatedAt: string;
  readonly tenant: { readonly id?: string | undefined; readonly name?: string | undefined };
  readonly isPartial: boolean;
  readonly coverage: readonly SourceCoverage[];
  /** Asked for, ISO: midnight UTC, DAYS_TO_CHECK_LOGS days before today, to now. */
  readonly askedFrom: string;
  readonly askedDays: number;
  /** The window of sign-ins really seen, ISO; undefined where none could be read. */
  readonly seenFrom?: string | undefined;
  readonly seenTo?: string | undefined;
  /** False in national clouds, where mandatory MFA is not enforced. */
  readonly isEnforced: boolean;
  /** True where the tenant has no Entra ID P1 or P2: security defaults are then what costs nothing. */
  readonly isFree: boolean;
  /** Whether this is the first report under other rules than the last one. */
  readonly haveRulesChanged: boolean;
  readonly figures: Figures;
  readonly counted: Counted;
  /** Everybody in scope. */
  readonly people: readonly Person[];
  /** The hit lists, each in order: emergency accounts, privilege, latest use; those registered since come last. */
  readonly hits: Hits;
  /** The unknown people by what is known of them, worst first. */
  readonly unknownGroups: readonly {
    readonly group: UnknownGroup;
    readonly people: readonly Person[];
  }[];
  /** Lists that are no hits, whatever the standing, each in order. */
  readonly phoneOnly: readonly Person[];
  readonly scripts: readonly Person[];
  readonly onlyMicrosoft: OnlyMicrosoft;
  /** Every enforced application that somebody used or was refused at. */
  readonly tenantUse: readonly TenantUse[];
  readonly nextChanges: readonly NextChange[];
  readonly emergencyAccounts: readonly EmergencyAccount[];
  /** Newest first. */
  readonly emergencyNews: readonly EmergencyNews[];
  /** Sign-ins to enforced applications by ids that are not in /users, and how many ids. */
  readonly notInDirectory: { readonly people: number; readonly signIns: number };
  /** People in EXCLUDED_USERS, out of scope. */
  readonly excludedUsers: readonly User[];
  /** What changed; undefined where a run keeps no stored state at all. */
  readonly history?: History | undefined;
  /** How far the machine's clock was ahead of Graph's, where that was too far: the report goes by Graph's, and is not recorded. */
  readonly clockSkewMs?: number | undefined;
  /** Sentences about everybody that the reader must know, such as activity that could not be read. */
  readonly remarks: readonly string[];
}
