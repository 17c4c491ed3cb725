import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  checkRunTimeLimit,
  FUNCTION_TIMEOUT_MINUTES,
  readUsableSettings,
  reportSettings,
} from '../../lib/doctor/check-settings.ts';
import { FIELDS } from '../../lib/settings/fields.ts';
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

describe('readUsableSettings', () => {
  const NAMES = Object.values(FIELDS).map(({ setting }) => setting);
  const inWorkspace = { SIGN_IN_SOURCE: 'log-analytics', INCLUDE_SIGN_IN_LOG: 'true' };
  const nonsense = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, '\u0000nonsense']));

  it.each(NAMES)('goes on where %s means nothing, whatever the others ask for', (name) => {
    const environments = [nonsense([name]), { ...inWorkspace, ...nonsense([name]) }];

    for (const environment of environments) {
      const { settings, problems } = readUsableSettings(environment);

      expect(Object.keys(settings)).toEqual(Object.keys(FIELDS));
      expect(problems.length).toBeGreaterThan(0);
    }
  });

  it('goes on where nothing means anything', () => {
    const { problems } = readUsableSettings(nonsense(NAMES));

    expect(new Set(problems.map(({ setting }) => setting)).size).toBe(problems.length);
    expect(problems.length).toBeGreaterThan(20);
  });

  it.each([
    ['is missing', {}, /^is missing; SIGN_IN_SOURCE is log-analytics/],
    ['means nothing', { SIGN_IN_WORKSPACE_ID: 'nonsense' }, /^must be/],
  ])('says that the id of the workspace %s', (_what, id, problem) => {
    const { problems } = readUsableSettings({
      EMAIL_FROM: 'digest@contoso.example',
      EMAIL_TO: 'security@contoso.example',
      SIGN_IN_SOURCE: 'log-analytics',
      ...id,
    });

    expect(problems).toEqual([
      { setting: 'SIGN_IN_WORKSPACE_ID', problem: expect.stringMatching(problem) },
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
