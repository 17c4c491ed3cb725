import { createFormats } from '../rendering/formats.ts';
import type { Settings } from '../settings/fields.ts';
import { nextOccurrences } from '../settings/occurrences.ts';
import type { CheckContext } from './check.ts';
import type { Finding } from './finding.ts';

const NEXT_RUNS = 3;

/** The next runs of the digest, in UTC and as the reader of the digest counts time. */
export function checkReportSchedule({ settings, startedAt }: CheckContext): readonly Finding[] {
  const runs = nextOccurrences(settings.reportSchedule, startedAt, NEXT_RUNS);
  return [reportRuns('REPORT_SCHEDULE makes the next digests', runs, settings)];
}

/** The next readings of sign-ins into the ledger. */
export function checkIngestSchedule({ settings, startedAt }: CheckContext): readonly Finding[] {
  const runs = nextOccurrences(settings.ingestSchedule, startedAt, NEXT_RUNS);
  return [reportRuns('INGEST_SCHEDULE reads sign-ins next', runs, settings)];
}

function reportRuns(
  what: string,
  runs: readonly Date[],
  { reportLocale, reportTimeZone }: Settings,
): Finding {
  const write = (timeZone: string) => {
    const { moment } = createFormats(reportLocale, timeZone);
    return runs.map((run) => moment(run.toISOString())).join('; ');
  };
  const local = reportTimeZone === 'UTC' ? '' : ` (in ${reportTimeZone}: ${write(reportTimeZone)})`;
  return { check: 'schedule', level: 'ok', what: `${what} on ${write('UTC')}${local}.` };
}
