import { describe, expect, it } from '@jest/globals';
import { checkIngestSchedule, checkReportSchedule } from '../../lib/doctor/check-schedules.ts';
import { aCheckContext, theFinding } from './a-check-context.ts';

describe('checkReportSchedule', () => {
  it('names the next three digests in UTC', async () => {
    expect((await theFinding(checkReportSchedule(aCheckContext()))).what).toBe(
      'REPORT_SCHEDULE makes the next digests on 22 Nov 2026, 06:00 UTC; 23 Nov 2026, 06:00 UTC; 24 Nov 2026, 06:00 UTC.',
    );
  });

  it('writes them in the reader’s time zone and language as well', async () => {
    const settings = {
      REPORT_SCHEDULE: '0 30 22 * * 6',
      REPORT_TIME_ZONE: 'Australia/Sydney',
      REPORT_LOCALE: 'de-DE',
    };

    expect((await theFinding(checkReportSchedule(aCheckContext({ settings })))).what).toBe(
      'REPORT_SCHEDULE makes the next digests on 21. Nov. 2026, 22:30 UTC; 28. Nov. 2026, 22:30 UTC; 5. Dez. 2026, 22:30 UTC (in Australia/Sydney: 22. Nov. 2026, 09:30 GMT+11; 29. Nov. 2026, 09:30 GMT+11; 6. Dez. 2026, 09:30 GMT+11).',
    );
  });
});

describe('checkIngestSchedule', () => {
  it('names the next three readings', async () => {
    expect((await theFinding(checkIngestSchedule(aCheckContext()))).what).toBe(
      'INGEST_SCHEDULE reads sign-ins next on 21 Nov 2026, 09:20 UTC; 21 Nov 2026, 13:20 UTC; 21 Nov 2026, 17:20 UTC.',
    );
  });
});
