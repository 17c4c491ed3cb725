import { APPLICATIONS } from '../entra/applications.ts';
import {
  EVIDENCE_COUNTS,
  MFA_BY_APPLICATION,
  MFA_BY_TENANT,
  MFA_COUNTS,
  refusalsOf,
  sumOf,
} from '../sign-ins/day-row.ts';
import type { DayRow } from '../sign-ins/day-row.ts';
import { DAY_MS } from '../utc-day.ts';

/** What all users together did at one application in the last days. */
export interface RecentTotal {
  readonly refusals: number;
  readonly signIns: number;
  readonly signInsWithMfa: number;
  /** Of those with MFA: asked for by the application alone, and by a measure of the tenant's own. */
  readonly byApplication: number;
  readonly byTenant: number;
}

/** The last so many whole UTC days, and today so far. */
export const RECENT_DAYS = 7;

const NUMBERS = 5;

/** Adds up the newest days of a window by application. */
export class RecentTotals {
  readonly #from: number;
  readonly #sums = new Float64Array(APPLICATIONS.length * NUMBERS);

  /** `today` is midnight UTC, milliseconds since 1970. */
  constructor(today: number) {
    this.#from = today - RECENT_DAYS * DAY_MS;
  }

  add(dayStart: number, application: number, row: Pick<DayRow, 'counts'>): void {
    if (dayStart < this.#from) return;
    const [sums, at, { counts }] = [this.#sums, application * NUMBERS, row];
    sums[at]! += refusalsOf(row);
    sums[at + 1]! += sumOf(counts, 0, EVIDENCE_COUNTS);
    sums[at + 2]! += sumOf(counts, 0, MFA_COUNTS);
    sums[at + 3]! += counts[MFA_BY_APPLICATION]!;
    sums[at + 4]! += counts[MFA_BY_TENANT]!;
  }

  of(application: number): RecentTotal {
    const at = application * NUMBERS;
    const [refusals = 0, signIns = 0, signInsWithMfa = 0, byApplication = 0, byTenant = 0] =
      this.#sums.subarray(at, at + NUMBERS);
    return { refusals, signIns, signInsWithMfa, byApplication, byTenant };
  }
}
