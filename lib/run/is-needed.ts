import { isWorthSending } from '../history/worth-sending.ts';
import type { Report } from '../report/report.ts';
import { HIT_LISTS } from '../report/standings.ts';
import type { Settings } from '../settings/fields.ts';

/** Whether SEND_WHEN asks for this report to be mailed; a PARTIAL one always is. */
export function isNeeded(report: Report, { debugOutput, sendWhen }: Settings): boolean {
  if (report.isPartial || debugOutput) return true;
  switch (sendWhen) {
    case 'always':
      return true;
    case 'changes':
      return isWorthSending(report);
    case 'hits':
      return HIT_LISTS.some((list) => report.hits[list].length > 0);
  }
}
