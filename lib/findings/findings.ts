import type { EncodedIds } from '../guid.ts';
import type { Hits } from '../standings/judge-people.ts';
import type { Person } from '../standings/person.ts';
import type { HitList } from '../standings/standings.ts';
import type { DecidingSettings } from './deciding-settings.ts';

/** Judged people and what is known of them from earlier reports: what a report is built of. */
export interface Findings {
  /** Everybody in scope, with the ids and ages of their findings. */
  readonly people: readonly Person[];
  /** The hit lists, without excepted people. */
  readonly hits: Hits;
  /** By object id, lower case. */
  readonly isExcepted: (id: string) => boolean;
  /** What changed; undefined where a run keeps no stored state at all. */
  readonly history?: History | undefined;
}

/** A person as the mail names them. */
export interface NamedPerson {
  /** Object id. */
  readonly id: string;
  readonly userPrincipalName?: string;
  readonly displayName?: string;
}

/** From this many days before its end an exception is news every day, and a risk. */
export const EXPIRY_NOTICE_DAYS = 14;

/** A finding that somebody must act on. Days are UTC, YYYY-MM-DD. */
export interface OpenFinding extends NamedPerson {
  readonly findingId: string;
  readonly list: HitList;
  /** Age counts from here. */
  readonly openedOn: string;
  readonly firstOpenedOn: string;
}

/** A finding that is resolved. Whose it was is known for 30 days. */
export interface ClosedFinding extends Partial<NamedPerson> {
  readonly findingId: string;
  readonly firstOpenedOn: string;
  readonly resolvedOn: string;
  readonly how: Resolution;
  /** True while nothing but an exception keeps the person out of the lists; the object id is then kept. */
  readonly isPaused?: true;
}

/** A recorded scheduled run. */
export interface RecordedPoint extends TrendPoint {
  /** People who have left the lists by exception since the first run, less those who came back. */
  readonly excepted: number;
}

/** An exception that held at a run, by object id. */
export interface RecordedException {
  readonly id: string;
  readonly reason: string;
  readonly approvedBy: string;
  readonly expiresOn: string;
}

/** What is remembered of everybody after a run, for the next one to compare with. */
export interface Lifecycle {
  /** ISO. */
  readonly reportedAt: string;
  /** The scheduled instant that the report was for, ISO; absent on demand. */
  readonly occurrenceAt?: string;
  readonly open: readonly OpenFinding[];
  readonly closed: readonly ClosedFinding[];
  /** Who could do MFA when last seen by a run that could judge them. */
  readonly capable: EncodedIds;
  /** Enabled accounts that were out of scope by their role when roles were last read, lower case. */
  readonly synchronisation: readonly string[];
  /** The last 30 runs and those of the last four weeks, oldest first. */
  readonly trend: readonly RecordedPoint[];
  readonly settings: DecidingSettings;
  /** The edition of the rules by which was judged. */
  readonly rules?: number | undefined;
  /** The day of the first run under these settings; undefined where they never changed. */
  readonly settingsSince?: string;
  readonly exceptions: readonly RecordedException[];
}

/** The five changes that a finding can make between two runs, in the order in which they are told. */
export const CHANGES = ['opened', 'regressed', 'reopened', 'moved', 'resolved'] as const;

export type ChangeKind = (typeof CHANGES)[number];

/** How a finding was resolved. */
export const RESOLUTIONS = [
  'registered',
  'mfa-seen',
  'disabled',
  'left',
  'not-refused',
  'unused',
  'inactive',
  'excepted',
  'out-of-scope',
  'rules-changed',
] as const;

export type Resolution = (typeof RESOLUTIONS)[number];

/** One person's change since the last recorded run. */
export interface Change {
  readonly findingId: string;
  readonly id: string;
  readonly userPrincipalName?: string;
  readonly displayName?: string;
  readonly kind: ChangeKind;
  readonly how?: Resolution;
  readonly from?: HitList | undefined;
  readonly to?: HitList;
  /** UTC day, YYYY-MM-DD. */
  readonly openedOn: string;
  readonly ageDays: number;
  /** One sentence, without text of the tenant. */
  readonly reason: string;
}

/** One recorded scheduled run, for the trend. */
export interface TrendPoint {
  /** UTC day, YYYY-MM-DD. */
  readonly day: string;
  readonly isPartial: boolean;
  readonly hits: Readonly<Record<HitList, number>>;
}

/** An exception that holds today. */
export interface ActiveException {
  readonly id: string;
  readonly userPrincipalName?: string | undefined;
  readonly displayName?: string | undefined;
  /** Why, and who approved it: text of the operator. */
  readonly reason: string;
  readonly approvedBy: string;
  /** The last day that counts, YYYY-MM-DD, and the days left, 0 on that day. */
  readonly expiresOn: string;
  readonly daysLeft: number;
  readonly isNew: boolean;
}

export interface Exceptions {
  readonly active: readonly ActiveException[];
  /** Exceptions that held at the last run and do not any more. */
  readonly ended: readonly Omit<ActiveException, 'daysLeft' | 'isNew'>[];
  /** By line of exceptions.csv, 1 is the header. No text of the tenant in `because`. */
  readonly refused: readonly { readonly line: number; readonly because: string }[];
  /** Set where the file itself cannot be used: one sentence. */
  readonly problem?: string | undefined;
}

/** What the product remembers and how this run compares with it. */
export interface History {
  /**
   * kept: changes are known; first: no earlier report, changes are named from the next one on; lost: the stored state
   * cannot be reached or read; none: switched off on purpose.
   */
  readonly state: 'kept' | 'first' | 'lost' | 'none';
  /** lost, or first after something was set aside: clauses that can follow "because". */
  readonly problems: readonly string[];
  /** The UTC day of the report that changes are counted from. */
  readonly comparedWith?: string;
  readonly changes: readonly Change[];
  /** Settings that decide standings and differ from the last run's, by name. */
  readonly changedSettings: readonly string[];
  /** Whether the last report judged by other rules, so that people may have moved without doing anything. */
  readonly haveRulesChanged: boolean;
  /** Scheduled runs, oldest first, at most 30, today's last. */
  readonly trend: readonly TrendPoint[];
  readonly medianAgeDays?: number | undefined;
  readonly resolvedLast7Days: number;
  readonly resolvedLast30Days: number;
  /** The day on which no finding would be open if the last four weeks went on; undefined: no projection. */
  readonly zeroOn?: string | undefined;
  readonly exceptions: Exceptions;
  /** Set where an earlier digest was never delivered: its scheduled instants, ISO. */
  readonly undelivered: readonly string[];
}
