import type { Change, History, TrendPoint } from '../../lib/findings/findings.ts';
import type { Report } from '../../lib/report/report.ts';
import { SOURCES } from '../../lib/sources/coverage.ts';
import type { Cause } from '../../lib/sources/coverage.ts';
import type { Person } from '../../lib/standings/person.ts';
import {
  aCoverage,
  aHistory,
  aPerson,
  aReport,
  aUse,
  byList,
  exactly,
  guid,
} from '../support/a-report.ts';

/** The days whose pictures are looked at. Everybody in them is invented. */
export function sampleReports(): Readonly<Record<string, Report>> {
  return {
    normal: aNormalDay(),
    first: { ...aNormalDay(), history: aHistory({ state: 'first', trend: [] }) },
    clean: aCleanDay(),
    partial: aPartialDay(),
    many: aReport({ people: manyPeople(500), history: aHistory({ trend: aTrend() }) }),
    hostile: aHostileDay(),
    unlicensed: anUnlicensedDay(),
  };
}

const IMPACT: readonly Person[] = [
  aPerson({
    user: { displayName: 'Anna Kovács', userPrincipalName: 'anna.kovacs@contoso.example' },
    privilege: 'global-administrator',
    roles: ['Global Administrator', 'Exchange Administrator'],
    isAdmin: true,
    applications: [
      aUse('Azure portal, Entra and Intune admin centres', {
        successes: 41,
        lastAt: '2026-11-20T15:12:00Z',
      }),
      aUse('Azure CLI', { successes: 214, lastAt: '2026-11-19T09:12:00Z', isNonInteractive: true }),
    ],
    reason: 'Signs in with one factor only and has no MFA method registered.',
    findingId: 'a1',
    ageDays: 0,
  }),
  aPerson({
    user: { displayName: 'Rahul Deshpande', userPrincipalName: 'rahul.deshpande@contoso.example' },
    privilege: 'global-administrator',
    roles: ['Global Administrator'],
    applications: [
      aUse('Microsoft 365 admin centre', { successes: 3, lastAt: '2026-11-18T11:00:00Z' }),
    ],
    methods: ['E-mail (password reset only)'],
    reason: 'Signs in with one factor only; the method registered is for password reset.',
    ageDays: 12,
  }),
  aPerson({
    user: {
      displayName: 'svc-terraform-prod',
      userPrincipalName: 'svc-terraform-prod@contoso.example',
    },
    applications: [
      aUse('Azure Resource Manager by another client', {
        successes: 12_408,
        lastAt: '2026-11-21T05:40:00Z',
        isInteractive: false,
        isNonInteractive: true,
      }),
    ],
    reason: 'Signs in with one factor only and has no MFA method registered.',
    ageDays: 31,
  }),
  aPerson({
    user: {
      displayName: 'Mette Sørensen',
      userPrincipalName: 'mette_fabrikam.example#EXT#@contoso.example',
    },
    isGuest: true,
    applications: [
      aUse('Azure portal, Entra and Intune admin centres', {
        successes: 1,
        lastAt: '2026-11-12T08:01:00Z',
      }),
    ],
    reason: 'A guest who signs in with one factor only; no MFA of the home tenant was seen.',
    ageDays: 3,
  }),
];

const MISSING: readonly Person[] = [
  aPerson({
    standing: 'missing',
    user: {
      displayName: 'Emergency Access 2',
      userPrincipalName: 'emergency2@contoso.example',
      lastSuccessfulSignInAt: '2026-09-01T08:00:00Z',
    },
    isEmergency: true,
    privilege: 'global-administrator',
    roles: ['Global Administrator'],
    reason: 'Active, and no MFA method is registered.',
    ageDays: 40,
  }),
  ...['Jonas Weber', 'Chiara Romano', 'Tomasz Zieliński', 'Ingrid Haugen', 'Li Wei'].map(
    (displayName, index) =>
      aPerson({
        standing: 'missing',
        user: {
          displayName,
          userPrincipalName: `${displayName
            .toLowerCase()
            .normalize('NFD')
            .replaceAll(/[^a-z ]/gu, '')
            .replace(' ', '.')}@contoso.example`,
          lastSuccessfulSignInAt: `2026-11-${String(20 - index * 3).padStart(2, '0')}T08:00:00Z`,
        },
        reason: 'Active, and no MFA method is registered.',
        ageDays: 5 + index * 9,
      }),
  ),
];

const NOT_USABLE: readonly Person[] = [
  aPerson({
    standing: 'not-usable',
    user: {
      displayName: 'Beatriz Almeida',
      userPrincipalName: 'beatriz.almeida@contoso.example',
      lastSuccessfulSignInAt: '2026-11-17T08:00:00Z',
    },
    methods: ['Mobile phone'],
    strongestMethod: 'sms-voice',
    weakestMethod: 'sms-voice',
    reason: 'A method is registered, but policy does not allow its use.',
    ageDays: 8,
  }),
];

const UNKNOWN: readonly Person[] = [
  aPerson({
    standing: 'unknown',
    user: { displayName: 'Kofi Mensah', userPrincipalName: 'kofi.mensah@contoso.example' },
    registration: undefined as never,
    applications: [aUse('Azure PowerShell', { successes: 9, lastAt: '2026-11-16T08:00:00Z' })],
    reason: 'Used an enforced application, and the registration report has no row.',
    ageDays: 2,
  }),
];

function covered(count: number): readonly Person[] {
  return Array.from({ length: count }, () => aPerson({ standing: 'covered' }));
}

export function aNormalDay(): Report {
  const people = [...IMPACT, ...MISSING, ...NOT_USABLE, ...UNKNOWN, ...covered(1192)];
  return aReport({
    people,
    history: aNormalHistory(),
    emergencyAccounts: [
      {
        configured: 'emergency1@contoso.example',
        user: aPerson({
          user: {
            displayName: 'Emergency Access 1',
            userPrincipalName: 'emergency1@contoso.example',
          },
        }).user,
        state: 'ready',
        checks: [],
        isDrillDue: false,
        sentence: 'A passkey is registered and may be used.',
      },
      {
        configured: 'emergency2@contoso.example',
        user: MISSING[0]!.user,
        state: 'gap',
        checks: [],
        isDrillDue: false,
        sentence: 'No MFA method is registered. Register two passkeys and keep them apart.',
      },
    ],
    excludedUsers: [aPerson().user, aPerson().user],
    notInDirectory: { people: 12, signIns: 132 },
    coverage: SOURCES.map((source) =>
      aCoverage({
        source,
        ...(source.endsWith('SignIns')
          ? {
              rows: 48_211,
              pages: 49,
              firstEventAt: '2026-10-22T00:03:00Z',
              lastEventAt: '2026-11-21T05:58:00Z',
            }
          : {}),
      }),
    ),
  });
}

function aChange(person: Person, about: Partial<Change>): Change {
  const { id, userPrincipalName = '', displayName = '' } = person.user;
  return {
    findingId: `finding-${id}`,
    id,
    userPrincipalName,
    displayName,
    kind: 'opened',
    openedOn: '2026-11-21',
    ageDays: 0,
    reason: person.reason,
    ...about,
  };
}

function aNormalHistory(): History {
  const gone = aPerson({
    user: { displayName: 'Sofia Lindqvist', userPrincipalName: 'sofia.lindqvist@contoso.example' },
  });
  const left = aPerson({
    user: { displayName: 'Peter Novak', userPrincipalName: 'peter.novak@contoso.example' },
  });
  return aHistory({
    changes: [
      aChange(IMPACT[0]!, { kind: 'opened', to: 'impact' }),
      aChange(NOT_USABLE[0]!, {
        kind: 'regressed',
        to: 'not-usable',
        reason: 'Was able to do MFA before; policy no longer allows the method.',
      }),
      aChange(IMPACT[3]!, { kind: 'reopened', to: 'impact' }),
      aChange(IMPACT[1]!, { kind: 'moved', from: 'missing', to: 'impact' }),
      aChange(gone, { kind: 'resolved', how: 'registered', from: 'impact' }),
      aChange(left, { kind: 'resolved', how: 'left', from: 'missing' }),
    ],
    trend: aTrend(),
    medianAgeDays: 8,
    resolvedLast7Days: 6,
    resolvedLast30Days: 21,
    zeroOn: '2027-01-14',
    exceptions: {
      active: [
        {
          id: guid(501),
          displayName: 'Kiosk Reception',
          userPrincipalName: 'kiosk-reception@contoso.example',
          reason: 'Shared device, replaced in December',
          approvedBy: 'Head of IT',
          expiresOn: '2026-11-26',
          daysLeft: 5,
          isNew: false,
        },
      ],
      ended: [],
      refused: [{ line: 4, because: 'The expiry is more than 90 days from today.' }],
    },
  });
}

function aTrend(): readonly TrendPoint[] {
  return Array.from({ length: 30 }, (_, index) => ({
    day: new Date(Date.UTC(2026, 9, 23 + index)).toISOString().slice(0, 10),
    isPartial: index === 11,
    hits: {
      stopped: 0,
      impact: Math.max(3, 10 - Math.floor(index / 4)) - (index === 28 ? 1 : 0),
      missing: 14 - Math.floor(index / 4),
      'not-usable': 2 - (index > 20 ? 1 : 0),
      unknown: 1 + (index % 3),
    },
  }));
}

export function aCleanDay(): Report {
  return aReport({
    people: covered(1204),
    history: aHistory({
      trend: aTrend()
        .slice(-6)
        .map((point, index) => ({
          ...point,
          hits: byList((list) => (index < 4 && list === 'missing' ? 4 - index : 0)),
        })),
      resolvedLast7Days: 4,
      resolvedLast30Days: 12,
    }),
  });
}

const NO_CONSENT: Cause = {
  kind: 'deadline',
  because: 'Graph answered too slowly and the time limit of 25 minutes was reached',
  remedy: 'Raise RUN_TIME_LIMIT_MINUTES to 29, or wait: the next run goes on from there.',
};

export function aPartialDay(): Report {
  const whole = aNormalDay();
  return {
    ...whole,
    isPartial: true,
    seenFrom: '2026-11-14T00:00:00Z',
    coverage: whole.coverage.map((entry) =>
      entry.source === 'nonInteractiveSignIns'
        ? { ...entry, state: 'partial', cause: NO_CONSENT, rows: 8_000, pages: 8 }
        : entry,
    ),
    figures: {
      ...whole.figures,
      hits: byList((list) => ({
        people: { kind: 'at-least', value: whole.hits[list].length },
        admins: { kind: 'at-least', value: 1 },
      })),
    },
    history: aHistory({
      changes: aNormalHistory().changes.slice(0, 1),
      trend: [...aTrend().slice(0, -1), { ...aTrend().at(-1)!, isPartial: true }],
    }),
  };
}

const DEPARTMENTS = ['Finance', 'Platform', 'Retail operations', 'Legal', 'Finance', 'Platform'];

function manyPeople(count: number): readonly Person[] {
  const standings = ['impact', 'missing', 'not-usable', 'unknown'] as const;
  return Array.from({ length: count }, (_, index) =>
    aPerson({
      standing: standings[index % 4]!,
      user: { department: DEPARTMENTS[index % 13] },
      ageDays: index % 60,
      applications: index % 2 === 0 ? [aUse('Azure CLI', { successes: index + 1 })] : [],
      ...(index < 8
        ? { roles: ['User Administrator'], privilege: 'privileged-role' as const }
        : {}),
    }),
  );
}

export function aHostileDay(): Report {
  const names = [
    '<script>alert(1)</script><img src=x onerror=alert(2)>',
    'Urgent: sign in at https://evil.example/login now',
    "=cmd|' /C calc'!A0",
    '\u202Eelpmaxe.live moc.tfosorcim',
    'محمد عبد الله الأحمدي',
    'שרה כהן',
    `Very ${'long '.repeat(80)}name`,
    'Z\u0335\u0336\u0337\u0338\u0321a\u0335\u0336\u0337\u0338\u0321l\u0335go',
    '"quotes" & \'apostrophes\' </td></tr></table>',
    'boss@contoso.example\r\nBcc: victim@evil.example',
    '',
    '𝕱𝖗𝖆𝖓𝖟 👩‍👩‍👧 李小龍',
  ];
  return aReport({
    tenant: { id: guid(999), name: 'Contoso\r\nBcc: all@evil.example <b>www.evil.example</b>' },
    people: names.map((displayName, index) =>
      aPerson({
        standing: index % 2 === 0 ? 'impact' : 'unknown',
        user: {
          displayName,
          userPrincipalName:
            index === 6 ? `${'x'.repeat(300)}@contoso.example` : `hostile${index}@contoso.example`,
        },
        roles: index === 1 ? ['<b>Role</b> https://evil.example', 'User Administrator'] : [],
        applications: [aUse('Azure CLI')],
      }),
    ),
    history: aHistory({
      exceptions: {
        active: [],
        ended: [],
        refused: [],
        problem:
          'exceptions.csv excepts nobody, because it has no header with person, reason, approved by and expires.',
      },
    }),
  });
}

export function anUnlicensedDay(): Report {
  const cause: Cause = {
    kind: 'licence',
    because: 'the tenant has no Entra ID P1 or P2 licence',
    remedy:
      'Assign at least one Entra ID P1 licence, or read these figures as what is left without it.',
  };
  const refused = ['activity', 'registrations', 'interactiveSignIns', 'nonInteractiveSignIns'];
  const people = Array.from({ length: 37 }, (_, index) =>
    aPerson({
      standing: 'unknown',
      registration: undefined as never,
      reason: 'Registrations and sign-ins could not be read, so nothing is known of this account.',
      ...(index === 0
        ? { roles: ['Global Administrator'], privilege: 'global-administrator' as const }
        : {}),
    }),
  );
  const whole = aReport({ people });
  const { seenFrom, seenTo, ...rest } = whole;
  void seenFrom;
  void seenTo;
  return {
    ...rest,
    isPartial: true,
    coverage: whole.coverage.map((entry) =>
      refused.includes(entry.source)
        ? { ...entry, state: 'not-available', cause, rows: 0, pages: 0 }
        : entry,
    ),
    figures: {
      inScope: people.length,
      standings: whole.figures.standings,
      withoutMethod: { people: { kind: 'not-known' }, admins: { kind: 'not-known' } },
      newAccounts: { kind: 'not-known' },
      hits: byList((list) => ({
        people: list === 'unknown' ? exactly(people.length) : { kind: 'not-known' },
        admins: list === 'unknown' ? exactly(1) : { kind: 'not-known' },
      })),
    },
  };
}
