import { createFormats } from '../digest/text/wording.ts';
import type { Settings } from '../settings/fields.ts';
import { nextOccurrences, occurrenceAt, zoneOf } from '../settings/schedule.ts';
import { HOUR_MS } from '../utc-day.ts';
import { FUNCTION_TIMEOUT_MINUTES } from './check-settings.ts';
import type { CheckContext, Finding } from './check.ts';

const NEXT_RUNS = 3;

/** The next runs of the digest, in UTC and as the reader of the digest counts time. */
export function checkReportSchedule({ settings, startedAt }: CheckContext): readonly Finding[] {
  const runs = nextOccurrences(settings.reportSchedule, startedAt, NEXT_RUNS);
  const zone = zoneOf(settings.reportSchedule);
  return [
    reportRuns('REPORT_SCHEDULE makes the next digests', runs, settings),
    ...(zone === undefined
      ? []
      : [
          {
            check: 'schedule' as const,
            level: 'warning' as const,
            what: `TZ or WEBSITE_TIME_ZONE sets the host to ${zone}, so it fires REPORT_SCHEDULE and INGEST_SCHEDULE by local time and not in UTC.`,
            todo: 'Take the setting away, or write the schedules in that zone.',
          },
        ]),
  ];
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

/** The alarm speaks when no digest was sent, nor knowingly not needed, in so many hours. */
export const ALARM_HOURS = 26;

/** Long enough for every day of the week and of the month to come by. */
const LOOKAHEAD_DAYS = 35;
const MINUTE_MS = 60_000;

interface Gap {
  readonly from: Date;
  readonly to: Date;
}

/**
 * Whether the alarm for a missing digest fits the schedule. A digest may come as late as a run may take
 * after its instant, and the one before may have come at once, so that much less may lie between two instants.
 */
export function checkAlarm({ settings, startedAt }: CheckContext): readonly Finding[] {
  if (!settings.alertOnMissingDigest) {
    const what = `The alarm for a digest that is missing for ${ALARM_HOURS} hours is off, as ALERT_ON_MISSING_DIGEST says.`;
    return [{ check: 'alarm', level: 'ok', what }];
  }
  const latestMinutes = Math.min(settings.runTimeLimitMinutes, FUNCTION_TIMEOUT_MINUTES);
  const longestMs = ALARM_HOURS * HOUR_MS - latestMinutes * MINUTE_MS;
  const gap = findGap(settings.reportSchedule, startedAt, longestMs);
  if (gap === undefined) {
    const what = `REPORT_SCHEDULE fits the alarm for a digest that is missing for ${ALARM_HOURS} hours.`;
    return [{ check: 'alarm', level: 'ok', what }];
  }
  const { moment } = createFormats(settings.reportLocale, 'UTC');
  const gapHours = Math.round((gap.to.getTime() - gap.from.getTime()) / HOUR_MS);
  return [
    {
      check: 'alarm',
      level: 'warning',
      what: `REPORT_SCHEDULE leaves ${gapHours} hours between ${moment(gap.from.toISOString())} and ${moment(gap.to.toISOString())}, so the alarm for a digest that is missing for ${ALARM_HOURS} hours can speak without cause.`,
      todo: 'Set ALERT_ON_MISSING_DIGEST to false and deploy again, or let REPORT_SCHEDULE run at least daily.',
      facts: { gapHours },
    },
  ];
}

/** The first gap between two runs of the next weeks, the present one among them, that is longer than this. */
function findGap(schedule: string, instant: Date, longestMs: number): Gap | undefined {
  const lastMs = instant.getTime() + LOOKAHEAD_DAYS * 24 * HOUR_MS;
  let from = occurrenceAt(schedule, instant) ?? nextOccurrences(schedule, instant, 1)[0];
  while (from !== undefined && from.getTime() < lastMs) {
    // The latest run within reach: between it and this one no gap can be too long.
    const reached = occurrenceAt(schedule, new Date(from.getTime() + longestMs));
    if (reached === undefined || reached.getTime() === from.getTime()) {
      const to = nextOccurrences(schedule, from, 1)[0];
      return to && { from, to };
    }
    from = reached;
  }
  return undefined;
}
