import { describe, expect, it } from '@jest/globals';
import type { Report } from '../../lib/report/report.ts';
import type { Rules } from '../../lib/standings/facts.ts';
import {
  aUser,
  aUseRow,
  CAPABLE,
  NOT_REGISTERED,
  observations,
  reportOn,
  rules,
} from '../support/observations.ts';
import type { Seen } from '../support/observations.ts';
import { refusalOf } from '../support/seen-use.ts';

const reportWith = (seen: Seen, about: Partial<Rules> = {}): Report =>
  reportOn(observations(seen), rules(about));
const someUser = (id: string, about = {}) =>
  aUser({ id, userPrincipalName: `${id}@contoso.example`, ...about });

describe('who is counted', () => {
  const users = [
    someUser('a'),
    someUser('b', { kind: 'external' }),
    someUser('c', { kind: 'agent' }),
    someUser('d', { kind: 'agent' }),
    someUser('e', { kind: 'technical' }),
    someUser('f', { accountEnabled: false }),
    someUser('g', { isGuest: true }),
  ];
  const uses = [aUseRow({ id: 'c', isInteractive: false }), aUseRow({ id: 'd', successes: 0 })];

  it('tells people, external people, agents and technical accounts apart', () => {
    expect(reportWith({ users, uses }).counted).toEqual({
      people: 2,
      externals: 1,
      agents: 2,
      agentsAtEnforced: 1,
      technical: 1,
    });
  });

  it('judges no agent and no technical account, whatever they do', () => {
    const { people } = reportWith({ users, uses });

    expect(people.map(({ user }) => user.id)).toEqual(['a', 'b', 'g']);
  });

  it('leaves out guests and external people where INCLUDE_GUESTS is false', () => {
    const { people, counted } = reportWith({ users, uses }, { includeGuests: false });

    expect(people.map(({ user }) => user.id)).toEqual(['a']);
    expect(counted).toMatchObject({ people: 1, externals: 0 });
  });
});

describe('only Microsoft’s requirement', () => {
  const users = ['a', 'b', 'c', 'd', 'e'].map((id) => someUser(id));
  const registrations = Object.fromEntries(users.map(({ id }) => [id, CAPABLE]));
  const uses = [
    aUseRow({ id: 'a', here: 2, mfaByApplication: 2, mfaByUnsaid: 0 }),
    aUseRow({ id: 'b', here: 2, mfaByApplication: 1, mfaByTenant: 1, mfaByUnsaid: 0 }),
    aUseRow({ id: 'c', here: 2, mfaByTenant: 2, mfaByUnsaid: 0 }),
    aUseRow({ id: 'd', here: 2 }),
    aUseRow({ id: 'e', here: 2, mfaByApplication: 1, mfaByUnsaid: 1 }),
  ];
  const seen = { users, registrations, uses, roles: { a: [{ name: 'Reports Reader' }] } };

  it('counts who did MFA only where the application asked', () => {
    const { onlyMicrosoft, people } = reportWith(seen);

    expect(onlyMicrosoft.people?.map(({ user }) => user.id)).toEqual(['a', 'e']);
    expect(onlyMicrosoft.admins).toEqual({ kind: 'exact', value: 1 });
    expect(people.map(({ mfaAskedBy }) => mfaAskedBy)).toEqual([
      'application',
      'both',
      'tenant',
      undefined,
      'application',
    ]);
  });

  it.each<[string, Seen]>([
    ['interactive sign-ins are missing', { missing: { interactiveSignIns: 'partial' } }],
    ['older days know no askers', { askersSince: '2026-11-01' }],
  ])('is left out where %s', (_, about) => {
    const { onlyMicrosoft, people } = reportWith({ ...seen, ...about });

    expect(onlyMicrosoft.people).toBeUndefined();
    expect(people.every(({ mfaAskedBy }) => mfaAskedBy === undefined)).toBe(true);
  });

  it('says since when askers are known', () => {
    expect(reportWith({ ...seen, askersSince: '2026-11-01' }).onlyMicrosoft.knownSince).toBe(
      '2026-11-01',
    );
    expect(reportWith({ ...seen, askersSince: '2026-08-01' }).onlyMicrosoft.people).toHaveLength(2);
  });
});

describe('the use of the whole tenant', () => {
  const uses = [
    aUseRow({ id: 'a', here: 3, none: 1, successes: 4, mfaByTenant: 3, mfaByUnsaid: 0 }),
    aUseRow({ id: 'b', successes: 2 }),
    refusalOf('b', 1, { attempts: 4 }),
    aUseRow({ id: 'b', application: 2, claim: 1 }),
  ];
  const seen = { users: [someUser('a'), someUser('b')], uses };
  const exactly = (value: number) => ({ kind: 'exact', value });

  it('is told for each enforced application that somebody used', () => {
    const { tenantUse } = reportWith(seen);

    expect(tenantUse.map(({ application, ...use }) => [application.name, use])).toMatchObject([
      [
        'Azure portal, Entra and Intune admin centres',
        {
          refusals: exactly(4),
          signIns: exactly(6),
          signInsWithMfa: exactly(3),
          askedBy: { application: exactly(0), tenant: exactly(3), unsaid: exactly(0) },
          oneFactorPeople: exactly(1),
        },
      ],
      ['Azure CLI', { signIns: exactly(1), signInsWithMfa: exactly(1) }],
    ]);
  });

  it('is a lower bound, or not known, where sign-ins are missing', () => {
    const { tenantUse } = reportWith({ ...seen, missing: { interactiveSignIns: 'partial' } });

    expect(tenantUse[0]).toMatchObject({
      refusals: { kind: 'at-least', value: 4 },
      signInsWithMfa: { kind: 'at-least', value: 3 },
      askedBy: { application: { kind: 'not-known' }, tenant: { kind: 'at-least', value: 3 } },
    });
    expect(tenantUse[1]).toMatchObject({ refusals: { kind: 'not-known' } });
  });
});

describe('a hole in the sign-in log', () => {
  const users = ['used', 'unused', 'rowless', 'capable', 'stopped'].map((id) => someUser(id));
  const bare = { ...NOT_REGISTERED, isAdmin: false };
  const seen: Seen = {
    users,
    registrations: { used: bare, unused: bare, capable: CAPABLE, stopped: bare },
    roles: { used: [{ name: 'Reports Reader' }] },
    uses: [
      aUseRow({ id: 'used', successes: 15 }),
      refusalOf('stopped', Date.parse('2026-11-20T08:00:00Z')),
    ],
    missing: { nonInteractiveSignIns: 'partial' },
    wholeSince: Date.parse('2026-11-19T00:00:00Z'),
  };

  it('leaves exact what hangs on the registration report alone', () => {
    expect(reportWith(seen).figures.withoutMethod).toEqual({
      people: { kind: 'exact', value: 3 },
      admins: { kind: 'exact', value: 1 },
    });
  });

  it('tells unknown people by what is known of them, worst first', () => {
    const groups = reportWith(seen).unknownGroups.map(({ group, people }) => [
      group,
      people.map(({ user }) => user.id),
    ]);

    expect(groups).toEqual([
      ['used-without-method', ['used']],
      ['no-method', ['unused']],
      ['no-row', ['rowless']],
    ]);
  });

  it('says of each what is known, and what is not', () => {
    const { people } = reportWith(seen);
    const reasonOf = (id: string) => people.find(({ user }) => user.id === id)?.reason;

    expect(reasonOf('used')).toBe(
      'Has no usable method and used Azure portal, Entra and Intune admin centres; whether with MFA cannot be told: the sign-in log could not be read in full.',
    );
    expect(reasonOf('unused')).toContain('the sign-in log could not be read in full');
  });

  it('keeps those in their list whose refusal proves itself, as a lower bound', () => {
    const { hits, figures } = reportWith(seen);

    expect(hits.stopped.map(({ user }) => user.id)).toEqual(['stopped']);
    expect(figures.hits.stopped.people).toEqual({ kind: 'at-least', value: 1 });
  });
});

describe('administrators', () => {
  const users = ['a', 'b'].map((id) => someUser(id));
  const seen = (isAdmin: boolean): Seen => ({
    users,
    registrations: { a: { ...NOT_REGISTERED, isAdmin: false }, b: { ...NOT_REGISTERED, isAdmin } },
    uses: [
      aUseRow({ id: 'a', lastAt: Date.parse('2026-11-20T08:00:00Z') }),
      aUseRow({ id: 'b', lastAt: Date.parse('2026-11-01T08:00:00Z') }),
    ],
  });

  it('are at least those whose role cannot be read, and stand before people without one', () => {
    const { hits, figures } = reportWith(seen(true));

    expect(hits.impact.map(({ user }) => user.id)).toEqual(['b', 'a']);
    expect(figures.hits.impact.admins).toEqual({ kind: 'at-least', value: 1 });
  });

  it('are not known where a group that holds a role could not be read', () => {
    const { people, figures, isPartial } = reportWith({
      ...seen(false),
      arePrivilegesWhole: false,
    });

    expect(people.map(({ privilege }) => privilege)).toEqual(['unknown', 'unknown']);
    expect(people.every(({ roles }) => roles === undefined)).toBe(true);
    expect(figures.hits.impact.admins).toEqual({ kind: 'not-known' });
    expect(isPartial).toBe(false);
  });

  it('may be so by a role that was activated', () => {
    const { people } = reportWith({
      ...seen(false),
      audits: [
        { userId: 'a', at: 1, kind: 'role-activated', roleName: 'User Administrator' },
        { userId: 'b', at: 1, kind: 'role-activated', roleName: 'Our own role' },
      ],
    });

    expect(people.map(({ privilege }) => privilege)).toEqual(['privileged-role', 'role']);
    expect(people[0]?.activatedRoles).toEqual(['User Administrator']);
    expect(people[0]?.roles).toEqual([]);
  });
});

describe('what happened since the registration report was refreshed', () => {
  const REFRESHED_AT = Date.parse('2026-11-20T06:00:00Z');
  const row = { ...NOT_REGISTERED, lastUpdatedAt: REFRESHED_AT };
  const registered = (at: number) => ({ userId: 'a', at, kind: 'registered' }) as const;
  const seen = (...audits: NonNullable<Seen['audits']>): Seen => ({
    users: [someUser('a'), someUser('b')],
    registrations: { a: row, b: row },
    roles: { a: [{ name: 'Reports Reader' }] },
    audits,
  });

  it('puts who has registered last, counts them apart, and keeps them in the list', () => {
    const { hits, figures } = reportWith(seen(registered(REFRESHED_AT + 1)));

    expect(hits.missing.map(({ user }) => user.id)).toEqual(['b', 'a']);
    expect(hits.missing[1]).toMatchObject({
      registeredSince: new Date(REFRESHED_AT + 1).toISOString(),
      nextStep: 'wait-for-report',
    });
    expect(figures.hits.missing).toMatchObject({ people: { value: 2 }, registered: 1 });
  });

  it('takes no notice of what the report knows already, or what was taken back', () => {
    const later = { userId: 'a', at: REFRESHED_AT + 2, kind: 'deleted-by-admin' } as const;

    for (const audits of [[registered(REFRESHED_AT)], [registered(REFRESHED_AT + 1), later]]) {
      expect(reportWith(seen(...audits)).figures.hits.missing.registered).toBe(0);
    }
  });
});

describe('the cloud', () => {
  it.each([
    ['https://graph.microsoft.com', true],
    ['https://graph.microsoft.us', false],
  ])('of %s has mandatory MFA: %j', (endpoint, isEnforced) => {
    expect(reportWith({}, { graphEndpoint: new URL(endpoint) }).isEnforced).toBe(isEnforced);
  });
});
