import { describe, expect, it } from '@jest/globals';
import type { EmergencyAccount } from '../../lib/report/report.ts';
import type { Registration, User } from '../../lib/sources/rows.ts';
import {
  aUser,
  CAPABLE,
  NOT_REGISTERED,
  observations,
  rules,
  reportOn,
} from '../support/observations.ts';
import type { Seen } from '../support/observations.ts';

const { id: ADELE } = aUser();
const PASSKEY = { ...CAPABLE, methodsRegistered: ['passKeyDeviceBound'] };
const LONG_AGO = { lastSuccessfulSignInAt: '2025-01-01T00:00:00Z' };

function accountOf(
  user: Partial<User>,
  registration?: Registration,
  about: Seen = {},
): EmergencyAccount | undefined {
  const seen = observations({
    users: [aUser(user), aUser({ id: 'other', userPrincipalName: 'other@contoso.example' })],
    ...(registration !== undefined && { registrations: { [ADELE]: registration } }),
    ...about,
  });
  return reportOn(seen, rules({ breakGlassAccounts: [ADELE] })).emergencyAccounts[0];
}

describe('an emergency account', () => {
  it.each<[string, Partial<User>, Registration | undefined, Seen, string]>([
    ['with a passkey is ready', {}, PASSKEY, {}, 'ready'],
    ['with an app only is ready, and told to get a passkey', {}, CAPABLE, {}, 'ready'],
    ['without a method has a gap', {}, NOT_REGISTERED, {}, 'gap'],
    ['without a method has a gap though nobody uses it', LONG_AGO, NOT_REGISTERED, {}, 'gap'],
    ['without a row is not known', {}, undefined, {}, 'not-known'],
    [
      'is not known where registrations could not be read',
      LONG_AGO,
      undefined,
      { missing: { registrations: 'not-available', activity: 'not-available' } },
      'not-known',
    ],
    [
      'that is disabled is told as disabled',
      { accountEnabled: false },
      NOT_REGISTERED,
      {},
      'disabled',
    ],
  ])('%s', (_, user, registration, about, state) => {
    expect(accountOf(user, registration, about)?.state).toBe(state);
  });

  it('is told to register a passkey where it has none', () => {
    expect(accountOf({}, CAPABLE)?.sentence).toContain('Register a passkey (FIDO2)');
    expect(accountOf({}, PASSKEY)?.sentence).not.toContain('Register');
  });

  it.each([ADELE.toUpperCase(), 'ADELE.VANCE@CONTOSO.EXAMPLE'])('is found as %s', (name) => {
    const report = reportOn(observations(), rules({ breakGlassAccounts: [name] }));

    expect(report.emergencyAccounts[0]?.user?.id).toBe(ADELE);
    expect(report.people[0]?.isEmergency).toBe(true);
  });

  it('that is not in the tenant is said, not dropped', () => {
    const report = reportOn(
      observations(),
      rules({ breakGlassAccounts: ['gone@contoso.example'] }),
    );

    expect(report.emergencyAccounts).toMatchObject([
      { configured: 'gone@contoso.example', state: 'not-found' },
    ]);
  });

  it('never looks ready while anything about its methods is not known', () => {
    for (const missing of ['registrations', 'activity'] as const) {
      expect(accountOf({}, undefined, { missing: { [missing]: 'not-available' } })?.state).not.toBe(
        'ready',
      );
    }
  });
});
