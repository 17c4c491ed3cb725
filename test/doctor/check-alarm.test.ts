import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ALARM_HOURS, checkAlarm } from '../../lib/doctor/check-schedules.ts';
import { aCheckContext, theFinding } from './a-check-context.ts';

describe('checkAlarm', () => {
  it.each([
    ['daily', '0 0 6 * * *'],
    ['every second', '* * * * * *'],
    ['twice a day', '0 0 6,18 * * *'],
    ['25 hours apart at most', '0 0 6,7 * * *'],
  ])('is content with a schedule that runs %s', async (_what, REPORT_SCHEDULE) => {
    expect(await findingFor({ REPORT_SCHEDULE })).toMatchObject({ level: 'ok' });
  });

  it.each([
    ['on weekdays', '0 30 5 * * 1-5', 72, '20 Nov 2026, 05:30 UTC and 23 Nov 2026, 05:30 UTC'],
    ['weekly', '0 0 6 * * 3', 168, '18 Nov 2026, 06:00 UTC and 25 Nov 2026, 06:00 UTC'],
    ['but on the first', '0 0 6 2-31 * *', 48, '30 Nov 2026, 06:00 UTC and 2 Dec 2026, 06:00 UTC'],
    ['monthly', '0 0 6 1 * *', 720, '1 Nov 2026, 06:00 UTC and 1 Dec 2026, 06:00 UTC'],
    [
      'every five minutes of working days',
      '0 */5 8-17 * * 1-5',
      62,
      '20 Nov 2026, 17:55 UTC and 23 Nov 2026, 08:00 UTC',
    ],
    ['on leap days', '0 0 6 29 2 *', 35_064, '29 Feb 2024, 06:00 UTC and 29 Feb 2028, 06:00 UTC'],
  ])('names the gap of a schedule that runs %s', async (_what, REPORT_SCHEDULE, gapHours, gap) => {
    const finding = await findingFor({ REPORT_SCHEDULE });

    expect(finding).toMatchObject({ level: 'warning', facts: { gapHours } });
    expect(finding.what).toContain(`leaves ${gapHours} hours between ${gap}`);
    expect(finding.todo).toContain('ALERT_ON_MISSING_DIGEST');
  });

  it.each([
    ['1', 'ok'],
    ['25', 'warning'],
  ])(
    'judges a gap of 25 h 50 min by a run of %s minutes',
    async (RUN_TIME_LIMIT_MINUTES, level) => {
      const settings = { REPORT_SCHEDULE: '0 0,10 0-22 1-31/2 * *', RUN_TIME_LIMIT_MINUTES };

      expect(await findingFor(settings)).toMatchObject({ level });
    },
  );

  it('does not let a run take longer than the host does', async () => {
    const settings = { REPORT_SCHEDULE: '0 0 6 * * *', RUN_TIME_LIMIT_MINUTES: '600' };

    expect(await findingFor(settings)).toMatchObject({ level: 'ok' });
  });

  it('has nothing to hold against a schedule where the alarm is off', async () => {
    const settings = { REPORT_SCHEDULE: '0 0 6 * * 3', ALERT_ON_MISSING_DIGEST: 'False' };

    expect(await findingFor(settings)).toMatchObject({ level: 'ok' });
  });

  it('counts as many hours as the alarm that is deployed', () => {
    expect(readFileSync('infra/alerts/no-digest.kql', 'utf8')).toContain(`ago(${ALARM_HOURS}h)`);
  });
});

function findingFor(settings: Readonly<Record<string, string>>) {
  return theFinding(checkAlarm(aCheckContext({ settings })));
}
