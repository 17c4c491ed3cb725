import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  checkRunTimeLimit,
  FUNCTION_TIMEOUT_MINUTES,
  reportSettings,
} from '../../lib/doctor/check-settings.ts';
import { aCheckContext, theFinding } from './a-check-context.ts';

describe('reportSettings', () => {
  it('says in one line that every setting can be used', async () => {
    expect(await theFinding(reportSettings([]))).toMatchObject({ level: 'ok' });
  });

  it('names every setting that cannot be used', () => {
    const findings = reportSettings([
      { setting: 'EMAIL_TO', problem: 'is missing.' },
      { setting: 'SEND_WHEN', problem: 'must be one of hits, changes, always.' },
    ]);

    expect(findings).toMatchObject([
      { level: 'problem', what: 'EMAIL_TO is missing.' },
      { level: 'problem', what: 'SEND_WHEN must be one of hits, changes, always.' },
    ]);
    expect(findings.map(({ todo }) => todo)).toEqual([
      'Set EMAIL_TO in the app settings.',
      'Correct SEND_WHEN in the app settings.',
    ]);
  });
});

describe('checkRunTimeLimit', () => {
  it('knows after how many minutes the host ends a run', () => {
    const { functionTimeout } = JSON.parse(readFileSync('host.json', 'utf8')) as {
      functionTimeout: string;
    };

    expect(functionTimeout).toBe(`00:${FUNCTION_TIMEOUT_MINUTES}:00`);
  });

  it('is silent where the run ends before the host ends it', () => {
    const context = aCheckContext({ settings: { RUN_TIME_LIMIT_MINUTES: '29' } });

    expect(checkRunTimeLimit(context)).toEqual([]);
  });

  it('warns where the host ends the run first', async () => {
    const context = aCheckContext({ settings: { RUN_TIME_LIMIT_MINUTES: '30' } });

    expect(await theFinding(checkRunTimeLimit(context))).toMatchObject({
      level: 'warning',
      facts: { runTimeLimitMinutes: 30 },
    });
  });
});
