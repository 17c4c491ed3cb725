import { beforeAll, describe, expect, it } from '@jest/globals';
import { fixtureId } from '../../lib/simulation/people/fixture-user.ts';
import {
  FIXTURE_USERS,
  EMERGENCY_ACCOUNTS,
  NOT_IN_DIRECTORY,
} from '../../lib/simulation/people/fixture-users.ts';
import { ENFORCED_SHARE } from '../../lib/simulation/people/generated-sign-ins.ts';
import {
  generateUsers,
  generatedId,
  generatedNames,
  expectedStanding,
} from '../../lib/simulation/people/generated-users.ts';
import type { GeneratedUsers } from '../../lib/simulation/people/generated-users.ts';
import type { ExpectedStanding } from '../../lib/simulation/people/person.ts';
import { PRIVILEGE_ORDER } from '../../lib/standings/privilege.ts';
import { reportOf, runOnTenant, standingsOf, TODAY } from '../support/run-on-tenant.ts';
import type { CsvRow, RunResult } from '../support/run-on-tenant.ts';

const HITS: readonly ExpectedStanding[] = ['stopped', 'impact', 'missing', 'not-usable', 'unknown'];

/** The keys of the fixture users whose standing is one of these. */
function fixturesOf(...standings: readonly ExpectedStanding[]): readonly string[] {
  return FIXTURE_USERS.filter(({ expected }) => standings.includes(expected.standing)).map(
    ({ key }) => key,
  );
}

function idsOf(rows: readonly CsvRow[] = []): readonly string[] {
  return rows.map((row) => row['Id'] ?? '').toSorted();
}

function fixtureIds(...standings: readonly ExpectedStanding[]): readonly string[] {
  return fixturesOf(...standings)
    .map(fixtureId)
    .toSorted();
}

function rowOf({ csv }: RunResult, key: string): CsvRow {
  const rows = csv['Identity_Overview.csv'] ?? [];
  return rows.find((row) => row['Id'] === fixtureId(key)) ?? {};
}

describe('a run over the fixture users', () => {
  let result: RunResult;

  beforeAll(async () => {
    result = await runOnTenant({ hasWorkbook: true });
  });

  it.each(
    FIXTURE_USERS.map(({ key, expected }) => [key, expected.standing, expected.why] as const),
  )('finds %s %s: %s', (key, standing) => {
    expect(standingsOf(result).get(fixtureId(key)) ?? 'out-of-scope').toBe(standing);
  });

  it('sends one mail from the mailbox to the recipient, dated today', () => {
    expect(result.summary?.outcome).toBe('sent');
    expect(result.sentMails).toHaveLength(1);
    expect(result.mail?.from?.address).toBe('mfa-report@contoso.example');
    expect(result.mail?.to?.map(({ address }) => address)).toEqual(['security@contoso.example']);
    expect(Date.parse(result.mail?.date ?? '')).toBe(TODAY.getTime());
  });

  it('says in the subject how many were stopped, got in with one factor and lack MFA, and where', () => {
    const without = fixturesOf('missing', 'not-usable').length;

    expect(result.mail?.subject).toBe(
      `${fixturesOf('stopped').length} stopped, ${fixturesOf('impact').length} with one factor, ${without} without MFA, at least 12 admins · MFA report · Contoso`,
    );
  });

  it.each<[string, readonly ExpectedStanding[]]>([
    ['Identity_Overview_Stopped.csv', ['stopped']],
    ['Identity_Overview_ImpactMFAEnforcement.csv', ['impact']],
    ['Identity_Overview_MissingMFA.csv', ['missing']],
    ['Identity_Overview_MissingMFA_NotCapable.csv', ['missing', 'not-usable']],
    ['Identity_Overview_Unknown.csv', ['unknown']],
  ])('attaches %s with those who are %j', (name, standings) => {
    expect(idsOf(result.csv[name])).toEqual(fixtureIds(...standings));
  });

  it('attaches an overview of everybody in scope, with their standing', () => {
    const rows = result.csv['Identity_Overview.csv'] ?? [];

    const standings = Object.fromEntries(rows.map((row) => [row['Id'], row['Standing']]));
    const inScope = FIXTURE_USERS.filter(({ expected }) => expected.standing !== 'out-of-scope');
    expect(standings).toEqual(
      Object.fromEntries(inScope.map(({ key, expected }) => [fixtureId(key), expected.standing])),
    );
  });

  it('gives each hit list in order: emergency accounts, privilege, latest use', () => {
    const { hits } = reportOf(result);

    const ranks = hits.impact.map(({ privilege }) => PRIVILEGE_ORDER.indexOf(privilege));
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    expect(hits.impact[0]?.privilege).toBe('global-administrator');
    expect(hits.missing[0]?.isEmergency).toBe(true);
  });

  it('says of every emergency account how it is', () => {
    const states = reportOf(result).emergencyAccounts.map(({ configured, state }) => [
      configured,
      state,
    ]);

    expect(states).toEqual([
      [EMERGENCY_ACCOUNTS[0], 'ready'],
      [EMERGENCY_ACCOUNTS[1], 'gap'],
      [EMERGENCY_ACCOUNTS[2], 'disabled'],
    ]);
  });

  it('counts people of other tenants in no list, and says how many', () => {
    expect(reportOf(result).notInDirectory.people).toBe(NOT_IN_DIRECTORY.length);
    expect(reportOf(result).notInDirectory.signIns).toBeGreaterThan(0);
    expect(result.words).toContain(
      `by ${NOT_IN_DIRECTORY.length} people who are not in the directory`,
    );
  });

  it('finds a role that is held through a group', () => {
    expect(rowOf(result, 'powershell-by-group')['DirectoryRoles']).toBe('User Administrator');
  });

  it('gives everybody their own licences, and nobody those of somebody else', () => {
    expect(rowOf(result, 'unlicensed')['UserLicenseList']).toBe('');
    expect(rowOf(result, 'guest-impact')['UserLicenseList']).toBe('');
    expect(rowOf(result, 'several-licences')['UserLicenseList']?.split('; ')).toHaveLength(3);
    expect(rowOf(result, 'unknown-licence')['UserLicenseList']).toContain(
      'ffffffff-0000-4000-8000-00000000beef',
    );
  });

  it('counts a sign-in to the portal for Resource Manager once, under the portal', () => {
    expect(rowOf(result, 'portal-on-resource-manager')['ApplicationsUsed']).toBe(
      'Azure portal, Entra and Intune admin centres',
    );
    expect(rowOf(result, 'terraform-impact')['ApplicationsUsed']).toBe(
      'Azure Resource Manager by another client',
    );
  });

  it('is complete, though Entra keeps 30 of the 90 days asked for, and says both', () => {
    const { isPartial, askedDays, seenFrom } = reportOf(result);

    expect(isPartial).toBe(false);
    expect(askedDays).toBe(90);
    expect(seenFrom?.slice(0, 10)).toBe('2026-10-22');
    expect(result.words).toContain('sign-ins seen: 22 Oct to 21 Nov; 90 days were asked for');
  });

  it('tells where an emergency account was used, and that it got a method', () => {
    const { emergencyNews } = reportOf(result);

    expect(emergencyNews.map(({ kind, at }) => `${kind} ${at.slice(0, 16)}`)).toEqual([
      'method 2026-11-20T21:40',
      'sign-in 2026-11-20T19:00',
    ]);
    expect(result.words).toContain('Microsoft Teams');
  });

  it('tells who registered since the report was written, and who did not get that far', () => {
    expect(rowOf(result, 'registered-since')['RegisteredSince']).toBe('2026-11-20T21:00:00Z');
    expect(rowOf(result, 'failed-to-register')['RegisteredSince']).toBe('');
  });

  it('counts who is no person, by kind', () => {
    const { counted } = reportOf(result);

    expect(counted).toMatchObject({ agents: 2, agentsAtEnforced: 1 });
    expect(counted.technical).toBe(4);
    expect(counted.externals).toBeGreaterThan(5);
  });

  it('lists those who look like a script, and those whose phone is all they have', () => {
    const { scripts, phoneOnly } = reportOf(result);

    const keysOf = (people: readonly { readonly user: { readonly id: string } }[]) =>
      FIXTURE_USERS.filter(({ key }) => people.some(({ user }) => user.id === fixtureId(key)))
        .map(({ key }) => key)
        .toSorted();
    expect(keysOf(scripts)).toEqual([
      'cli-single-factor',
      'password-flow',
      'password-flow-refused',
      'proof-expired',
      'script-around-the-clock',
      'script-without-method',
      'terraform-impact',
    ]);
    expect(keysOf(phoneOnly)).toEqual([
      'calls-ran-out',
      'phone-only',
      'phone-only-administrator',
      'text-message-covered',
    ]);
  });

  it('names nobody as asked by the application alone whom anything else may have asked', () => {
    const people = reportOf(result).onlyMicrosoft.people ?? [];

    expect(people.map(({ user }) => user.id)).toEqual([fixtureId('asked-by-application')]);
    expect(rowOf(result, 'asked-by-both')['MfaAskedBy']).toBe('both');
    expect(rowOf(result, 'asked-by-strength')['MfaAskedBy']).toBe('tenant');
    expect(rowOf(result, 'asked-by-something-new')['MfaAskedBy']).toBe('');
  });

  it('says by whom the last refusal was asked for, and at which stage', () => {
    const told = [
      'stopped-by-the-application',
      'home-mfa-not-trusted',
      'stopped-at-registration',
    ].map((key) => [rowOf(result, key)['StoppedStage'], rowOf(result, key)['LastRefusalAskedBy']]);

    expect(told).toEqual([
      ['not-passed', 'application'],
      ['not-trusted', 'policy'],
      ['cannot-enrol', 'policy'],
    ]);
  });

  it('asks Graph for collections, and for nobody but the sender and the emergency accounts', () => {
    const paths = result.requests.map(({ method, path }) => `${method} ${path}`);

    const ofPeople = paths.filter((path) => path.startsWith('GET /v1.0/users/'));
    const single = ofPeople.filter(
      (path) => !/\/microsoft.graph.agentUser$|\/authentication\/methods$/.test(path),
    );
    expect(single.filter((path) => !path.includes('mfa-report@contoso.example'))).toEqual([]);
    const methods = paths.filter((path) => path.includes('/authentication/'));
    expect(methods).toHaveLength(EMERGENCY_ACCOUNTS.length);
  });

  it.each(['/v1.0/organization', '/v1.0/subscribedSkus'])(
    'asks for %s once, although the check before it needs it too',
    (path) => {
      expect(result.requests.filter((request) => request.path === path)).toHaveLength(1);
    },
  );

  it('logs counts and no person, address or token', () => {
    const text = JSON.stringify(result.lines);

    const told = FIXTURE_USERS.flatMap(({ key, displayName, userPrincipalName, signInName }) =>
      [fixtureId(key), displayName, userPrincipalName, signInName].filter(
        (value) => value && text.includes(value),
      ),
    );
    expect(told).toEqual([]);
    expect(text).not.toMatch(/@|eyJ|Bearer/);
    expect(result.lines.map(({ event }) => event)).toContain('mail.sent');
  });

  it('shows hostile names without markup, structure, formula, link or bidirectional character', () => {
    const { subject = '', text = '', html = '', headerLines = [] } = result.mail ?? {};

    expect(html).not.toMatch(/<(script|img|mj-raw|iframe)\b/i);
    expect(`${subject}${text}${html}`).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]/);
    expect(text).not.toMatch(/billing@elsewhere\.example|https:\/\/elsewhere\.example/);
    expect(html).not.toMatch(/href="https?:\/\/elsewhere/);
    expect(headerLines.filter(({ key }) => key === 'bcc')).toEqual([]);
    const cells = Object.values(result.csv).flatMap((rows) => rows.flatMap(Object.values));
    expect(cells.filter((value) => /^[=+@\t\r\n-]/.test(String(value)))).toEqual([]);
    expect(cells.filter((value) => String(value).startsWith("'="))).not.toEqual([]);
  });
});

describe('a run over generated users', () => {
  const people = 1500;
  const signIns = 20_000;
  const generatedCount = people - FIXTURE_USERS.length;
  const generated: GeneratedUsers = generateUsers(1, generatedCount, signIns * ENFORCED_SHARE);
  let result: RunResult;

  beforeAll(async () => {
    result = await runOnTenant({ people, signIns, hasWorkbook: true });
  });

  it('gives everybody the standing that they have by construction', () => {
    const standings = standingsOf(result);

    const wrong = Array.from({ length: generatedCount }, (_, index) => index).filter(
      (index) =>
        (standings.get(generatedId(generated, index)) ?? 'out-of-scope') !==
        expectedStanding(generated, index),
    );
    expect(wrong).toEqual([]);
  });

  it('puts every hit into the file of its list', () => {
    const expectedIn = (...standings: readonly ExpectedStanding[]) =>
      Array.from({ length: generatedCount }, (_, index) => index)
        .filter((index) => standings.includes(expectedStanding(generated, index)))
        .map((index) => generatedId(generated, index));

    for (const standing of HITS.filter((hit) => hit !== 'not-usable')) {
      const name = {
        stopped: 'Identity_Overview_Stopped.csv',
        impact: 'Identity_Overview_ImpactMFAEnforcement.csv',
        missing: 'Identity_Overview_MissingMFA.csv',
        unknown: 'Identity_Overview_Unknown.csv',
      }[standing as 'impact'];
      const expected = [...fixtureIds(standing), ...expectedIn(standing)].toSorted();

      expect(idsOf(result.csv[name])).toEqual(expected);
    }
  });

  it('follows every page of sign-ins, and asks for as many as the rows need, once each', () => {
    const graph = result.requests.filter(({ path }) => path !== '/msi/token');
    const count = (part: string) => graph.filter(({ path }) => path.includes(part)).length;
    const { coverage } = reportOf(result);
    const rowsOf = (source: string) => coverage.find((entry) => entry.source === source)?.rows ?? 0;

    expect(count('/userRegistrationDetails')).toBe(Math.ceil(rowsOf('registrations') / 1000));
    expect(graph.filter(({ path }) => path === '/v1.0/users')).toHaveLength(people / 500);
    expect(count('/signIns') - 2 * EMERGENCY_ACCOUNTS.length).toBe(
      Math.ceil(rowsOf('interactiveSignIns') / 1000) +
        Math.ceil(rowsOf('nonInteractiveSignIns') / 1000),
    );
    expect(rowsOf('interactiveSignIns')).toBeGreaterThan(3000);
    expect(rowsOf('nonInteractiveSignIns')).toBeGreaterThan(3000);
  });

  it('needs the same few requests beside the pages, however many people there are', async () => {
    const pages = /\/users$|signIns|userRegistrationDetails|[mM]embers$|\/msi\//;
    const others = ({ requests }: RunResult) =>
      requests.filter(({ path }) => !pages.test(path)).length;

    const small = await runOnTenant();

    expect(others(result)).toBe(others(small));
    expect(others(result)).toBeLessThanOrEqual(8 + EMERGENCY_ACCOUNTS.length);
  });
});

describe('pacing', () => {
  it('takes no more than 1.1 of the least time that five requests in ten seconds allow', async () => {
    const result = await runOnTenant({
      people: 1500,
      signIns: 20_000,
      settings: { REPORT_REQUESTS_PER_10_SECONDS: '5' },
    });

    const reporting = result.requests.filter(
      ({ path, query }) =>
        /auditLogs|reports/.test(path) || query['$select']?.includes('signInActivity'),
    ).length;
    const leastMs = Math.floor((reporting - 1) / 5) * 10_000;
    const tookMs = result.waitsMs.reduce((sum, waitMs) => sum + waitMs, 0);
    expect(reporting).toBeGreaterThan(15);
    expect(tookMs).toBeGreaterThanOrEqual(leastMs);
    expect(tookMs).toBeLessThanOrEqual(leastMs * 1.1);
  });
});

/** A tenant of a few people who are all covered or dormant, and the first of whom has the mailbox. */
function cleanTenant() {
  const isClean = (seed: number) =>
    [0, 1, 2, 3].every((index) =>
      ['covered', 'dormant'].includes(expectedStanding(generateUsers(seed, 4, 60), index)),
    );
  const seed = Array.from({ length: 1000 }, (_, index) => index + 1).find(isClean) ?? 0;
  const signIns = Math.ceil(60 / ENFORCED_SHARE);
  return { fixtures: false, people: 4, signIns, seed } as const;
}

const FIRST = {
  EMAIL_FROM: generatedNames(generateUsers(cleanTenant().seed, 4, 60), 0).signInName,
};

describe('a day without hits', () => {
  it('brings no mail', async () => {
    const { summary, sentMails, lines } = await runOnTenant({ ...cleanTenant(), settings: FIRST });

    expect(summary?.outcome).toBe('not-needed');
    expect(sentMails).toEqual([]);
    expect(lines.at(-1)?.event).toBe('mail.notNeeded');
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['SEND_WHEN=always', { SEND_WHEN: 'always' }],
    ['DEBUG_OUTPUT=true', { DEBUG_OUTPUT: 'True' }],
  ])('brings one with %s, with no list of nobody', async (_, settings) => {
    const { mail, csv, words } = await runOnTenant({
      ...cleanTenant(),
      settings: { ...FIRST, ...settings },
    });

    expect(mail?.subject).toContain('nobody stopped');
    expect(words).toContain('Nobody was stopped');
    expect(Object.keys(csv)).toEqual(['Identity_Overview.csv']);
  });

  it('brings one where somebody asked for it', async () => {
    const { mail } = await runOnTenant({
      ...cleanTenant(),
      settings: FIRST,
      trigger: 'on-demand',
    });

    expect(mail?.subject).toMatch(/^On demand – /);
  });

  it('brings a PARTIAL one whatever SEND_WHEN says', async () => {
    const { mail } = await runOnTenant({
      ...cleanTenant(),
      settings: { ...FIRST, SEND_WHEN: 'hits' },
      faults: [{ endpoint: 'interactiveSignIns', kind: 'noConsent' }],
    });

    expect(mail?.subject).toMatch(/^PARTIAL – /);
    expect(mail?.text).not.toMatch(/nobody (?:was |seen )?stopped/i);
  });
});

describe('a preview', () => {
  it('renders the digest and sends nothing, without sender and recipient', async () => {
    const { summary, sentMails, requests } = await runOnTenant({
      trigger: 'preview',
      settings: { EMAIL_FROM: '', EMAIL_TO: '' },
    });

    expect(summary?.outcome).toBe('previewed');
    expect(summary?.composition?.digest.html).toContain('<html');
    expect(sentMails).toEqual([]);
    expect(requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });
});

describe('settings', () => {
  it('address the mail', async () => {
    const { mail } = await runOnTenant({
      settings: {
        EMAIL_TO: 'a@contoso.example; b@contoso.example',
        EMAIL_CC: 'c@contoso.example',
        EMAIL_BCC: 'd@contoso.example',
        EMAIL_SUBJECT: 'Lücken',
        EMAIL_BODY: 'Guten Morgen.',
        ATTACH_CSV: 'false',
        ATTACH_WORKBOOK: 'false',
      },
    });

    expect(mail?.to?.map(({ address }) => address)).toEqual([
      'a@contoso.example',
      'b@contoso.example',
    ]);
    expect(mail?.cc?.map(({ address }) => address)).toEqual(['c@contoso.example']);
    expect(mail?.bcc?.map(({ address }) => address)).toEqual(['d@contoso.example']);
    expect(mail?.subject).toMatch(/^Lücken: /);
    expect(mail?.text).toContain('Guten Morgen.');
    expect(mail?.attachments).toEqual([]);
  });

  it('send JSON where the mail is not to be kept, with the receipt inside the message', async () => {
    const { sentMails } = await runOnTenant({
      settings: { SAVE_TO_SENT_ITEMS: 'false', REQUEST_DELIVERY_RECEIPT: 'true' },
    });

    expect(sentMails[0]?.contentType).toContain('application/json');
    expect(sentMails[0]?.body).toMatchObject({
      saveToSentItems: false,
      message: { isDeliveryReceiptRequested: true },
    });
  });

  it.each([
    ['2024', ['portal-impact'], ['cli-impact', 'admin-centre-impact']],
    ['2025', ['cli-impact', 'admin-centre-impact'], ['portal-impact']],
  ])(
    'select applications by the year in which enforcement began: %s',
    async (year, used, others) => {
      const standings = standingsOf(await runOnTenant({ settings: { ENFORCE_YEARS: year } }));

      expect(used.map((key) => standings.get(fixtureId(key)))).toEqual(used.map(() => 'impact'));
      expect(others.map((key) => standings.get(fixtureId(key)))).toEqual(
        others.map(() => 'missing'),
      );
    },
  );

  it('take guests and excluded people out of scope', async () => {
    const standings = standingsOf(
      await runOnTenant({
        settings: {
          INCLUDE_GUESTS: 'False',
          EXCLUDED_USERS: `RAFAEL.MONTOYA@contoso.example;${fixtureId('missing')}`,
        },
      }),
    );

    const leftOut = ['guest-impact', 'missing-guest', 'synchronised-member', 'guest-with-password'];
    for (const key of [...leftOut, 'cli-impact', 'missing']) {
      expect(standings.has(fixtureId(key))).toBe(false);
    }
  });

  it('say which are wrong, all at once, before Graph is asked for anything', async () => {
    const { error, requests, lines } = await runOnTenant({
      settings: { GRAPH_ENDPOINT: 'http://graph.microsoft.us', EMAIL_TO: 'nobody', SEND_WHEN: 'x' },
    });

    expect(error).toMatchObject({ code: 'settings_invalid', problems: { length: 3 } });
    expect(requests).toEqual([]);
    expect(lines.map(({ event }) => event)).toEqual(['run.failed']);
  });
});

describe('the sign-in log', () => {
  it('is attached in 25 columns where it is asked for: every row, whoever signed in and whether it failed', async () => {
    const result = await runOnTenant({
      trigger: 'preview',
      settings: { INCLUDE_SIGN_IN_LOG: 'true' },
    });

    const rows = result.csv['Identity_Overview_LoginsLogs.csv'] ?? [];
    const { coverage } = reportOf(result);
    const read = coverage
      .filter(({ source }) => source.endsWith('SignIns'))
      .reduce((sum, { rows: count }) => sum + count, 0);
    expect(rows).toHaveLength(read);
    expect(Object.keys(rows[0] ?? {})).toHaveLength(25);
    expect(new Set(rows.map((row) => row['Id'])).size).toBe(rows.length);
    expect(rows.some((row) => row['UserId'] === fixtureId('partner-technician'))).toBe(true);
    expect(rows.some((row) => row['Status']?.includes('"errorCode":50126'))).toBe(true);
    expect(standingsOf(result)).toEqual(standingsOf(await runOnTenant()));
  });

  it('is not there otherwise', async () => {
    const { csv } = await runOnTenant();

    expect(Object.keys(csv)).not.toContain('Identity_Overview_LoginsLogs.csv');
  });
});
