import type { Resolution, TrendPoint } from '../report/history.ts';
import type { HitList } from '../report/standings.ts';
import type { EncodedIds } from './encoded-ids.ts';
import type { DecidingSettings } from './deciding-settings.ts';

/** A person as the mail names them. */
export interface NamedPerson {
  /** Object id. */
  readonly id: string;
  readonly userPrincipalName?: string;
  readonly displayName?: string;
}

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
  /** The day of the first run under these settings; undefined where they never changed. */
  readonly settingsSince?: string;
  readonly exceptions: readonly RecordedException[];
}
