import type { DocumentFormat } from '../memory/document.ts';
import { recordOf } from '../sources/decode.ts';

/** Ids of the ledger that are not among the tenant's users. */
export interface AbsentContent {
  /** The UTC day on which they were last compared, YYYY-MM-DD. */
  readonly comparedOn: string;
  /** The last day from which ids were dropped; the next time goes on after it. */
  readonly sweptTo: string;
  /** The day since which each id has been absent. */
  readonly since: Readonly<Record<string, string>>;
}

export function absentName(tenantId: string): string {
  return `ledger/${tenantId}/absent.json.gz`;
}

export const ABSENT_FORMAT: DocumentFormat<AbsentContent> = {
  kind: 'sign-in-absent',
  version: 1,
  parse({ comparedOn, sweptTo, since }) {
    const days = recordOf(since);
    const areDays = Object.values(days).every((day) => typeof day === 'string');
    if (typeof comparedOn !== 'string' || typeof sweptTo !== 'string' || !areDays) {
      throw new RangeError('The document does not hold what its kind promises.');
    }
    return { comparedOn, sweptTo, since: days as Readonly<Record<string, string>> };
  },
};
