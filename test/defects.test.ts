import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Fault } from '../lib/simulation/faults/faults.ts';
import { castId } from '../lib/simulation/people/cast-member.ts';
import { CAST } from '../lib/simulation/people/cast.ts';
import type { Person } from '../lib/standings/person.ts';
import { reportOf, runOnTenant, standingsOf } from './support/run-on-tenant.ts';
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
  usual = await runOnTenant();
  unsubscribe('http.client.request.start', noteHost);
});

function person(key: string, result = usual): Person | undefined {
  return reportOf(result).people.find(({ user }) => user.id === castId(key));
}

function row(
  key: string,
  file: keyof typeof FILES = 'overview',
  result = usual,
): CsvRow | undefined {
  return result.csv[FILES[file]]?.find(({ Id }) => Id === castId(key));
}

async function standingsWith(options: RunOnTenantOptions): Promise<(key: string) => string> {
  const standings = standingsOf(await runOnTenant(options));
  return (key) => standings.get(castId(key)) ?? 'out-of-scope';
}

function runWith(...faults: readonly Fault[]): Promise<RunResult> {
  return runOnTenant({ faults });
}

describe('collecting', () => {
  it('A1: follows every page of sign-ins, not only the newest thousand', async () => {
    const result = await runOnTenant({ people: 500, signIns: 8000 });

    const signIns = reportOf(result).coverage.filter(({ source }) => source.endsWith('SignIns'));
    expect(signIns.map(({ pages }) => pages > 1)).toEqual([true, true]);
    expect(signIns.map(({ rows }) => rows > 1000)).toEqual([true, true]);
    expect(standingsOf(result).get(castId('mobile-impact'))).toBe('impact');
  });

  it.each(['failures-only', 'sprayed', 'interrupted'])(
    'A2: takes no failed sign-in for use: %s',
    (key) => {
      expect(row(key)?.['SignInsDetectedMSAdminPortals']).toBe('False');
      expect(row(key, 'impact')).toBeUndefined();
    },
  );

  it('A3: sees non-interactive sign-ins, and tells those with MFA from those without', () => {
    expect(person('background-impact')?.standing).toBe('impact');
    expect(person('federated')?.standing).toBe('satisfied-elsewhere');
    expect(person('cli-single-factor')?.standing).toBe('single-factor');
  });

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

  it('A8: calls somebody without a row unknown or new, and not without MFA', () => {
    expect(person('without-row')?.standing).toBe('unknown');
    expect(person('newcomer')?.standing).toBe('new');
    expect(row('without-row', 'missing')).toBeUndefined();
  });

  it('A9: joins a guest by object id, whatever the log calls them', () => {
    expect(person('guest-impact')?.standing).toBe('impact');
    expect(person('guest-home-mfa')?.standing).toBe('satisfied-elsewhere');
    expect(person('mixed-case')?.standing).toBe('impact');
  });

  it('A10: reads people without a user principal name, and two of one name', () => {
    expect(person('awkward-nameless')?.standing).toBe('impact');
    expect([person('namesake-1')?.standing, person('namesake-2')?.standing]).toEqual([
      'missing',
      'covered',
    ]);
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

  it('A13: picks applications by the year in which enforcement began', async () => {
    const standingOf = await standingsWith({ settings: { ENFORCE_YEARS: '2025' } });

    expect(standingOf('cli-impact')).toBe('impact');
    expect(standingOf('admin-centre-impact')).toBe('impact');
    expect(standingOf('portal-impact')).toBe('missing');
  });

  it.each([
    ['admin-centre-impact', 'Microsoft 365 admin centre'],
    ['terraform-impact', 'Azure Resource Manager by another client'],
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
  it('B1: shows no licence of somebody else', () => {
    expect(row('unlicensed')?.['UserLicenseList']).toBe('');
    expect(row('guest-impact')?.['UserLicenseList']).toBe('');
  });

  it.each(['disabled-user', 'leaves', 'mfa-report'])('B2: lists no disabled account: %s', (key) => {
    expect(person(key)).toBeUndefined();
  });

  it('B3: takes attempts for no activity, and background use for activity', () => {
    expect(person('sprayed')?.standing).toBe('dormant');
    expect(person('sprayed-without-row')?.standing).toBe('dormant');
    expect(person('background-impact')?.standing).toBe('impact');
  });

  it('B4: lists people whose registered method policy does not allow, apart', () => {
    expect(person('not-usable')?.standing).toBe('not-usable');
    expect(row('not-usable', 'missing')).toBeUndefined();
    expect(row('not-usable', 'notCapable')).toBeDefined();
  });

  it('B5: leaves synchronisation accounts out by role, and nobody by name', () => {
    expect(person('sync')).toBeUndefined();
    expect(person('cloud-sync')).toBeUndefined();
    expect(person('sync-namesake')?.standing).toBe('missing');
  });

  it('B6: knows guests, emergency accounts, new accounts and administrators, and ranks them', () => {
    const [first] = reportOf(usual).hits.impact;

    expect(person('missing-guest')?.isGuest).toBe(true);
    expect(person('emergency-bare')?.isEmergency).toBe(true);
    expect(person('newcomer')?.standing).toBe('new');
    expect(first?.user.id).toBe(castId('portal-impact'));
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
    const others = CAST.filter(
      ({ key, expected }) => expected.standing === 'not-usable' && key !== 'not-usable',
    );
    const result = await runOnTenant({
      settings: { EXCLUDED_USERS: others.map(({ key }) => castId(key)).join(';') },
    });

    expect(result.words).toContain('1 person has a method registered that cannot be used');
  });
});

describe('the mail', () => {
  it('C1: leads with the impact list', () => {
    const html = usual.mail?.html ?? '';

    const places = [
      'people got in with one factor and cannot do MFA',
      'people have no MFA method',
      'could not be judged<',
    ].map((words) => html.lastIndexOf(words));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('C2: gives everybody in it a row of the file, and the first of them one of the mail', () => {
    const html = usual.mail?.html ?? '';
    const { impact } = reportOf(usual).hits;

    expect(usual.csv[FILES.impact]?.map(({ UserPrincipalName: name }) => name)).toEqual(
      impact.map(({ user }) => user.userPrincipalName ?? ''),
    );
    expect(html).toContain(impact[0]?.user.id);
    expect(html).not.toContain('@{Id=');
  });

  it('C3: goes out where the impact list is the only one with people', async () => {
    const { hits } = reportOf(usual);
    const others = [...hits.missing, ...hits['not-usable'], ...hits.unknown];

    const result = await runOnTenant({
      settings: {
        EXCLUDED_USERS: others.map(({ user }) => user.id).join(';'),
        BREAK_GLASS_ACCOUNTS: '',
      },
    });

    expect(reportOf(result).hits.missing).toEqual([]);
    expect(result.summary?.outcome).toBe('sent');
    expect(result.mail?.subject).toMatch(/with one factor, /);
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

  it('C9: reads booleans as people and Bicep write them', async () => {
    const { mail } = await runOnTenant({
      settings: { ATTACH_CSV: 'False', ATTACH_WORKBOOK: 'false', DEBUG_OUTPUT: 'TRUE' },
    });

    expect(mail?.attachments).toEqual([]);
  });

  it('C10: says the subject and the opening paragraph that are set', async () => {
    const { mail, words } = await runOnTenant({
      settings: { EMAIL_SUBJECT: 'Gaps', EMAIL_BODY: 'For the security team.' },
    });

    expect(mail?.subject).toMatch(/^Gaps: /);
    expect(words).toContain('For the security team.');
  });

  it('C11: asks for the delivery receipt where Exchange looks for it', async () => {
    const settings = { REQUEST_DELIVERY_RECEIPT: 'true' };

    const mime = await runOnTenant({ settings });
    const json = await runOnTenant({ settings: { ...settings, SAVE_TO_SENT_ITEMS: 'false' } });

    const header = mime.mail?.headers.find(({ key }) => key === 'return-receipt-to');
    expect(header?.value).toContain('mfa-report@contoso.example');
    expect(json.sentMails[0]?.body).toMatchObject({
      message: { isDeliveryReceiptRequested: true },
    });
  });

  it('C12: encodes names and breaks up addresses and links in them', () => {
    const html = usual.mail?.html ?? '';

    expect(html).not.toMatch(/<img|<script|<mj-raw|href="[^"]*elsewhere/i);
    expect(usual.words).not.toContain('https://elsewhere.example');
    expect(usual.words).not.toContain('billing@elsewhere.example');
  });

  it('C13: neutralises cells that begin like a formula', () => {
    const cells = Object.values(usual.csv).flatMap((rows) =>
      rows.flatMap(Object.values),
    ) as string[];

    expect(cells.filter((cell) => /^[=+\-@\t\r\n]/.test(cell))).toEqual([]);
    expect(cells.filter((cell) => cell.startsWith("'="))).not.toEqual([]);
  });

  it('C14: writes UTF-8 with a byte order mark, and ISO instants', () => {
    const overview = usual.mail?.attachments.find(({ filename }) => filename === FILES.overview);

    const bytes = Buffer.from(overview?.content as ArrayBuffer);
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(row('cli-impact')?.['EntraID_LastSignInDateTime']).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  it('C15: sends nothing of an earlier day: a list of nobody is not attached', async () => {
    const missing = reportOf(usual).hits.missing.map(({ user }) => user.id);

    const { csv } = await runOnTenant({
      settings: { EXCLUDED_USERS: missing.join(';'), BREAK_GLASS_ACCOUNTS: '' },
    });

    expect(usual.csv[FILES.missing]).not.toEqual([]);
    expect(csv[FILES.missing]).toBeUndefined();
  });

  it('C17: zips what would not fit a request, and says so', async () => {
    const { sentMails, mail, words } = await runOnTenant({ people: 8000, signIns: 3000 });

    expect(sentMails).toHaveLength(1);
    expect(mail?.attachments.map(({ filename }) => filename)).toContain(`${FILES.overview}.zip`);
    expect(words).toContain('Some files are zipped');
  });

  it('C18: goes to several people, copies and hidden copies', async () => {
    const { mail } = await runOnTenant({
      settings: {
        EMAIL_TO: 'a@contoso.example,b@contoso.example',
        EMAIL_CC: 'c@contoso.example',
        EMAIL_BCC: 'd@contoso.example',
      },
    });

    expect([mail?.to?.length, mail?.cc?.length, mail?.bcc?.length]).toEqual([2, 1, 1]);
  });

  it('C19: names tenant, window, applications, roles, methods and links, and limits its rows', async () => {
    const { mail, words } = await runOnTenant({ settings: { MAX_ROWS_IN_EMAIL: '3' } });

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

  it('C20: shows people without MFA who use no portal', () => {
    const names = usual.csv[FILES.missing]?.map(({ DisplayName: name }) => name);

    expect(names).toContain('Dorota Maj');
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
