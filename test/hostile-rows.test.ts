import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MailerError } from '../lib/errors.ts';
import type { Report } from '../lib/report/report.ts';
import { run } from '../lib/run/run.ts';
import { extentOf } from './support/extent.ts';
import { startHastyTime } from './support/hasty-time.ts';
import { answerFrom, CLIENT_ID, COLLECTIONS } from './support/hostile-graph.ts';
import type { Collection, HostileTenant, Row } from './support/hostile-graph.ts';
import { relayIdentityTo } from './support/identity-relay.ts';
import { startScriptedServer } from './support/scripted-server.ts';
import type { ScriptedServer } from './support/scripted-server.ts';

const NOW = new Date('2026-11-21T06:00:00Z');
const PORTAL = 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c';
const [NESTED, ENDLESS] = ['@nested@', '@endless@'] as const;
const HUGE_TEXT = 'x'.repeat(300_000);
const HUGE_LIST = Array.from({ length: 20_000 }, (_, n) => `method ${n}`);
const ABSENT = Symbol('absent');

/** What stands in a property, one victim each; markers are put in as raw JSON. */
const VALUES: readonly unknown[] = [
  null,
  ABSENT,
  7,
  true,
  '',
  ' ',
  'x',
  {},
  [],
  HUGE_TEXT,
  HUGE_LIST,
  NESTED,
  ENDLESS,
  '\ud800',
  '__proto__',
  '2026-13-40T00:00:00Z',
  '2026-11-20T25:61:00Z',
];
const RAW = {
  [NESTED]: `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  // Too great for a number: it is read as Infinity.
  [ENDLESS]: '1e400',
};

const guid = (number: number) => `d1132181-5011-45b0-a957-${String(number).padStart(12, '0')}`;

interface Somebody {
  readonly user?: Row;
  readonly registration?: Row | null;
  readonly signIn?: Row | null;
}

const COMPLETED = {
  authenticationRequirement: 'multiFactorAuthentication',
  status: { errorCode: 0, additionalDetails: 'MFA completed in Azure AD' },
};
const CAPABLE = {
  isMfaRegistered: true,
  isMfaCapable: true,
  methodsRegistered: ['microsoftAuthenticatorPush'],
};

/** People whom nothing of the victims may move, one of each standing. */
const BYSTANDERS: readonly Somebody[] = [
  {},
  { registration: CAPABLE, signIn: COMPLETED },
  { registration: CAPABLE },
  { registration: CAPABLE, signIn: null },
  { signIn: null },
  { registration: { isMfaRegistered: true }, signIn: null },
  {
    user: { signInActivity: { lastSuccessfulSignInDateTime: '2025-01-20T08:00:00Z' } },
    signIn: null,
  },
  { registration: null, signIn: null },
  { signIn: COMPLETED },
  {
    user: { userPrincipalName: 'anna_fabrikam.example#EXT#@contoso.example' },
    signIn: null,
  },
];
const FIRST_VICTIM = BYSTANDERS.length;
const VICTIMS: readonly Somebody[] = VALUES.map(() => ({
  registration: CAPABLE,
  signIn: COMPLETED,
}));

function userRow(number: number, { user }: Somebody): Row {
  return {
    id: guid(number),
    userPrincipalName: `user.${number}@contoso.example`,
    displayName: `User ${number}`,
    givenName: 'User',
    surname: String(number),
    mail: `user.${number}@contoso.example`,
    accountEnabled: true,
    userType: 'Member',
    createdDateTime: '2024-01-15T08:00:00Z',
    assignedLicenses: [{ skuId: '05e9a617-0261-4cee-bb44-138d3ef5d965' }],
    passwordPolicies: null,
    onPremisesDistinguishedName: null,
    department: 'Sales',
    identities: [
      { signInType: 'userPrincipalName', issuer: 'contoso.example', issuerAssignedId: 'u' },
    ],
    onPremisesSyncEnabled: null,
    signInActivity: { lastSignInDateTime: AT, lastSuccessfulSignInDateTime: AT },
    '@odata.type': '#microsoft.graph.user',
    ...user,
  };
}

const AT = '2026-11-20T08:00:00Z';

function registrationRow(number: number, { registration }: Somebody): Row {
  return {
    id: guid(number),
    isAdmin: false,
    isMfaRegistered: false,
    isMfaCapable: false,
    isPasswordlessCapable: false,
    isSsprCapable: false,
    isSsprEnabled: false,
    isSsprRegistered: false,
    isSystemPreferredAuthenticationMethodEnabled: false,
    methodsRegistered: [],
    defaultMfaMethod: 'none',
    userPreferredMethodForSecondaryAuthentication: 'none',
    lastUpdatedDateTime: '2026-11-19T06:36:47Z',
    ...registration,
  };
}

function signInRow(number: number, { signIn }: Somebody, isInteractive: boolean): Row {
  return {
    id: `s-${isInteractive ? 'i' : 'n'}-${number}`,
    // Newest first, as Graph sends them.
    createdDateTime: new Date(Date.parse(AT) - number * 1000).toISOString().replace('.000Z', 'Z'),
    userId: guid(number),
    appId: PORTAL,
    appDisplayName: 'Azure Portal',
    resourceId: '00000003-0000-0000-c000-000000000000',
    status: { errorCode: 0, additionalDetails: null },
    isInteractive,
    authenticationRequirement: 'singleFactorAuthentication',
    authenticationDetails: [
      {
        authenticationMethod: 'Password',
        succeeded: true,
        authenticationStepResultDetail: null,
      },
    ],
    authenticationRequirementPolicies: [{ requirementProvider: 'request', detail: 'App' }],
    authenticationProcessingDetails: [{ key: 'a', value: 'b' }],
    authenticationProtocol: 'none',
    homeTenantId: 'ea535fba-e357-48e7-a5a2-e55fe0d09e63',
    ...signIn,
  };
}

const EMERGENCY = `user.${FIRST_VICTIM}@contoso.example`;
const EVERYBODY = [...BYSTANDERS, ...VICTIMS];
const victims = VICTIMS.map((_, index) => guid(FIRST_VICTIM + index));

/** Everything in order; victims come last in each collection, in the order of the values. */
const USUAL: Readonly<Record<Collection, readonly Row[]>> = {
  users: EVERYBODY.map((somebody, number) => userRow(number, somebody)),
  agents: [],
  registrations: EVERYBODY.flatMap((somebody, number) =>
    somebody.registration === null ? [] : [registrationRow(number, somebody)],
  ),
  interactive: signInsOf(true),
  nonInteractive: signInsOf(false),
  emergencySignIns: VALUES.map((_, number) => signInRow(FIRST_VICTIM, {}, number % 2 === 0)),
  roles: VALUES.map((_, number) => ({
    id: `r-${number}`,
    displayName: 'Global Administrator',
    roleTemplateId: '62e90394-69f5-4237-9190-012177145e10',
  })),
  members: victims.map((id) => ({ '@odata.type': '#microsoft.graph.user', id })),
  groupMembers: victims.map((id) => ({ '@odata.type': '#microsoft.graph.user', id })),
  audits: victims.map((id, number) => ({
    id: `a-${number}`,
    activityDisplayName: 'User registered security info',
    activityDateTime: AT,
    result: 'success',
    initiatedBy: { user: { id } },
    targetResources: [{ id, type: 'User', displayName: 'A user' }],
  })),
  methods: VALUES.map((_, number) => ({
    '@odata.type': '#microsoft.graph.fido2AuthenticationMethod',
    id: `m-${number}`,
    createdDateTime: AT,
  })),
  licences: VALUES.map((_, number) => ({ skuId: `sku-${number}`, skuPartNumber: 'SPE_E3' })),
  organisation: [
    {
      id: 'ea535fba-e357-48e7-a5a2-e55fe0d09e63',
      displayName: 'Contoso',
      verifiedDomains: [{ name: 'contoso.example', isInitial: true }],
    },
  ],
};

function signInsOf(isInteractive: boolean): readonly Row[] {
  return EVERYBODY.flatMap((somebody, number) =>
    somebody.signIn === null ? [] : [signInRow(number, somebody, isInteractive)],
  );
}

/** The same rows, with one value each in a property of the last ones. */
function withValues(collection: Collection, property: string): HostileTenant {
  const rows = USUAL[collection];
  const first = Math.max(0, rows.length - VALUES.length);
  const mutated = rows.map((row, index) => {
    const value = VALUES[index - first];
    if (index < first || rows.length < VALUES.length) return row;
    const { [property]: _, ...rest } = row;
    return value === ABSENT ? rest : { ...rest, [property]: value };
  });
  return { rows: { ...USUAL, [collection]: mutated }, raw: RAW };
}

let tenant: HostileTenant = { rows: USUAL };
let now = NOW;
let server: ScriptedServer;

beforeAll(async () => {
  server = await startScriptedServer(
    (request) =>
      request.url.endsWith('/sendMail') ? { status: 202, body: '' } : answerFrom(tenant)(request),
    { clock: () => now },
  );
  await relayIdentityTo(`${server.origin}/msi/token`, 'secret');
});
afterAll(() => server.close());

interface Morning {
  readonly trigger: 'preview' | 'schedule';
  readonly settings: Readonly<Record<string, string>>;
  readonly at: Date;
}

const PREVIEW: Morning = { trigger: 'preview', settings: { STATE_LOCATION: 'none' }, at: NOW };

/** What a run logged, as one text, and its report. */
async function reportOn(
  served: HostileTenant,
  { trigger, settings, at }: Morning = PREVIEW,
): Promise<Report & { readonly logged: string }> {
  tenant = served;
  now = at;
  const logged: string[] = [];
  const { clock, sleep } = startHastyTime(at);
  const { report } = await run({
    trigger,
    ports: {
      environment: {
        GRAPH_AUTH: 'managed-identity',
        AZURE_CLIENT_ID: CLIENT_ID,
        GRAPH_ENDPOINT: server.origin,
        REPORT_REQUESTS_PER_10_SECONDS: '0',
        BREAK_GLASS_ACCOUNTS: EMERGENCY,
        INCLUDE_SIGN_IN_LOG: 'true',
        DEBUG_OUTPUT: 'true',
        EMAIL_FROM: 'digest@contoso.example',
        EMAIL_TO: 'reader@contoso.example',
        ...settings,
      },
      clock,
      random: () => 0,
      sleep,
      log: (_level, event, facts) => logged.push(JSON.stringify({ event, facts })),
      onProgress: () => undefined,
      prompt: () => undefined,
    },
  });
  if (report === undefined) throw new Error('There is no report.');
  return { ...report, logged: logged.join('\n') };
}

/** The standings of those whom no value is about, by number. */
function bystandersIn({ people }: Report): readonly string[] {
  const standings = new Map(people.map(({ user, standing }) => [user.id, standing]));
  return BYSTANDERS.map((_, number) => standings.get(guid(number)) ?? 'nobody');
}

/** Of the collections of which a row can be anybody's: whoever is not in them is then not known. */
const WHOSE: readonly string[] = [
  'id',
  'userId',
  'createdDateTime',
  'status',
  'appId',
  'resourceId',
];

const CASES = (Object.keys(COLLECTIONS) as Collection[]).flatMap((collection) => {
  const properties = new Set(USUAL[collection].flatMap((row) => Object.keys(row)));
  return [...properties].map((property) => [collection, property] as const);
});

describe('a row that is not as Graph describes it', () => {
  let usual: readonly string[];

  beforeAll(async () => {
    usual = bystandersIn(await reportOn({ rows: USUAL }));
  });

  it('is measured against people of nearly every standing', () => {
    expect(new Set(usual).size).toBeGreaterThan(7);
  });

  it.each(extentOf(CASES))(
    'ends no run and moves nobody else: %s, %s',
    async (collection, property) => {
      const standings = bystandersIn(await reportOn(withValues(collection, property)));

      const moved = standings.flatMap((standing, number) =>
        standing === usual[number] ? [] : [`${usual[number]} → ${standing}`],
      );
      // Where it cannot be told whose a row is, whoever has none is not known, and looks neither safe nor unsafe.
      // Who can do MFA and was seen with one factor may have done it in such a row: that they can is what stays certain.
      const founded = (move: string) =>
        move.endsWith('unknown') || move === 'single-factor → covered';
      const unfounded = moved.filter((move) => !WHOSE.includes(property) || !founded(move));
      expect(unfounded).toEqual([]);
    },
  );

  it.each(extentOf(Object.keys(COLLECTIONS) as Collection[]))(
    'ends no run as a whole row of %s',
    async (collection) => {
      const rows = [...USUAL[collection], ...VALUES.filter((value) => value !== ABSENT)];

      const report = await reportOn({ rows: { ...USUAL, [collection]: rows }, raw: RAW });

      expect(report.people.length).toBeGreaterThanOrEqual(EVERYBODY.length);
    },
  );

  it.each(
    extentOf(
      (Object.keys(COLLECTIONS) as Collection[]).flatMap((collection) =>
        [null, 7, 'x', {}, NESTED].map((value) => [collection, value] as const),
      ),
    ),
  )(
    'ends with a digest, or for users with a clear error, where %s are %j',
    async (collection, value) => {
      const asked = reportOn({ rows: USUAL, raw: RAW, instead: { collection, value } });

      const ended = await asked.catch((error: unknown) => error);
      const isClear = ended instanceof MailerError && ended.code === 'graph_unexpected';
      const hasEnded = isClear ? collection === 'users' : 'people' in (ended as object);
      expect(hasEnded).toBe(true);
    },
  );
});

describe('a row that is not as Graph describes it, in a run that is remembered', () => {
  let usual: readonly string[];
  let folder: string;

  const mornings = async (first: HostileTenant) => {
    folder = await mkdtemp(join(tmpdir(), 'remembered-'));
    const settings = { STATE_LOCATION: `folder:${folder}`, SEND_WHEN: 'always' };
    const next = new Date(NOW.getTime() + 86_400_000);
    try {
      const before = await reportOn(first, { trigger: 'schedule', settings, at: NOW });
      const after = await reportOn({ rows: USUAL }, { trigger: 'schedule', settings, at: next });
      return { before, after };
    } finally {
      await rm(folder, { recursive: true });
    }
  };

  beforeAll(async () => {
    usual = bystandersIn((await mornings({ rows: USUAL })).after);
  });

  it.each(
    extentOf<[Collection, string]>([
      ['users', 'id'],
      ['users', 'userPrincipalName'],
      ['users', 'displayName'],
      ['registrations', 'id'],
      ['registrations', 'lastUpdatedDateTime'],
      ['interactive', 'userId'],
      ['interactive', 'createdDateTime'],
      ['nonInteractive', 'userId'],
      ['nonInteractive', 'createdDateTime'],
      ['emergencySignIns', 'createdDateTime'],
      ['emergencySignIns', 'appDisplayName'],
      ['methods', '@odata.type'],
      ['methods', 'createdDateTime'],
      ['members', 'id'],
      ['audits', 'activityDateTime'],
    ]),
  )('spoils no document for the next one: %s, %s', async (collection, name) => {
    const { before, after } = await mornings(withValues(collection, name));

    expect(`${before.logged}${after.logged}`).not.toContain('memory.unreadable');
    expect(bystandersIn(after)).toEqual(usual);
  });
});
