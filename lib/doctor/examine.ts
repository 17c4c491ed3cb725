import type { Check, CheckContext } from './check.ts';
import { checkAlarm } from './check-alarm.ts';
import { checkClock } from './check-clock.ts';
import { checkLicence } from './check-licence.ts';
import { checkMemory } from './check-memory.ts';
import { checkPermissions } from './check-permissions.ts';
import { checkIngestSchedule, checkReportSchedule } from './check-schedules.ts';
import { checkSender } from './check-sender.ts';
import { checkRunTimeLimit } from './check-settings.ts';
import { checkToken } from './check-token.ts';
import type { Finding } from './finding.ts';
import { notKnown } from './not-known.ts';

const GRAPH = ['GRAPH_AUTH', 'GRAPH_ENDPOINT', 'AZURE_CLIENT_ID'];
const STATE = ['STATE_LOCATION', 'STATE_CONTAINER'];
const FORMATS = ['REPORT_LOCALE', 'REPORT_TIME_ZONE'];
const DAYS = ['DAYS_TO_CHECK_LOGS', 'LEDGER_RETENTION_DAYS'];
const ALARM = ['REPORT_SCHEDULE', 'ALERT_ON_MISSING_DIGEST', 'RUN_TIME_LIMIT_MINUTES'];

/** Every check, in the order in which one rests on another. */
const CHECKS: readonly Check[] = [
  { name: 'settings', needs: ['RUN_TIME_LIMIT_MINUTES'], examine: checkRunTimeLimit },
  { name: 'token', needs: GRAPH, examine: checkToken },
  { name: 'permissions', needs: [...GRAPH, 'MAILBOX_SCOPING'], examine: checkPermissions },
  { name: 'sender', needs: [...GRAPH, 'EMAIL_FROM'], examine: checkSender },
  { name: 'licence', needs: [...GRAPH, ...DAYS, ...STATE], examine: checkLicence },
  { name: 'clock', needs: GRAPH, examine: checkClock },
  { name: 'memory', needs: STATE, examine: checkMemory },
  { name: 'schedule', needs: ['REPORT_SCHEDULE', ...FORMATS], examine: checkReportSchedule },
  { name: 'schedule', needs: ['INGEST_SCHEDULE', ...FORMATS], examine: checkIngestSchedule },
  { name: 'alarm', needs: [...ALARM, 'REPORT_LOCALE'], examine: checkAlarm },
];

export interface ExamineOptions {
  /** Ends every check that is still under way. */
  readonly signal: AbortSignal;
  /** Settings that cannot be used: what needs one of them is not checked. */
  readonly unusable: readonly string[];
}

/** Makes every check, all at once. A check that fails is a finding; nothing throws. */
export async function examine(
  context: CheckContext,
  { signal, unusable }: ExamineOptions,
): Promise<readonly Finding[]> {
  const findings = await Promise.all(
    CHECKS.map(async (check): Promise<readonly Finding[]> => {
      const lacking = check.needs.filter((setting) => unusable.includes(setting));
      if (lacking.length > 0) return [notChecked(check, lacking)];
      try {
        return await until(signal, async () => check.examine(context, signal));
      } catch (error) {
        return [notKnown(check.name, error)];
      }
    }),
  );
  return findings.flat();
}

function notChecked({ name }: Check, lacking: readonly string[]): Finding {
  const what = `Not checked, because ${lacking.join(' and ')} cannot be used.`;
  return { check: name, level: 'warning', what };
}

/** Does the work, and leaves it alone as soon as the signal is aborted. */
function until<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
  const stopped = new Promise<never>((_resolve, reject) => {
    const stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([stopped, work()]);
}
