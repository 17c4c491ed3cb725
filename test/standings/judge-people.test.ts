import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Rules } from '../../lib/standings/facts.ts';
import { judgePeople, listHits } from '../../lib/standings/judge-people.ts';
import type { Person } from '../../lib/standings/person.ts';
import { HIT_LISTS, STANDINGS } from '../../lib/standings/standings.ts';
import { aPerson } from '../support/a-report.ts';
import {
  aUser,
  aUseRow,
  CAPABLE,
  NOT_ALLOWED,
  NOT_REGISTERED,
  NOW,
  observations,
  rules,
} from '../support/observations.ts';
import type { Seen } from '../support/observations.ts';
import { refusalOf } from '../support/seen-use.ts';

const { id: ADELE } = aUser();
const LONG_AGO = '2026-08-22T23:59:59Z';
const SYNC_ROLE = {
  name: 'Directory Synchronization Accounts',
  templateId: 'd29b2b05-8046-44ba-8758-1e26182fcf32',
};
const CLOUD_SYNC_ROLE = {
  name: 'On Premises Directory Sync Account',
  templateId: 'a92aed5d-d78a-4d16-b381-09adb37eb3b0',
};

function judged(seen: Seen, about: Partial<Rules> = {}): readonly Person[] {
  return judgePeople(observations(seen), rules(about));
}

function standingOf(seen: Seen, about: Partial<Rules> = {}): string {
  return judged(seen, about)[0]?.standing ?? 'out-of-scope';
}

const withRow = (row: object) => ({ registrations: { [ADELE]: row as typeof CAPABLE } });
const CERTIFICATE = 'certificateBasedAuthentication';
/** A row that says "not registered" and lists methods. */
const withMethods = (...methodsRegistered: readonly string[]) =>
  withRow({ ...NOT_REGISTERED, methodsRegistered });

describe('who is in scope', () => {
  it.each<[string, Seen, Partial<Rules>, boolean]>([
    ['an enabled member', {}, {}, true],
    ['a disabled account', { users: [aUser({ accountEnabled: false })] }, {}, false],
    [
      'an excluded UPN in another case',
      {},
      { excludedUsers: ['ADELE.Vance@contoso.example'] },
      false,
    ],
    ['an excluded object id in another case', {}, { excludedUsers: [ADELE.toUpperCase()] }, false],
    ['a guest', { users: [aUser({ isGuest: true })] }, {}, true],
    [
      'a guest where guests are not included',
      { users: [aUser({ isGuest: true })] },
      { includeGuests: false },
      false,
    ],
    ['a synchronisation account', { roles: { [ADELE]: [SYNC_ROLE] } }, {}, false],
    ['a cloud synchronisation account', { roles: { [ADELE]: [CLOUD_SYNC_ROLE] } }, {}, false],
    [
      'somebody under the name of the synchronisation account',
      { users: [aUser({ displayName: 'On-Premises Directory Synchronization Service Account' })] },
      {},
      true,
    ],
    [
      'a Sync_ account without the role where roles are known',
      { users: [aUser({ userPrincipalName: 'Sync_DC01@contoso.example' })] },
      {},
      true,
    ],
    [
      'a Sync_ account where roles are refused',
      {
        users: [aUser({ userPrincipalName: 'Sync_DC01@contoso.example' })],
        missing: { roles: 'not-available' },
      },
      {},
      false,
    ],
    [
      'ADToAADSyncServiceAccount where roles are refused',
      {
        users: [aUser({ userPrincipalName: 'ADToAADSyncServiceAccount@contoso.example' })],
        missing: { roles: 'not-available' },
      },
      {},
      false,
    ],
    [
      'a disabled emergency account',
      { users: [aUser({ accountEnabled: false })] },
      { breakGlassAccounts: [ADELE] },
      true,
    ],
    [
      'an excluded emergency account',
      {},
      { excludedUsers: [ADELE], breakGlassAccounts: [ADELE] },
      true,
    ],
  ])('%s', (_, seen, about, isInScope) => {
    expect(judged(seen, about).length > 0).toBe(isInScope);
  });
});

describe('the facts', () => {
  it.each<[string, Seen, string]>([
    ['a row and one factor', { ...withRow(NOT_REGISTERED), uses: [aUseRow()] }, 'impact'],
    [
      'failures only',
      { ...withRow(NOT_REGISTERED), uses: [aUseRow({ successes: 0, refusals: [0, 0, 9, 0, 0] })] },
      'missing',
    ],
    [
      'MFA seen at one application and one factor at another',
      {
        ...withRow(CAPABLE),
        uses: [aUseRow(), aUseRow({ application: 2, elsewhere: 1 })],
      },
      'covered',
    ],
    [
      'only non-interactive use',
      {
        ...withRow(NOT_REGISTERED),
        uses: [aUseRow({ application: 2, isInteractive: false, isNonInteractive: true })],
      },
      'impact',
    ],
    ['no row and no use', {}, 'unknown'],
    [
      'no row, no use, from the future',
      { users: [aUser({ createdAt: '9999-12-31T23:59:59Z' })] },
      'unknown',
    ],
    [
      'no row, no use, from a clock that is five minutes ahead',
      { users: [aUser({ createdAt: '2026-11-21T06:05:00Z' })] },
      'new',
    ],
    [
      'no row, no use, from a moment later',
      { users: [aUser({ createdAt: '2026-11-21T06:05:00.001Z' })] },
      'unknown',
    ],
    ['no row, no use, new', { users: [aUser({ createdAt: '2026-11-19T06:00:00Z' })] }, 'new'],
    [
      'no row, no use, a moment too old to be new',
      { users: [aUser({ createdAt: '2026-11-19T05:59:59Z' })] },
      'unknown',
    ],
    [
      'no row, new, and already used',
      { users: [aUser({ createdAt: '2026-11-20T06:00:00Z' })], uses: [aUseRow()] },
      'unknown',
    ],
    ['no row, no date of creation', { users: [aUser({ createdAt: '' })] }, 'unknown'],
    ['registered, not allowed, no use', withRow(NOT_ALLOWED), 'not-usable'],
    ['not registered, e-mail for password resets', withMethods('email'), 'missing'],
    ['not registered, a pass to register with', withMethods('temporaryAccessPass'), 'missing'],
    ['not registered, beside a phone', withMethods('mobilePhone'), 'not-usable'],
    ['not registered, beside a method that nobody knows', withMethods('newThing'), 'not-usable'],
    ['not registered, beside a certificate', withMethods(CERTIFICATE), 'not-usable'],
    [
      'the last success a second before the window',
      { users: [aUser({ lastSuccessfulSignInAt: LONG_AGO })], ...withRow(NOT_REGISTERED) },
      'dormant',
    ],
    [
      'the last success at the first instant of the window',
      {
        users: [aUser({ lastSuccessfulSignInAt: '2026-08-23T00:00:00Z' })],
        ...withRow(NOT_REGISTERED),
      },
      'missing',
    ],
    [
      'attempts of today, no success ever',
      {
        users: [
          aUser({ lastSuccessfulSignInAt: '' }),
          aUser({ id: 'other', userPrincipalName: 'other@contoso.example' }),
        ],
        ...withRow(NOT_REGISTERED),
      },
      'dormant',
    ],
    [
      'attempts of today, in a tenant that gives the last success for nobody',
      {
        users: [{ ...aUser(), lastSuccessfulSignInAt: undefined } as never],
        ...withRow(NOT_REGISTERED),
      },
      'missing',
    ],
    [
      'attempts of long ago, in a tenant that gives the last success for nobody',
      {
        users: [{ ...aUser(), lastSuccessfulSignInAt: undefined, lastSignInAt: LONG_AGO } as never],
        ...withRow(NOT_REGISTERED),
      },
      'dormant',
    ],
    [
      'activity that cannot be read, in a tenant where that of others can',
      {
        users: [
          { ...aUser(), lastSuccessfulSignInAt: undefined, isActivityUnreadable: true } as never,
          aUser({ id: 'other', userPrincipalName: 'other@contoso.example' }),
        ],
        ...withRow(NOT_REGISTERED),
      },
      'missing',
    ],
    [
      'a row that does not say whether the account can do MFA, used',
      { ...withRow({ methodsRegistered: [] }), uses: [aUseRow()] },
      'unknown',
    ],
  ])('%s', (_, seen, standing) => {
    expect(standingOf(seen)).toBe(standing);
  });

  it('measures activity against the days asked for, not those that Entra keeps', () => {
    const users = [aUser({ lastSuccessfulSignInAt: '2026-09-20T00:00:00Z' })];

    expect(standingOf({ users, ...withRow(NOT_REGISTERED) }, { daysToCheckLogs: 90 })).toBe(
      'missing',
    );
    expect(standingOf({ users, ...withRow(NOT_REGISTERED) }, { daysToCheckLogs: 30 })).toBe(
      'dormant',
    );
  });
});

describe('a source that is missing', () => {
  const noSignIns = {
    interactiveSignIns: 'not-available',
    nonInteractiveSignIns: 'not-available',
  } as const;

  it.each<[string, Seen, string]>([
    ['sign-ins: capable, nothing seen', { ...withRow(CAPABLE), missing: noSignIns }, 'covered'],
    [
      'sign-ins: not registered, nothing seen',
      { ...withRow(NOT_REGISTERED), missing: noSignIns },
      'unknown',
    ],
    [
      'sign-ins: not active, and so not used either',
      {
        users: [aUser({ lastSuccessfulSignInAt: LONG_AGO })],
        ...withRow(NOT_REGISTERED),
        missing: noSignIns,
      },
      'dormant',
    ],
    [
      'sign-ins: no attempt of late, in a tenant that gives the last success for nobody',
      {
        users: [{ ...aUser(), lastSuccessfulSignInAt: undefined, lastSignInAt: LONG_AGO } as never],
        ...withRow(NOT_REGISTERED),
        missing: noSignIns,
      },
      'unknown',
    ],
    [
      'sign-ins and activity: not registered',
      { ...withRow(NOT_REGISTERED), missing: { ...noSignIns, activity: 'not-available' } },
      'unknown',
    ],
    [
      'sign-ins: capable, refused on two days, and nobody knows what came after',
      {
        ...withRow(CAPABLE),
        uses: [refusalOf(ADELE, NOW.getTime() - 1, { days: 2, interactiveDays: 2 })],
        missing: noSignIns,
      },
      'unknown',
    ],
    [
      'sign-ins: capable, refused once, which is no news whatever came after',
      {
        ...withRow(CAPABLE),
        uses: [refusalOf(ADELE, NOW.getTime() - 1)],
        missing: noSignIns,
      },
      'covered',
    ],
    [
      'one kind of sign-in: one factor seen in the other',
      {
        ...withRow(NOT_REGISTERED),
        uses: [aUseRow()],
        missing: { nonInteractiveSignIns: 'not-available' },
      },
      'unknown',
    ],
    [
      'one kind of sign-in: MFA seen in the other',
      {
        ...withRow(NOT_REGISTERED),
        uses: [aUseRow({ elsewhere: 1 })],
        missing: { nonInteractiveSignIns: 'partial' },
      },
      'satisfied-elsewhere',
    ],
    [
      'registrations: one factor seen',
      { uses: [aUseRow()], missing: { registrations: 'not-available' } },
      'unknown',
    ],
    [
      'registrations: MFA seen',
      { uses: [aUseRow({ elsewhere: 1 })], missing: { registrations: 'not-available' } },
      'satisfied-elsewhere',
    ],
    [
      'registrations: not active',
      {
        users: [aUser({ lastSuccessfulSignInAt: LONG_AGO })],
        missing: { registrations: 'not-available' },
      },
      'dormant',
    ],
    [
      'registrations in part: a row that was read counts',
      { ...withRow(NOT_REGISTERED), uses: [aUseRow()], missing: { registrations: 'partial' } },
      'impact',
    ],
    [
      'activity: everybody counts as active',
      {
        users: [aUser({ lastSuccessfulSignInAt: LONG_AGO })],
        ...withRow(NOT_REGISTERED),
        missing: { activity: 'not-available' },
      },
      'missing',
    ],
    [
      'roles: decide no standing',
      { ...withRow(CAPABLE), missing: { roles: 'not-available' } },
      'covered',
    ],
    [
      'v1.0: a success that does not say whether MFA was done',
      {
        ...withRow(CAPABLE),
        uses: [aUseRow({ unsaid: 1 })],
        missing: { nonInteractiveSignIns: 'not-available' },
      },
      'covered',
    ],
    [
      'v1.0: the same without a method',
      { ...withRow(NOT_REGISTERED), uses: [aUseRow({ unsaid: 1 })] },
      'unknown',
    ],
    [
      'everything but the people',
      {
        missing: {
          ...noSignIns,
          activity: 'not-available',
          registrations: 'not-available',
          roles: 'not-available',
        },
      },
      'unknown',
    ],
  ])('%s', (_, seen, standing) => {
    expect(standingOf(seen)).toBe(standing);
  });
});

describe('the disabled emergency account', () => {
  it('is never a hit', () => {
    const users = [aUser({ accountEnabled: false })];

    const [person] = judged(
      { users, ...withRow(NOT_REGISTERED), uses: [aUseRow()] },
      { breakGlassAccounts: [ADELE] },
    );

    expect(person?.standing).toBe('dormant');
    expect(person?.reason).toBe('The account is disabled.');
  });

  it('keeps a standing that is none', () => {
    const users = [aUser({ accountEnabled: false })];

    expect(standingOf({ users, ...withRow(CAPABLE) }, { breakGlassAccounts: [ADELE] })).toBe(
      'covered',
    );
  });
});

describe('what a person carries', () => {
  it('names applications latest first, with counts and instants', () => {
    const [person] = judged({
      uses: [
        aUseRow({ application: 0, successes: 3, firstAt: 1, lastAt: 2 }),
        aUseRow({ application: 2, successes: 6, firstAt: 1, lastAt: 6, isNonInteractive: true }),
        aUseRow({ application: 3, successes: 0, refusals: [0, 0, 2, 0, 0] }),
      ],
    });

    expect(
      person?.applications.map(({ application, ...use }) => [application.name, use]),
    ).toMatchObject([
      [
        'Azure CLI',
        {
          successes: 6,
          firstAt: new Date(1).toISOString(),
          lastAt: new Date(6).toISOString(),
          isInteractive: true,
          isNonInteractive: true,
        },
      ],
      ['Azure portal, Entra and Intune admin centres', { successes: 3, isNonInteractive: false }],
      ['Azure PowerShell', { successes: 0, failuresThatAskedForMfa: 2 }],
    ]);
    expect(person?.lastUseAt).toBe(new Date(6).toISOString());
  });

  it('gives nobody the licences of somebody else', () => {
    const people = judged({
      users: [
        aUser({ id: 'a', skuIds: ['SKU-1', 'sku-2'] }),
        aUser({ id: 'b', skuIds: [] }),
        aUser({ id: 'c', skuIds: ['sku-9'] }),
      ],
      namesBySku: { 'sku-1': 'Microsoft 365 E3', 'sku-2': 'Power BI Pro' },
    });

    expect(people.map(({ licences }) => licences)).toEqual([
      ['Microsoft 365 E3', 'Power BI Pro'],
      [],
      ['sku-9'],
    ]);
  });

  it('does not know licences that could not be read', () => {
    expect(judged({})[0]?.licences).toBeUndefined();
  });

  it('does not know roles that could not be read, but takes the isAdmin of the row', () => {
    const seen = {
      ...withRow({ ...CAPABLE, isAdmin: true }),
      missing: { roles: 'not-available' },
    } as const;

    const [person] = judged(seen);

    expect(person?.roles).toBeUndefined();
    expect(person?.privilege).toBe('role-of-unknown-kind');
  });
});

describe('the join', () => {
  const anyPeople = fc.uniqueArray(fc.nat(30), { minLength: 1, maxLength: 12 });

  it('does not depend on the order of users, registrations, roles or uses', () => {
    const anyOrder = fc.tuple(anyPeople, fc.infiniteStream(fc.nat()));
    fc.assert(
      fc.property(anyOrder, ([numbers, stream]) => {
        const ranks = [...stream.take(500)];
        const shuffled = <Item>(items: readonly Item[]): readonly Item[] =>
          items
            .map((item) => ({ item, rank: ranks.pop() ?? 0 }))
            .toSorted((a, b) => a.rank - b.rank)
            .map(({ item }) => item);
        const idOf = (number: number) => `0000000${number}-aaaa`;
        const seenIn = (order: <Item>(items: readonly Item[]) => readonly Item[]): Seen => ({
          users: order(numbers).map((number) =>
            // A UPN that another person's row carries: only ids join.
            aUser({
              id: idOf(number).toUpperCase(),
              userPrincipalName: `p${number % 3}@x.example`,
            }),
          ),
          registrations: Object.fromEntries(
            order(numbers.filter((number) => number % 4 > 0)).map((number) => [
              idOf(number),
              number % 2 === 0 ? CAPABLE : NOT_REGISTERED,
            ]),
          ),
          roles: Object.fromEntries(
            order(numbers.filter((number) => number % 5 === 0)).map((number) => [
              idOf(number),
              [{ name: 'Reports Reader' }],
            ]),
          ),
          uses: order(numbers.filter((number) => number % 3 === 0)).map((number) =>
            aUseRow({ id: idOf(number), elsewhere: number % 2 }),
          ),
        });

        const byId = (people: readonly Person[]) =>
          people
            .toSorted((a, b) => a.user.id.localeCompare(b.user.id))
            .map((person) => ({ ...person, applications: person.applications }));

        expect(byId(judged(seenIn(shuffled)))).toEqual(byId(judged(seenIn((items) => items))));
      }),
    );
  });

  it('keeps apart two people of one name', () => {
    const people = judged({
      users: [
        aUser({ id: 'a', displayName: 'Maria Rossi' }),
        aUser({ id: 'b', displayName: 'Maria Rossi' }),
      ],
      registrations: { a: NOT_REGISTERED, b: CAPABLE },
    });

    expect(people.map(({ standing }) => standing)).toEqual(['missing', 'covered']);
  });

  it('joins people without a UPN', () => {
    const nameless = { ...aUser({ id: 'A' }), userPrincipalName: undefined } as never;

    expect(standingOf({ users: [nameless], registrations: { a: CAPABLE } })).toBe('covered');
  });
});

describe('what an administrator carries', () => {
  const READER = { name: 'Reports Reader', templateId: '4a5d8f65-41da-4de4-8968-e035b65339cf' };
  const ACTIVATION = {
    userId: ADELE,
    kind: 'role-activated',
    at: NOW.getTime() - 1,
    roleName: 'Global Administrator',
  } as const;

  it('is how much an activated role allows, with its name beside the roles held', () => {
    const [person] = judged({ roles: { [ADELE]: [READER] }, audits: [ACTIVATION] });

    expect(person?.privilege).toBe('global-administrator');
    expect(person?.roles).toEqual(['Reports Reader']);
    expect(person?.activatedRoles).toEqual(['Global Administrator']);
  });

  it('is no role, where all could be read and none is held or activated', () => {
    const [person] = judged({});

    expect(person?.roles).toEqual([]);
    expect(person?.activatedRoles).toBeUndefined();
  });

  it('is a role that was read, though others could not be', () => {
    const [person] = judged({ roles: { [ADELE]: [READER] }, missing: { roles: 'partial' } });

    expect(person?.roles).toEqual(['Reports Reader']);
  });
});

describe('what somebody carries who has registered since', () => {
  const REGISTERED = { userId: ADELE, kind: 'registered', at: NOW.getTime() - 1 } as const;

  it.each([
    ['cannot do MFA by the row', NOT_REGISTERED, true],
    ['can do it by the row already', CAPABLE, false],
  ])('and %s', (_, row, isTold) => {
    const [person] = judged({ ...withRow(row), audits: [REGISTERED] });

    expect(person?.registeredSince).toBe(isTold ? '2026-11-21T05:59:59.999Z' : undefined);
    expect(person?.nextStep).toBe(isTold ? 'wait-for-report' : 'none');
  });

  it('is nothing where the audit log says nothing', () => {
    const [person] = judged(withRow(NOT_REGISTERED));

    expect(person?.registeredSince).toBeUndefined();
    expect(person?.nextStep).toBe('send-pass');
  });
});

describe('what else a person carries', () => {
  it('is when and how a method was lost', () => {
    const audits = [{ userId: ADELE, kind: 'deleted', at: NOW.getTime() - 1 }] as const;

    expect(judged({ audits })[0]?.methodLoss?.kind).toBe('deleted');
  });

  it('is a last use only where there was a success', () => {
    const refused = { successes: 0, refusals: [1, 0, 0, 0, 0] } as const;

    expect(judged({ uses: [aUseRow(refused)] })[0]?.lastUseAt).toBeUndefined();
    expect(judged({ uses: [aUseRow()] })[0]?.lastUseAt).toBe('2026-11-20T08:00:00.000Z');
  });

  it('is their kind, and that of a person where Graph does not say', () => {
    const users = [
      aUser({ kind: 'external' }),
      { ...aUser({ id: 'b' }), kind: undefined as never },
    ];

    expect(judged({ users }).map(({ kind }) => kind)).toEqual(['external', 'person']);
  });

  it('is no group, no stop and no script where the standing is another', () => {
    const [person] = judged({
      ...withRow(CAPABLE),
      uses: [refusalOf(ADELE, NOW.getTime() - 1)],
    });

    expect(person).toMatchObject({ standing: 'covered' });
    expect([person?.unknownGroup, person?.stopped, person?.script]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('says of somebody who cannot be judged that MFA was seen', () => {
    const registrations = 'not-available';
    const seen = { missing: { registrations } } as const;

    const [person] = judged({ ...seen, uses: [aUseRow({ here: 1, successes: 2 })] });
    const [other] = judged({ ...seen, uses: [aUseRow()] });

    expect(person?.unknownGroup).toBe('did-mfa');
    expect(other?.unknownGroup).toBe('registration-not-known');
  });

  it('says of somebody who cannot be judged that nobody got in since, where that is known', () => {
    const uses = [refusalOf(ADELE, NOW.getTime() - 1)];

    const [known] = judged({ uses, missing: { registrations: 'not-available' } });
    const [open] = judged({
      uses,
      missing: { registrations: 'not-available', interactiveSignIns: 'partial' },
      wholeSince: NOW.getTime(),
    });

    expect([known?.standing, known?.unknownGroup]).toEqual(['unknown', 'did-not-get-in']);
    expect([open?.standing, open?.unknownGroup]).toEqual(['unknown', 'refused']);
  });
});

describe('listHits', () => {
  it('puts every hit into its own list, the most urgent first, and nobody else into any', () => {
    const people = STANDINGS.flatMap((standing) => [
      aPerson({ standing }),
      aPerson({ standing, isEmergency: true }),
    ]);

    const hits = listHits(people);

    expect(
      Object.entries(hits).map(([list, listed]) => [
        list,
        listed.map(({ standing, isEmergency }) => [standing, isEmergency]),
      ]),
    ).toEqual(
      HIT_LISTS.map((list) => [
        list,
        [
          [list, true],
          [list, false],
        ],
      ]),
    );
  });
});

describe('a script', () => {
  const STEADY = { toolDays: 14, hours: 24, weekendDays: 4 };

  it.each<[string, Seen, boolean]>([
    ['an account with its pattern', {}, true],
    ['a disabled one', { users: [aUser({ accountEnabled: false })] }, false],
    [
      'one whose interactive sign-ins could not be read',
      { missing: { interactiveSignIns: 'not-available' } },
      false,
    ],
  ])('is %s: %#', (_, seen, isScript) => {
    const [person] = judged(
      { patterns: { [ADELE]: STEADY }, ...seen },
      { breakGlassAccounts: [ADELE] },
    );

    expect(person?.script !== undefined).toBe(isScript);
  });

  it.each([
    ['the last 29 days were read, and what is left of the thirtieth', 29, true],
    ['less was read', 28, false],
  ])('is one where %s', (_, days, isScript) => {
    const midnight = Date.parse('2026-11-21T00:00:00Z');
    const seen = observations({ patterns: { [ADELE]: STEADY } });

    const [person] = judgePeople(
      { ...seen, interactiveSince: midnight - days * 86_400_000 },
      rules(),
    );

    expect(person?.script !== undefined).toBe(isScript);
  });
});

describe('a row that says "not registered" beside a method', () => {
  it.each([
    [CERTIFICATE, 'Has only a certificate, which the registration report does not count.'],
    ['windowsHelloForBusiness', 'Has only a method that works at one device.'],
    ['mobilePhone', 'Has a method registered that cannot be used'],
  ])('is not told as no method: %s', (method, reason) => {
    const [person] = judged(withMethods(method, 'email'));

    expect(person?.reason).toContain(reason);
    expect(person?.nextStep).toBe(method === 'mobilePhone' ? 'allow-method' : 'register-passkey');
  });
});
