import { describe, expect, it } from '@jest/globals';
import { GLOBAL_ADMINISTRATOR } from '../../lib/entra/privileged-roles.ts';
import type { EmergencyAccount } from '../../lib/report/report.ts';
import type { Registration, User } from '../../lib/sources/rows.ts';
import {
  aUser,
  CAPABLE,
  NOT_REGISTERED,
  NOW,
  observations,
  reportOn,
  rules,
} from '../support/observations.ts';
import type { Seen } from '../support/observations.ts';

const { id: ADELE } = aUser();
const PASSKEY = { ...CAPABLE, methodsRegistered: ['passKeyDeviceBound'] };
const GLOBAL = { name: 'Global Administrator', templateId: GLOBAL_ADMINISTRATOR };

/** An emergency account with which nothing is wrong, but for what the test says. */
function accountOf(
  user: Partial<User> = {},
  registration: Registration | undefined = PASSKEY,
  about: Seen = {},
): EmergencyAccount | undefined {
  const seen = observations({
    users: [
      aUser({ isCloudOnly: true, isOnInitialDomain: true, ...user }),
      aUser({ id: 'other', userPrincipalName: 'other@contoso.example' }),
    ],
    registrations: registration === undefined ? {} : { [ADELE]: registration },
    roles: { [ADELE]: [GLOBAL] },
    ...about,
  });
  return reportOn(seen, rules({ breakGlassAccounts: [ADELE] })).emergencyAccounts[0];
}

const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000).toISOString();
const withMethods = (...methodsRegistered: readonly string[]) => ({
  ...CAPABLE,
  methodsRegistered,
});

describe('an emergency account', () => {
  it.each<[string, EmergencyAccount | undefined, EmergencyAccount['state']]>([
    ['with which nothing is wrong is ready', accountOf(), 'ready'],
    [
      'with a certificate is ready',
      accountOf({}, withMethods('certificateBasedAuthentication')),
      'ready',
    ],
    ['with an app only has a gap', accountOf({}, CAPABLE), 'gap'],
    ['with a phone only has a gap', accountOf({}, withMethods('mobilePhone')), 'gap'],
    [
      'with Windows Hello only has a gap',
      accountOf({}, withMethods('windowsHelloForBusiness')),
      'gap',
    ],
    [
      'with a Temporary Access Pass only has a gap',
      accountOf({}, withMethods('temporaryAccessPass')),
      'gap',
    ],
    ['without a method has a gap', accountOf({}, NOT_REGISTERED), 'gap'],
    ['without a row is not known', accountOf({}, PASSKEY, { registrations: {} }), 'not-known'],
    ['that is disabled is told as disabled', accountOf({ accountEnabled: false }), 'disabled'],
    ['that is synchronised has a gap', accountOf({ isCloudOnly: false }), 'gap'],
    ['on another domain has a gap', accountOf({ isOnInitialDomain: false }), 'gap'],
    [
      'whose domain is not known is not known',
      accountOf({ isOnInitialDomain: undefined as never }),
      'not-known',
    ],
    ['without Global Administrator has a gap', accountOf({}, PASSKEY, { roles: {} }), 'gap'],
    [
      'whose roles could not be read is not known',
      accountOf({}, PASSKEY, { roles: {}, missing: { roles: 'not-available' } }),
      'not-known',
    ],
    ['used 89 days ago is ready', accountOf({ lastSuccessfulSignInAt: daysAgo(89) }), 'ready'],
    ['used 91 days ago has a gap', accountOf({ lastSuccessfulSignInAt: daysAgo(91) }), 'gap'],
    ['never used has a gap', accountOf({ lastSuccessfulSignInAt: '' }), 'gap'],
    [
      'whose last use could not be read is not known',
      accountOf({ lastSuccessfulSignInAt: '' }, PASSKEY, {
        missing: { activity: 'not-available' },
      }),
      'not-known',
    ],
  ])('%s', (_, account, state) => {
    expect(account?.state).toBe(state);
  });

  it('is ready only where every check holds, and unknown is said as unknown', () => {
    const checks = accountOf({ isOnInitialDomain: undefined as never })?.checks ?? [];

    expect(checks.filter(({ state }) => state !== 'yes')).toEqual([
      { check: 'initial-domain', state: 'not-known' },
    ]);
  });

  it.each([
    [74, false],
    [76, true],
    [91, false],
  ])('that was used %d days ago has its drill due: %j', (days, isDue) => {
    expect(accountOf({ lastSuccessfulSignInAt: daysAgo(days) })?.isDrillDue).toBe(isDue);
  });

  it('is told to register a passkey where it has none', () => {
    expect(accountOf({}, CAPABLE)?.sentence).toContain('Register a passkey');
  });

  it('that does not exist is reported, not dropped', () => {
    const report = reportOn(
      observations(),
      rules({ breakGlassAccounts: ['gone@contoso.example'] }),
    );

    expect(report.emergencyAccounts).toMatchObject([
      { configured: 'gone@contoso.example', state: 'not-found' },
    ]);
  });

  it('is found by object id and by user principal name in any case', () => {
    const report = reportOn(
      observations(),
      rules({ breakGlassAccounts: [ADELE.toUpperCase(), 'ADELE.VANCE@contoso.example'] }),
    );

    expect(report.emergencyAccounts.map(({ user }) => user?.id)).toEqual([ADELE, ADELE]);
  });
});
