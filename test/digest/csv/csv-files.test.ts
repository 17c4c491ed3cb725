import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { csvFiles } from '../../../lib/digest/csv/csv-files.ts';
import { collectCsv } from '../../../lib/digest/csv/write-csv.ts';
import type { Report } from '../../../lib/report/report.ts';
import { aCoverage, aHistory, aPerson, aReport, aUse, guid } from '../../support/a-report.ts';

async function readFiles(report: Report): Promise<Record<string, Record<string, string>[]>> {
  const files = await Promise.all(csvFiles(report).map((file) => collectCsv(file)));
  return Object.fromEntries(
    files.map(({ name, content }) => [name, parse(content ?? '', { columns: true, bom: true })]),
  );
}

describe('csvFiles', () => {
  it('writes every file even when it has only its header', async () => {
    const report = aReport({ history: aHistory() });

    const files = await Promise.all(csvFiles(report).map((file) => collectCsv(file)));

    expect(files.map(({ name, rows }) => [name, rows])).toEqual([
      ['Identity_Overview.csv', 0],
      ['Identity_Overview_Stopped.csv', 0],
      ['Identity_Overview_ImpactMFAEnforcement.csv', 0],
      ['Identity_Overview_MissingMFA.csv', 0],
      ['Identity_Overview_MissingMFA_NotCapable.csv', 0],
      ['Identity_Overview_Unknown.csv', 0],
      ['Identity_Overview_PhoneOnly.csv', 0],
      ['Identity_Overview_Scripts.csv', 0],
      ['Identity_Overview_Changes.csv', 0],
      ['Identity_Overview_Excepted.csv', 0],
    ]);
    expect(files[8]?.content?.toString()).toBe(
      '\uFEFFFindingId,Id,UserPrincipalName,DisplayName,Change,How,From,To,OpenedOn,AgeDays,Reason,ChangeInWords,ToInWords\r\n'.replaceAll(
        /\w+/gu,
        '"$&"',
      ),
    );
  });

  it.each([undefined, aHistory({ state: 'none' })])(
    'leaves out what needs stored state where there is none',
    (history) => {
      const report = aReport(history === undefined ? {} : { history });

      const names = csvFiles(report).map(({ name }) => name);

      expect(names).toHaveLength(8);
      expect(names).not.toContain('Identity_Overview_Changes.csv');
    },
  );

  it('writes every instant in the same way', async () => {
    const use = aUse('Azure CLI', {
      firstAt: '2026-11-02T09:00:00.1234567Z',
      lastAt: '2026-11-03T08:00:00.000Z',
    });
    const person = aPerson({
      user: { displayName: 'At 2026-01-01T00:00:00.5Z', createdAt: '2026-01-01T00:00:00.5Z' },
      applications: [use],
      lastUseAt: '2026-11-03T08:00:00.000Z',
    });

    const files = await readFiles(aReport({ people: [person] }));

    expect(files['Identity_Overview.csv']?.[0]).toMatchObject({
      DisplayName: 'At 2026-01-01T00:00:00.5Z',
      CreatedDateTime: '2026-01-01T00:00:00Z',
      FirstUseDateTime: '2026-11-02T09:00:00Z',
      LastUseDateTime: '2026-11-03T08:00:00Z',
    });
  });

  it('puts everybody into the overview and each hit into the file of the list', async () => {
    const report = aReport({
      people: [
        aPerson({ standing: 'impact', user: { displayName: 'A' } }),
        aPerson({ standing: 'missing', user: { displayName: 'B' } }),
        aPerson({ standing: 'not-usable', user: { displayName: 'C' } }),
        aPerson({ standing: 'unknown', user: { displayName: 'D' } }),
        aPerson({ standing: 'covered', user: { displayName: 'E' } }),
        aPerson({ standing: 'stopped', user: { displayName: 'F' } }),
      ],
      phoneOnly: [aPerson({ standing: 'covered', user: { displayName: 'G' } })],
      scripts: [aPerson({ standing: 'covered', user: { displayName: 'H' } })],
    });

    const files = await readFiles(report);

    const names = Object.fromEntries(
      Object.entries(files).map(([name, rows]) => [name, rows.map((row) => row['DisplayName'])]),
    );
    expect(names).toEqual({
      'Identity_Overview.csv': ['A', 'B', 'C', 'D', 'E', 'F'],
      'Identity_Overview_Stopped.csv': ['F'],
      'Identity_Overview_ImpactMFAEnforcement.csv': ['A'],
      'Identity_Overview_MissingMFA.csv': ['B'],
      'Identity_Overview_MissingMFA_NotCapable.csv': ['B', 'C'],
      'Identity_Overview_Unknown.csv': ['D'],
      'Identity_Overview_PhoneOnly.csv': ['G'],
      'Identity_Overview_Scripts.csv': ['H'],
    });
  });

  it('writes the script’s 24 columns first, under their names and in their order', () => {
    const [overview] = csvFiles(aReport());

    expect(overview?.columns.slice(0, 24).join(' ')).toBe(
      'Id GivenName SurName UserPrincipalName DisplayName AccountEnabled Mail EntraID_LastSignInDateTime EntraID_LastNonInteractiveSignInDateTime EntraID_PasswordPolicies ActiveDirectoryDistinguishedName SignInsDetectedMSAdminPortals UserLicenseList IsAdmin DefaultMfaMethod MethodsRegistered IsMfaCapable IsMfaRegistered IsPasswordlessCapable IsSsprCapable IsSsprEnabled IsSsprRegistered IsSystemPreferredAuthenticationMethodEnabled AuthMethodsLastUpdatedDateTime',
    );
  });

  it('tells True, False and not known apart', async () => {
    const report = aReport({
      people: [
        aPerson({
          registration: { isMfaCapable: false, isMfaRegistered: true, methodsRegistered: [] },
        }),
      ],
    });

    const [row] = (await readFiles(report))['Identity_Overview.csv'] ?? [];

    expect(row).toMatchObject({
      IsMfaCapable: 'False',
      IsMfaRegistered: 'True',
      IsSsprCapable: '',
    });
  });

  it('describes each application used, and joins lists with a semicolon', async () => {
    const person = aPerson({
      applications: [
        aUse('Azure CLI', {
          successes: 3,
          successesWithMfa: 1,
          firstAt: '2026-11-01T08:00:00Z',
          lastAt: '2026-11-05T08:00:00Z',
        }),
        aUse('Azure PowerShell', {
          firstAt: '2026-10-25T08:00:00Z',
          lastAt: '2026-10-25T08:00:00Z',
        }),
      ],
      licences: ['Microsoft 365 E5', 'Power BI Pro'],
    });

    const [row] = (await readFiles(aReport({ people: [person] })))['Identity_Overview.csv'] ?? [];

    expect(row).toMatchObject({
      SignInsDetectedMSAdminPortals: 'True',
      ApplicationsUsed: 'Azure CLI; Azure PowerShell',
      ApplicationsDetail:
        'Azure CLI (3 successful, 1 with MFA, 0 failed at MFA, first 2026-11-01T08:00:00Z, last 2026-11-05T08:00:00Z); Azure PowerShell (1 successful, 0 with MFA, 0 failed at MFA, first 2026-10-25T08:00:00Z, last 2026-10-25T08:00:00Z)',
      FirstUseDateTime: '2026-10-25T08:00:00Z',
      UserLicenseList: 'Microsoft 365 E5; Power BI Pro',
    });
  });

  it.each([
    ['False', 'complete'],
    ['', 'partial'],
  ] as const)('writes %p for no sign-in seen when sign-ins are %s', async (expected, state) => {
    const report = aReport({
      people: [aPerson()],
      coverage: [aCoverage({ source: 'interactiveSignIns', state })],
    });

    const [row] = (await readFiles(report))['Identity_Overview.csv'] ?? [];

    expect(row?.['SignInsDetectedMSAdminPortals']).toBe(expected);
  });

  it('names excepted people with their standing, and those of EXCLUDED_USERS', async () => {
    const person = aPerson({ standing: 'impact' });
    const exception = {
      id: person.user.id,
      userPrincipalName: 'kiosk@contoso.example',
      displayName: 'Kiosk',
      reason: 'shared device',
      approvedBy: 'Head of IT',
      expiresOn: '2026-12-31',
      daysLeft: 40,
      isNew: false,
    };
    const report = aReport({
      people: [person],
      hits: { stopped: [], impact: [], missing: [], 'not-usable': [], unknown: [] },
      excludedUsers: [aPerson({ user: { id: guid(77) } }).user],
      history: aHistory({ exceptions: { active: [exception], ended: [], refused: [] } }),
    });

    const files = await readFiles(report);

    expect(files['Identity_Overview_Excepted.csv']).toMatchObject([
      { Id: person.user.id, ExceptedBy: 'exceptions.csv', Standing: 'impact', DaysLeft: '40' },
      { Id: guid(77), ExceptedBy: 'EXCLUDED_USERS', Standing: '' },
    ]);
    expect(files['Identity_Overview.csv']).toMatchObject([
      { Exception: 'until 2026-12-31, approved by Head of IT: shared device' },
    ]);
  });

  it('writes each change', async () => {
    const report = aReport({
      history: aHistory({
        changes: [
          {
            findingId: 'f1',
            id: guid(1),
            displayName: '=Anna',
            kind: 'resolved',
            how: 'mfa-seen',
            from: 'impact',
            openedOn: '2026-11-01',
            ageDays: 20,
            reason: 'MFA was seen.',
          },
        ],
      }),
    });

    const files = await readFiles(report);

    expect(files['Identity_Overview_Changes.csv']).toEqual([
      {
        FindingId: 'f1',
        Id: guid(1),
        UserPrincipalName: '',
        DisplayName: "'=Anna",
        Change: 'resolved',
        How: 'mfa-seen',
        From: 'impact',
        To: '',
        OpenedOn: '2026-11-01',
        AgeDays: '20',
        Reason: 'MFA was seen.',
        ChangeInWords: 'resolved',
        ToInWords: '',
      },
    ]);
  });
});
