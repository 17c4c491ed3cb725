import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Fault } from '../lib/simulation/faults/faults.ts';
import { fixtureId } from '../lib/simulation/people/fixture-user.ts';
import { FIXTURE_USERS } from '../lib/simulation/people/fixture-users.ts';
import type { Person } from '../lib/standings/person.ts';
import { reportOf, runOnTenant } from './support/run-on-tenant.ts';
import type { CsvRow, RunOnTenantOptions, RunResult } from './support/run-on-tenant.ts';

const FILES = {
  overview: 'Identity_Overview.csv',
  impact: 'Identity_Overview_ImpactMFAEnforcement.csv',
  missing: 'Identity_Overview_MissingMFA.csv',
  notCapable: 'Identity_Overview_MissingMFA_NotCapable.csv',
  log: 'Identity_Overview_LoginsLogs.csv',
} as const;

let usual: RunResult;
const hosts = new Set<string>();

function noteHost(message: unknown): void {
  hosts.add((message as { request: ClientRequest }).request.host);
}

beforeAll(async () => {
  subscribe('http.client.request.start', noteHost);
  usual = await runOnTenant({ hasWorkbook: true });
  unsubscribe('http.client.request.start', noteHost);
});

function person(key: string, result = usual): Person | undefined {
  return reportOf(result).people.find(({ user }) => user.id === fixtureId(key));
}

function row(
  key: string,
  file: keyof typeof FILES = 'overview',
  result = usual,
): CsvRow | undefined {
  return result.csv[FILES[file]]?.find(({ Id }) => Id === fixtureId(key));
}

function runWith(...faults: readonly Fault[]): Promise<RunResult> {
  return runOnTenant({ faults });
}

describe('collecting', () => {
  it.each(['failures-only', 'sprayed', 'interrupted'])(
    'A2: takes no failed sign-in for use: %s',
    (key) => {
      expect(row(key)?.['SignInsDetectedMSAdminPortals']).toBe('False');
      expect(row(key, 'impact')).toBeUndefined();
    },
  );

  it('A4: counts nothing twice where a request fails and is asked in another way', async () => {
    const result = await runWith(
      { endpoint: 'interactiveSignIns', kind: 'refuseOr' },
      { endpoint: 'interactiveSignIns', kind: 'reset', on: 3, times: 1 },
    );

    expect(person('portal-impact', result)?.applications).toEqual(
      person('portal-impact')?.applications,
    );
  });

  it.each<[string, RunOnTenantOptions]>([
    ['a free tenant', { licence: 'free' }],
    ['no consent', { faults: [{ endpoint: 'interactiveSignIns', kind: 'noConsent' }] }],
    [
      'throttling without end',
      { faults: [{ endpoint: 'interactiveSignIns', kind: 'throttled', retryAfterSeconds: 7200 }] },
    ],
  ])('A5: never says that all is well where sign-ins could not be read: %s', async (_, options) => {
    const { mail, words } = await runOnTenant(options);

    expect(mail?.subject).toMatch(/^PARTIAL – .*not known/);
    expect(words).toContain('How many people were stopped at MFA is not known today');
    expect(words).not.toMatch(/nobody was stopped|no issues|protected as needed/i);
  });

  it('A6: fails where the people cannot be read, instead of finding no issues', async () => {
    const { error, sentMails } = await runWith({ endpoint: 'users', kind: 'noConsent' });

    expect(error).toMatchObject({ code: 'graph_denied' });
    expect(sentMails).toEqual([]);
  });

  it('A6: reads the people without sign-in activity where that needs a licence', async () => {
    const result = await runWith({ endpoint: 'users', kind: 'unlicensed' });

    expect(reportOf(result).people.length).toBe(reportOf(usual).people.length);
    expect(result.mail?.subject).toMatch(/^PARTIAL/);
  });

  it('A7: accuses nobody where the registration report cannot be read', async () => {
    const { hits } = reportOf(await runWith({ endpoint: 'registrations', kind: 'noConsent' }));

    expect([hits.impact, hits.missing, hits['not-usable']]).toEqual([[], [], []]);
    expect(hits.unknown.length).toBeGreaterThan(20);
  });

  it('A11: begins the window at midnight UTC, and asks for no more than Graph allows', async () => {
    const filters = usual.requests
      .filter(({ path }) => path.endsWith('/signIns'))
      .map(({ query }) => query['$filter'] ?? '')
      .filter((filter) => !filter.includes('userId eq'));
    const from = filters.map((filter) => /ge (\S+)/.exec(filter)?.[1] ?? '');

    expect(reportOf(usual).askedFrom).toBe('2026-08-23T00:00:00.000Z');
    expect(from.every((instant) => instant.endsWith('T00:00:00Z'))).toBe(true);
    const oldest = Date.parse('2026-11-21T06:00:00Z') - 90 * 86_400_000;
    expect(from.every((instant) => Date.parse(instant) >= oldest)).toBe(true);
  });

  it.each([
    ['admin-centre-impact', 'Microsoft 365 admin centre'],
    ['mobile-impact', 'Azure mobile app'],
  ])('A14: sees %s in %s', (key, application) => {
    expect(row(key, 'impact')?.['ApplicationsUsed']).toBe(application);
  });

  it('A15: asks for the properties that it uses, user type and creation among them', () => {
    const select =
      usual.requests.find(({ path }) => path === '/v1.0/users')?.query['$select'] ?? '';

    expect(select.split(',')).toEqual(expect.arrayContaining(['userType', 'createdDateTime']));
    expect(select).not.toMatch(/manager|devices|joinedTeams|authentication|licenseDetails/i);
    expect(row('guest-impact')?.['IsGuest']).toBe('True');
  });

  it('A16: counts one sign-in as one', () => {
    expect(row('comes-back', 'impact')?.['ApplicationsDetail']).toContain('1 successful');
  });

  it('A17: fills the columns of the log from the names that Graph uses', async () => {
    const { csv } = await runOnTenant({
      trigger: 'preview',
      settings: { INCLUDE_SIGN_IN_LOG: 'true' },
    });

    const [first] = csv[FILES.log] ?? [];
    expect(first?.['RiskEventTypesV2']).toBe('[]');
    expect(Object.keys(JSON.parse(first?.['AdditionalProperties'] ?? '{}') as object)).toContain(
      'authenticationRequirement',
    );
  });

  it('A18: sends its token to the Graph that GRAPH_ENDPOINT names, and to nobody else', () => {
    const withToken = usual.requests.filter(({ hadToken }) => hadToken);

    expect(withToken.map(({ path }) => path)).toEqual(
      usual.requests.map(({ path }) => path).filter((path) => path !== '/msi/token'),
    );
    expect([...hosts].map((host) => host.split(':')[0])).toEqual(['127.0.0.1']);
  });

  it('A19: uses v1.0 where v1.0 has the data, and large pages', () => {
    const versions = usual.requests
      .filter(({ path }) => path.startsWith('/beta'))
      .map(({ path }) => path);
    const users = usual.requests.filter(({ path }) => path === '/v1.0/users');

    expect(new Set(versions)).toEqual(new Set(['/beta/auditLogs/signIns']));
    expect(users[0]?.query['$top']).toBe('500');
  });

  it('A20: names licences without any other host than Graph', () => {
    expect(row('several-licences')?.['UserLicenseList']).toContain('Microsoft 365 E5');
    expect([...hosts].map((host) => host.split(':')[0])).toEqual(['127.0.0.1']);
  });
});

describe('judging', () => {
  it('B6: knows guests and emergency accounts', () => {
    expect(person('missing-guest')?.isGuest).toBe(true);
    expect(person('emergency-bare')?.isEmergency).toBe(true);
  });

  it('B7: judges how strong methods are', () => {
    expect(row('text-message-covered')?.['StrongestMethod']).toBe('sms-voice');
    expect(row('passkey-covered')?.['StrongestMethod']).toBe('phishing-resistant');
    expect(row('portal-impact')?.['StrongestMethod']).toBe('none');
    expect(row('unclassified-method')?.['StrongestMethod']).toBe('unclassified');
  });

  it('B8: keeps names that are not ASCII', () => {
    expect(row('unlicensed')?.['DisplayName']).toBe('Wilma Åkesson');
    expect(row('awkward-arabic')?.['DisplayName']).toBe('ليلى حداد');
  });

  it('B10: says of each list what its people have in common', () => {
    const { hits } = reportOf(usual);

    expect(usual.words).toContain(
      `${hits.impact.length} people got in with one factor and cannot do MFA.`,
    );
    expect(usual.words).toContain(`${hits.missing.length} people have no MFA method`);
    expect(usual.words).toContain(`${hits.unknown.length} people could not be judged`);
  });

  it('B12: says of one person that it is one', async () => {
    const others = FIXTURE_USERS.filter(
      ({ key, expected }) => expected.standing === 'not-usable' && key !== 'not-usable',
    );
    const result = await runOnTenant({
      settings: { EXCLUDED_USERS: others.map(({ key }) => fixtureId(key)).join(';') },
    });

    expect(result.words).toContain('1 person has a method registered that cannot be used');
  });
});

describe('the mail', () => {
  it('C2: gives everybody in it a row of the file, and the first of them one of the mail', () => {
    const html = usual.mail?.html ?? '';
    const { impact } = reportOf(usual).hits;

    expect(usual.csv[FILES.impact]?.map(({ UserPrincipalName: name }) => name)).toEqual(
      impact.map(({ user }) => user.userPrincipalName ?? ''),
    );
    expect(html).toContain(impact[0]?.user.id);
    expect(html).not.toContain('@{Id=');
  });

  const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

  it('C4, C5, C6: carries the workbook, the CSV files, the impact file among them, and nothing else', () => {
    const names = usual.mail?.attachments.map(({ filename, mimeType }) => [filename, mimeType]);

    expect(names).toEqual([
      ['mfa-gaps-2026-11-21.xlsx', XLSX],
      [FILES.overview, 'text/csv'],
      ['Identity_Overview_Stopped.csv', 'text/csv'],
      [FILES.impact, 'text/csv'],
      [FILES.missing, 'text/csv'],
      [FILES.notCapable, 'text/csv'],
      ['Identity_Overview_Unknown.csv', 'text/csv'],
      ['Identity_Overview_PhoneOnly.csv', 'text/csv'],
      ['Identity_Overview_Scripts.csv', 'text/csv'],
    ]);
    expect(row('cli-impact', 'impact')).toBeDefined();
  });

  it('C8: fails the run where it cannot be sent', async () => {
    const { error, lines } = await runWith({ endpoint: 'sendMail', kind: 'noMailbox' });

    expect(error).toMatchObject({ code: 'mail_rejected' });
    expect(lines.at(-1)).toMatchObject({ level: 'error', event: 'run.failed' });
  });

  it('C14: writes UTF-8 with a byte order mark, and ISO instants', () => {
    const overview = usual.mail?.attachments.find(({ filename }) => filename === FILES.overview);

    const bytes = Buffer.from(overview?.content as ArrayBuffer);
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(row('cli-impact')?.['EntraID_LastSignInDateTime']).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  it('C17: zips what would not fit a request, and says so', async () => {
    const { sentMails, mail, words } = await runOnTenant({ people: 8000, signIns: 3000 });

    expect(sentMails).toHaveLength(1);
    expect(mail?.attachments.map(({ filename }) => filename)).toContain(`${FILES.overview}.zip`);
    expect(words).toContain('Some files are zipped');
  });

  it('C19: names tenant, window, applications, roles, methods and links, and limits its rows', async () => {
    const { mail, words } = await runOnTenant({
      hasWorkbook: true,
      settings: { MAX_ROWS_IN_EMAIL: '3' },
    });

    expect(mail?.subject).toContain('Contoso');
    for (const part of ['ign-ins seen', 'Azure CLI', 'Global Administrator', 'no MFA method']) {
      expect(usual.words).toContain(part);
    }
    expect(mail?.html).toContain('https://entra.microsoft.com/');
    // Administrators are shown whatever the limit.
    const { impact } = reportOf(usual).hits;
    const shown = Math.max(3, impact.filter(({ privilege }) => privilege !== 'none').length);
    expect(words).toContain(`${impact.length - shown} more are in mfa-gaps-2026-11-21.xlsx`);
  });

  it('C21, C23: says for which tenant and when it was made, and by what', () => {
    const { tenant } = reportOf(usual);

    expect(usual.words).toContain(`Contoso, ${tenant.id}`);
    expect(usual.words).toMatch(/made 21 Nov 2026.* mfa-gap-mailer \d+\.\d+\.\d+/);
  });

  it('C22: sends addresses, devices and locations only where it is asked to', () => {
    expect(Object.keys(usual.csv)).not.toContain(FILES.log);
    expect(JSON.stringify(usual.csv)).not.toMatch(/203\.0\.113|geoCoordinates|ipAddress/);
  });
});

describe('running', () => {
  it('D3: needs the four permissions and no other', async () => {
    const { summary } = await runOnTenant({
      roles: [
        'AuditLog.Read.All',
        'Directory.Read.All',
        'UserAuthenticationMethod.Read.All',
        'Mail.Send',
      ],
    });

    expect(summary?.outcome).toBe('sent');
    expect(usual.requests.filter(({ status }) => status === 403)).toEqual([]);
  });

  it('D4: repeats what failed, and ends where it cannot go on', async () => {
    const passing = await runWith({ endpoint: 'registrations', kind: 'reset', times: 2 });
    const lasting = await runWith({ endpoint: 'users', kind: 'reset' });

    expect(reportOf(passing).isPartial).toBe(false);
    expect(lasting.error).toMatchObject({ code: 'graph_unreachable' });
  });

  it('D5: says that the tenant lacks a licence', async () => {
    const { words } = await runOnTenant({ licence: 'free' });

    expect(words).toContain('the tenant has no Entra ID P1 or P2 licence');
    expect(words).toContain('Assign Entra ID P1 or P2');
  });
});
