import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Report } from '../lib/report/report.ts';
import type { Person } from '../lib/standings/person.ts';
import { guid } from './support/a-report.ts';
import { reportOnTenant, TENANT_ID } from './support/hand-written-tenant.ts';
import type { HandWrittenTenant } from './support/hand-written-tenant.ts';

/** What happened in a tenant, as Graph tells it, and what a reader must be told of it. */
const NOW = new Date('2026-11-28T06:00:00Z');
const PORTAL = 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c';
const CLI = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';
const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';
const USER_ADMINISTRATOR = 'fe930be7-5e62-47db-91af-98c3a49a38b1';

type Row = Readonly<Record<string, unknown>>;

interface Case {
  readonly user?: Row;
  /** Properties of the registration row; null: there is none. */
  readonly row?: Row | null;
  readonly isGlobalAdministrator?: boolean;
  /** Its sign-ins, each over what a success with one factor at the portal looks like. */
  readonly signIns?: readonly Row[];
}

const NOT_CAPABLE = { isMfaRegistered: false, isMfaCapable: false, methodsRegistered: [] };
const CAPABLE = {
  isMfaRegistered: true,
  isMfaCapable: true,
  methodsRegistered: ['microsoftAuthenticatorPush'],
};
const GOT_IN = { errorCode: 0, additionalDetails: null };
const MULTI = { authenticationRequirement: 'multiFactorAuthentication' };
const DONE = { ...MULTI, status: { errorCode: 0, additionalDetails: 'MFA completed in Azure AD' } };
const BY_APPLICATION = { requirementProvider: 'request', detail: 'App requires MFA' };
const BY_POLICY = { requirementProvider: 'multiConditionalAccess', detail: 'Conditional Access' };

const at = (day: string, time = '09:00:00') => ({ createdDateTime: `2026-${day}T${time}Z` });
const refused = (errorCode: number, about: Row = {}) => ({
  status: { errorCode },
  ...MULTI,
  ...about,
});
const step = (text: string, about: Row = {}) => ({
  authenticationMethod: 'Previously satisfied',
  succeeded: true,
  authenticationStepResultDetail: text,
  ...about,
});
const FIRST_FACTOR = step('First factor requirement satisfied by claim in the token');
const CERTIFICATE = step('', { authenticationMethod: 'X.509 Certificate' });
const certificate = (level: string) => ({
  ...at('11-25'),
  appId: CLI,
  status: GOT_IN,
  authenticationDetails: [CERTIFICATE],
  authenticationProcessingDetails: [{ key: 'User certificate authentication level', value: level }],
});
const stoppedYesterday = [
  { ...at('11-27', '09:00:00'), ...refused(50072) },
  { ...at('11-27', '09:00:05'), ...refused(50079) },
];
const onDays = (days: readonly string[], row: Row) => days.map((day) => ({ ...at(day), ...row }));

const CASES = {
  'first-factor claim': {
    isGlobalAdministrator: true,
    signIns: [{ ...at('11-26'), status: GOT_IN, authenticationDetails: [FIRST_FACTOR] }],
  },
  'first-factor claim and MFA claim': {
    isGlobalAdministrator: true,
    signIns: [
      {
        ...at('11-26'),
        status: GOT_IN,
        authenticationDetails: [
          FIRST_FACTOR,
          step('MFA requirement satisfied by claim in the token'),
        ],
      },
    ],
  },
  'method gone': { signIns: [{ ...at('11-18'), ...DONE }] },
  'method gone, MFA since': { signIns: [{ ...at('11-21'), ...DONE }] },
  'stopped, active elsewhere': { isGlobalAdministrator: true, signIns: stoppedYesterday },
  'stopped, away': {
    user: { signInActivity: { lastSuccessfulSignInDateTime: '2026-07-02T08:00:00Z' } },
    signIns: stoppedYesterday,
  },
  'ordinary prompt': {
    row: CAPABLE,
    signIns: ['11-24', '11-25', '11-26', '11-27'].flatMap((day) => [
      { ...at(day, '09:00:01'), ...refused(50074) },
      { ...at(day, '09:00:09'), ...DONE },
    ]),
  },
  'prompt unanswered': { row: CAPABLE, signIns: [{ ...at('11-27'), ...refused(50074) }] },
  'cannot get through': {
    row: CAPABLE,
    signIns: [{ ...at('11-08'), ...DONE }, ...onDays(['11-24', '11-25', '11-26'], refused(500121))],
  },
  'scoped administrator': {
    row: { ...NOT_CAPABLE, isAdmin: true },
    signIns: [{ ...at('11-10'), status: GOT_IN }],
  },
  'used later, no administrator': { signIns: [{ ...at('11-27'), status: GOT_IN }] },
  'Windows Hello only': { row: { ...NOT_CAPABLE, methodsRegistered: ['windowsHelloForBusiness'] } },
  certificate: { signIns: [certificate('multiFactorAuthentication')] },
  'certificate as one factor': { signIns: [certificate('singleFactorAuthentication')] },
  agent: {
    user: { '@odata.type': '#microsoft.graph.agentUser', identityParentId: guid(1) },
    signIns: [{ ...at('11-27'), status: GOT_IN, signInEventTypes: ['nonInteractiveUser'] }],
  },
  'phone only': { row: { ...CAPABLE, methodsRegistered: ['mobilePhone', 'email'] } },
  'phone only, Global Administrator': {
    row: { ...CAPABLE, methodsRegistered: ['mobilePhone', 'email'] },
    isGlobalAdministrator: true,
  },
  'asked by the application alone': {
    row: CAPABLE,
    signIns: onDays(['11-24', '11-25'], {
      ...DONE,
      authenticationRequirementPolicies: [BY_APPLICATION],
    }),
  },
  'asked by both': {
    row: CAPABLE,
    signIns: [
      { ...at('11-24'), ...DONE, authenticationRequirementPolicies: [BY_APPLICATION] },
      { ...at('11-25'), ...DONE, authenticationRequirementPolicies: [BY_POLICY, BY_APPLICATION] },
    ],
  },
  'emergency account excluded from every policy': {
    signIns: [
      {
        ...at('11-27'),
        ...refused(50074),
        conditionalAccessStatus: 'notApplied',
        authenticationRequirementPolicies: [
          { requirementProvider: 'request', detail: 'App requires multifactor authentication' },
        ],
      },
    ],
  },
  'an asker that nobody knows': {
    row: CAPABLE,
    signIns: [
      {
        ...at('11-24'),
        ...DONE,
        authenticationRequirementPolicies: [{ requirementProvider: 'unknownFutureValue' }],
      },
      {
        ...at('11-25'),
        ...DONE,
        authenticationRequirementPolicies: [{ requirementProvider: 'newThing' }],
      },
    ],
  },
  'terms of use': {
    row: CAPABLE,
    signIns: [
      {
        ...at('11-27'),
        status: { errorCode: 50158 },
        authenticationRequirement: 'singleFactorAuthentication',
      },
    ],
  },
  'calls ran out': {
    row: { ...CAPABLE, methodsRegistered: ['mobilePhone'] },
    signIns: onDays(['11-25', '11-26', '11-27'], refused(500_881)),
  },
  'home MFA not trusted': {
    user: {
      userPrincipalName: 'mette_fabrikam.example#EXT#@contoso.onmicrosoft.example',
      userType: 'Guest',
    },
    signIns: [{ ...at('11-27'), ...refused(90_071) }],
  },
  'external, MFA at home': {
    user: {
      userPrincipalName: 'noor_fabrikam.example#EXT#@contoso.onmicrosoft.example',
      userType: 'Member',
    },
  },
  'snoozed notice': {
    signIns: [
      { ...at('11-26'), ...refused(50_203) },
      { ...at('11-26', '09:00:20'), status: GOT_IN },
    ],
  },
} satisfies Readonly<Record<string, Case>>;

type Name = keyof typeof CASES;

const NAMES = Object.keys(CASES) as readonly Name[];
const idOf = (name: Name) => guid(NAMES.indexOf(name) + 1);
const EMERGENCY = 'emergency account excluded from every policy';

function tenantOf(
  names: readonly Name[],
  about: Partial<HandWrittenTenant> = {},
): HandWrittenTenant {
  const members: readonly (readonly [Name, Case])[] = names.map((name) => [name, CASES[name]]);
  return {
    users: members.map(([name, { user }]) => ({
      id: idOf(name),
      userPrincipalName: `${name.replaceAll(/\W+/g, '-').toLowerCase()}@contoso.example`,
      displayName: name,
      accountEnabled: true,
      userType: 'Member',
      createdDateTime: '2024-01-15T08:00:00Z',
      assignedLicenses: [],
      signInActivity: {
        lastSignInDateTime: '2026-11-27T07:00:00Z',
        lastSuccessfulSignInDateTime: '2026-11-27T07:00:00Z',
      },
      ...user,
    })),
    registrations: members.flatMap(([name, { row = NOT_CAPABLE, user }]) =>
      row === null || user?.['@odata.type'] !== undefined
        ? []
        : [{ id: idOf(name), isAdmin: false, lastUpdatedDateTime: '2026-11-20T06:36:00Z', ...row }],
    ),
    signIns: members
      .flatMap(([name, { signIns = [] }]) =>
        signIns.map((signIn, number): Row => ({
          id: `${idOf(name)}-${number}`,
          userId: idOf(name),
          appId: PORTAL,
          resourceId: '00000003-0000-0000-c000-000000000000',
          homeTenantId: TENANT_ID,
          status: GOT_IN,
          authenticationRequirement: 'singleFactorAuthentication',
          authenticationDetails: [],
          authenticationRequirementPolicies: [],
          authenticationProtocol: 'none',
          signInEventTypes: ['interactiveUser'],
          ...signIn,
        })),
      )
      .toSorted((a, b) => String(b['createdDateTime']).localeCompare(String(a['createdDateTime']))),
    roles: {
      'Global Administrator': {
        template: GLOBAL_ADMINISTRATOR,
        members: members
          .filter(([, { isGlobalAdministrator = false }]) => isGlobalAdministrator)
          .map(([name]) => ({ '@odata.type': '#microsoft.graph.user', id: idOf(name) })),
      },
    },
    settings: { BREAK_GLASS_ACCOUNTS: idOf(EMERGENCY) },
    ...about,
  };
}

describe('what is true of a person', () => {
  let report: Report;
  const personOf = (name: Name): Person | undefined =>
    report.people.find(({ user }) => user.id === idOf(name));

  beforeAll(async () => {
    report = await reportOnTenant(tenantOf(NAMES), NOW);
  });

  it('is read from sources that are all complete', () => {
    expect(report.coverage.filter(({ state }) => state !== 'complete')).toEqual([]);
  });

  it.each<[Name, Person['standing']]>([
    ['first-factor claim', 'impact'],
    ['first-factor claim and MFA claim', 'satisfied-elsewhere'],
    ['method gone', 'impact'],
    ['method gone, MFA since', 'satisfied-elsewhere'],
    ['stopped, active elsewhere', 'stopped'],
    ['stopped, away', 'stopped'],
    ['ordinary prompt', 'covered'],
    ['prompt unanswered', 'covered'],
    ['cannot get through', 'stopped'],
    ['scoped administrator', 'impact'],
    ['Windows Hello only', 'not-usable'],
    ['certificate', 'satisfied-elsewhere'],
    ['certificate as one factor', 'impact'],
    ['phone only', 'covered'],
    ['asked by the application alone', 'covered'],
    ['asked by both', 'covered'],
    [EMERGENCY, 'stopped'],
    ['an asker that nobody knows', 'covered'],
    ['terms of use', 'covered'],
    ['calls ran out', 'stopped'],
    ['home MFA not trusted', 'stopped'],
    ['external, MFA at home', 'external'],
    ['snoozed notice', 'impact'],
  ])('%s: %s', (name, standing) => {
    expect(personOf(name)?.standing).toBe(standing);
  });

  it('method gone: says so, and that the report lags where MFA was done since', () => {
    expect(personOf('method gone')?.reason).toContain('a method that is gone');
    expect(personOf('method gone, MFA since')?.reason).toContain('the registration report lags');
  });

  it('stopped, active elsewhere: stands first but for emergency accounts', () => {
    expect(report.hits.stopped.map(({ user }) => user.displayName).slice(0, 2)).toEqual([
      EMERGENCY,
      'stopped, active elsewhere',
    ]);
    expect(personOf('stopped, active elsewhere')?.stopped).toMatchObject({
      days: 1,
      attempts: 2,
      stage: 'enrol',
    });
  });

  it('not a script: the first advice to the stopped administrator speaks of a pass', () => {
    expect(personOf('stopped, active elsewhere')?.nextStep).toBe('send-pass');
    expect(report.scripts).toEqual([]);
  });

  it('ordinary prompt: no refusal is told', () => {
    expect(personOf('ordinary prompt')?.stopped).toBeUndefined();
  });

  it('cannot get through: did not pass', () => {
    expect(personOf('cannot get through')?.stopped).toMatchObject({ stage: 'not-passed', days: 3 });
    expect(personOf('cannot get through')?.reason).toContain('Did not pass MFA');
  });

  it('scoped administrator: stands before people without a role, and administrators are at least', () => {
    const names = report.hits.impact.map(({ user }) => user.displayName);

    expect(names.indexOf('scoped administrator')).toBeLessThan(
      names.indexOf('used later, no administrator'),
    );
    expect(report.figures.hits.impact.admins.kind).toBe('at-least');
  });

  it('Windows Hello only: no text says that there is no method', () => {
    expect(personOf('Windows Hello only')?.reason).not.toMatch(/no MFA method/i);
  });

  it('agent: is in no list, and counted in one line', () => {
    expect(personOf('agent')).toBeUndefined();
    expect(report.counted).toMatchObject({ agents: 1, agentsAtEnforced: 1 });
  });

  it('phone only: until 1 February 2027, for a Global Administrator until 1 July 2027', () => {
    expect(personOf('phone only')?.phoneOnlyUntil).toBe('2027-02-01');
    expect(personOf('phone only, Global Administrator')?.phoneOnlyUntil).toBe('2027-07-01');
    expect(report.nextChanges[0]).toMatchObject({ daysLeft: 65 });
  });

  it('asked by the application alone: counted for Microsoft’s requirement, as nobody else', () => {
    const asked = (name: Name) => personOf(name)?.mfaAskedBy;

    expect(asked('asked by the application alone')).toBe('application');
    expect(asked('asked by both')).toBe('both');
    expect(asked('an asker that nobody knows')).toBeUndefined();
    expect(report.onlyMicrosoft.people?.map(({ user }) => user.displayName)).toEqual([
      'asked by the application alone',
    ]);
  });

  it('emergency account excluded from every policy: the application asked', () => {
    expect(personOf(EMERGENCY)?.stopped?.askers).toEqual(['application']);
    expect(report.emergencyAccounts[0]?.state).toBe('gap');
  });

  it('calls ran out: another method is the advice', () => {
    expect(personOf('calls ran out')?.nextStep).toBe('other-method');
  });

  it('home MFA not trusted: cross-tenant access, and no pass', () => {
    expect(personOf('home MFA not trusted')?.nextStep).toBe('cross-tenant-trust');
  });
});

describe('what is true of a tenant', () => {
  const GROUP = guid(500);
  const two = ['used later, no administrator', 'phone only'] as const;

  it('unreadable group: nobody is said to hold no role, and the report is not PARTIAL', async () => {
    const roles = {
      'User Administrator': {
        template: USER_ADMINISTRATOR,
        members: [{ '@odata.type': '#microsoft.graph.group', id: GROUP }],
      },
    };
    const report = await reportOnTenant(
      tenantOf(two, { roles, groups: { [GROUP]: 403 }, settings: {} }),
      NOW,
    );

    expect(report.people.map(({ roles: held, privilege }) => [held, privilege])).toEqual([
      [undefined, 'unknown'],
      [undefined, 'unknown'],
    ]);
    expect(report.figures.hits.impact.admins).toEqual({ kind: 'not-known' });
    expect(report.isPartial).toBe(false);
    expect(report.coverage.find(({ source }) => source === 'roles')?.notes).toHaveLength(1);
  });

  it('emergency account with a certificate: is not told that it would not get in', async () => {
    const settings = { BREAK_GLASS_ACCOUNTS: idOf('certificate') };
    const report = await reportOnTenant(tenantOf(['certificate'], { settings }), NOW);
    const [account] = report.emergencyAccounts;

    expect(account?.checks.find(({ check }) => check === 'strong-method')?.state).toBe('yes');
    expect(account?.sentence).not.toContain('would stop it');
  });
});
