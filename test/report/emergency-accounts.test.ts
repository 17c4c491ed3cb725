import { describe, expect, it } from '@jest/globals';
import { GLOBAL_ADMINISTRATOR } from '../../lib/entra/privileged-roles.ts';
import type { EmergencyAccount } from '../../lib/report/report.ts';
import type { EmergencyActivity } from '../../lib/sources/emergency-activity.ts';
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

describe('what happened to an emergency account', () => {
  const SINCE = NOW.getTime() - 86_400_000;
  const HOUR_MS = 3_600_000;
  const activity: EmergencyActivity = {
    configured: ADELE,
    userId: ADELE,
    since: SINCE,
    methods: [{ kind: 'fido2', createdAt: SINCE - HOUR_MS }],
    signIns: [],
    areSignInsWhole: true,
  };
  const reportWith = (about: Partial<EmergencyActivity>, seen: Seen = {}) =>
    reportOn(
      observations({ emergencyActivity: [{ ...activity, ...about }], ...seen }),
      rules({ breakGlassAccounts: [ADELE] }),
    );

  it('is told, newest first: sign-ins anywhere, and changes of methods', () => {
    const report = reportWith(
      {
        signIns: [
          { at: SINCE + HOUR_MS, application: 'Outlook', hasSucceeded: false, kind: 'interactive' },
          { at: SINCE - HOUR_MS, application: 'Teams', hasSucceeded: true, kind: 'interactive' },
        ],
        methods: [{ kind: 'phone', createdAt: SINCE + 3 * HOUR_MS }],
      },
      { audits: [{ userId: ADELE, at: SINCE + 2 * HOUR_MS, kind: 'deleted-by-admin' }] },
    );

    expect(report.emergencyNews).toMatchObject([
      { kind: 'method', what: 'registered' },
      { kind: 'method', what: 'deleted-by-admin' },
      { kind: 'sign-in', application: 'Outlook', hasSucceeded: false, isInteractive: true },
    ]);
  });

  it('is told once where two logs tell of it', () => {
    const at = SINCE + HOUR_MS;
    const report = reportWith(
      { methods: [{ kind: 'fido2', createdAt: at }] },
      { audits: [{ userId: ADELE, at: at + 1000, kind: 'registered' }] },
    );

    expect(report.emergencyNews).toHaveLength(1);
  });

  it('is said not to be known where its sign-ins could not be read', () => {
    const cause = {
      kind: 'consent',
      because: 'Graph refused access',
      remedy: 'Grant it.',
    } as const;
    const report = reportWith({ signIns: undefined, areSignInsWhole: false, cause });

    expect(report.emergencyNews).toEqual([]);
    expect(report.emergencyAccounts[0]?.newsUnknownBecause).toBe('Graph refused access');
  });

  it('shows a drill that the last sign-in of the directory does not show yet', () => {
    const users = [
      aUser({ lastSuccessfulSignInAt: '2026-01-01T00:00:00Z' }),
      aUser({ id: 'other', userPrincipalName: 'other@contoso.example' }),
    ];
    const report = reportWith({ lastSuccessAt: SINCE + HOUR_MS }, { users });
    const [account] = report.emergencyAccounts;

    expect(account?.checks.find(({ check }) => check === 'drill')?.state).toBe('yes');
    expect(account?.lastUsedAt).toBe(new Date(SINCE + HOUR_MS).toISOString());
  });

  it.each<[string, readonly string[], readonly string[], string]>([
    ['a passkey that the report does not have yet', ['password', 'fido2'], [], 'yes'],
    ['a passkey of the report that is gone', ['password'], ['fido2SecurityKey'], 'no'],
    [
      'a certificate, which is in no list of methods',
      ['password'],
      ['certificateBasedAuthentication'],
      'yes',
    ],
    [
      'a phone, a pass and Windows Hello',
      ['phone', 'temporaryAccessPass', 'windowsHelloForBusiness'],
      [],
      'no',
    ],
  ])('knows %s', (_, live, reported, state) => {
    const report = reportWith(
      { methods: live.map((kind) => ({ kind })) },
      { registrations: { [ADELE]: { ...CAPABLE, methodsRegistered: reported } } },
    );
    const { checks = [] } = report.emergencyAccounts[0] ?? {};

    expect(checks.find(({ check }) => check === 'strong-method')?.state).toBe(state);
  });
});
