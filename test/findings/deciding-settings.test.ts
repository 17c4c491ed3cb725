import { describe, expect, it } from '@jest/globals';
import { changedSettings, decidingSettings } from '../../lib/findings/deciding-settings.ts';
import { readSettings } from '../../lib/settings/read-settings.ts';

const settingsOf = (environment: Readonly<Record<string, string>>) =>
  decidingSettings(readSettings(environment, { isSending: false }));

describe('decidingSettings', () => {
  it.each([
    ['DAYS_TO_CHECK_LOGS', '30'],
    ['ENFORCE_YEARS', '2025'],
    ['INCLUDE_GUESTS', 'false'],
    ['EXCLUDED_USERS', 'robot@contoso.example'],
    ['BREAK_GLASS_ACCOUNTS', 'emergency@contoso.example'],
    ['NEW_ACCOUNT_GRACE_DAYS', '5'],
  ])('tells that %s changed', (name, value) => {
    expect(changedSettings(settingsOf({}), settingsOf({ [name]: value }))).toEqual([name]);
  });

  it('takes the same list in another order and case for the same', () => {
    const before = settingsOf({ EXCLUDED_USERS: 'a@contoso.example;B@contoso.example' });
    const now = settingsOf({ EXCLUDED_USERS: 'b@contoso.example,A@contoso.example' });

    expect(changedSettings(before, now)).toEqual([]);
  });

  it('does not count a setting that was not known before as changed', () => {
    const { INCLUDE_GUESTS: _unknown, ...before } = settingsOf({});

    expect(changedSettings(before, settingsOf({ INCLUDE_GUESTS: 'false' }))).toEqual([]);
  });

  it('keeps no name of a list', () => {
    const text = JSON.stringify(settingsOf({ EXCLUDED_USERS: 'ada@contoso.example' }));

    expect(text).not.toContain('ada');
  });
});
