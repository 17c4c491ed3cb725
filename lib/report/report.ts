import type { History } from '../findings/findings.ts';
import type { SourceCoverage } from '../sources/coverage.ts';
import type { User } from '../sources/rows.ts';
import type { Person } from '../standings/person.ts';
import type { HitList, Standing } from '../standings/standings.ts';

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
  readonly tenant: { readonly id?: string | undefined; readonly name?: string | undefined };
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
