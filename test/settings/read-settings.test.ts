import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SettingsError } from '../../lib/errors.ts';
import { FIELDS } from '../../lib/settings/fields.ts';
import { readSettings } from '../../lib/settings/read-settings.ts';
import type { Environment } from '../../lib/settings/read-settings.ts';
import { anyText } from '../support/any-text.ts';

const MAIL = { EMAIL_FROM: 'report@contoso.example', EMAIL_TO: 'soc@contoso.example' };

function problemsOf(environment: Environment, isSending = false): readonly string[] {
  try {
    readSettings(environment, { isSending });
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems.map(({ setting }) => setting);
    throw error;
  }
}

function messageOf(environment: Environment): string {
  try {
    readSettings(environment, { isSending: false });
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('readSettings', () => {
  it('falls back to the documented defaults', () => {
    const settings = readSettings({}, { isSending: false });

    expect(settings).toMatchObject({
      graphAuth: 'managed-identity',
      clientId: '',
      graphEndpoint: new URL('https://graph.microsoft.com'),
      reportSchedule: '0 0 6 * * *',
      reportTimeZone: 'UTC',
      reportLocale: 'en-GB',
      daysToCheckLogs: 90,
      enforceYears: [2024, 2025],
      emailSubject: '',
      emailBody: '',
      attachCsv: true,
      sendWhen: 'hits',
      debugOutput: false,
      saveToSentItems: true,
      requestDeliveryReceipt: false,
      includeGuests: true,
      excludedUsers: [],
      breakGlassAccounts: [],
      newAccountGraceDays: 2,
      includeSignInLog: false,
      maxRowsInEmail: 10,
      reportRequestsPer10Seconds: 5,
      runTimeLimitMinutes: 25,
    });
  });

  it.each(Object.values(FIELDS).map(({ setting }) => setting))(
    'takes an empty or blank %s for absent',
    (setting) => {
      const absent = readSettings({}, { isSending: false });

      expect(readSettings({ [setting]: '' }, { isSending: false })).toEqual(absent);
      expect(readSettings({ [setting]: ' \t ' }, { isSending: false })).toEqual(absent);
    },
  );

  it('names every problem at once, with the setting and what would be right', () => {
    const message = messageOf({
      GRAPH_AUTH: 'password',
      DAYS_TO_CHECK_LOGS: 'many',
      ATTACH_CSV: 'perhaps',
      EMAIL_TO: 'soc',
      REPORT_TIME_ZONE: 'Mars/Olympus',
    });

    expect(message).toMatch(/^5 setting\(s\) cannot be used\./);
    expect(message).toContain('GRAPH_AUTH: must be one of managed-identity, device-code');
    expect(message).toContain('DAYS_TO_CHECK_LOGS: must be a whole number from 1 to 730.');
    expect(message).toContain('ATTACH_CSV: must be true or false.');
    expect(message).toContain('EMAIL_TO: item 1 is not a mail address');
    expect(message).toContain('REPORT_TIME_ZONE: must be an IANA time zone');
  });

  it('wants a sender and a recipient where the run sends', () => {
    expect(problemsOf({}, true)).toEqual(['EMAIL_FROM', 'EMAIL_TO']);
    expect(problemsOf(MAIL, true)).toEqual([]);
  });

  it('wants neither where the run previews', () => {
    expect(problemsOf({}, false)).toEqual([]);
  });

  it('does not call a wrong sender missing as well', () => {
    expect(problemsOf({ ...MAIL, EMAIL_FROM: 'nobody' }, true)).toEqual(['EMAIL_FROM']);
  });

  it('keeps the ledger at least as long as the window', () => {
    expect(problemsOf({ DAYS_TO_CHECK_LOGS: '60', LEDGER_RETENTION_DAYS: '59' })).toEqual([
      'LEDGER_RETENTION_DAYS',
    ]);
    expect(problemsOf({ DAYS_TO_CHECK_LOGS: '60', LEDGER_RETENTION_DAYS: '60' })).toEqual([]);
    expect(problemsOf({ DAYS_TO_CHECK_LOGS: '401' })).toEqual(['LEDGER_RETENTION_DAYS']);
  });

  it('draws no conclusion from a setting that cannot be read', () => {
    expect(problemsOf({ DAYS_TO_CHECK_LOGS: 'x', LEDGER_RETENTION_DAYS: '1' })).toEqual([
      'DAYS_TO_CHECK_LOGS',
    ]);
  });

  it('never repeats what was set, which may be a secret in the wrong place', () => {
    const secret = 'Zq8~not-for-the-log';

    const environment = Object.fromEntries(
      Object.values(FIELDS).map(({ setting }) => [setting, `${secret}\u0000`]),
    );

    expect(messageOf(environment)).toContain('cannot be used');
    expect(messageOf(environment)).not.toContain(secret);
  });

  it('either reads any text or says what is wrong with it', () => {
    const settings = Object.values(FIELDS).map(({ setting }) => setting);
    fc.assert(
      fc.property(fc.constantFrom(...settings), anyText(), (setting, text) => {
        const problems = problemsOf({ [setting]: text, LEDGER_RETENTION_DAYS: '3650' });

        expect([[], [setting]]).toContainEqual(problems);
      }),
    );
  });

  it.each([
    ['Europe/Oslo', 'TZ=Europe/Oslo 0 0 6 * * *'],
    ['UTC', '0 0 6 * * *'],
    ['nowhere', '0 0 6 * * *'],
    ['', '0 0 6 * * *'],
  ])('counts schedules as a host with TZ %j fires them', (zone, schedule) => {
    const { reportSchedule } = readSettings({ TZ: zone }, { isSending: false });

    expect(reportSchedule).toBe(schedule);
  });
});
