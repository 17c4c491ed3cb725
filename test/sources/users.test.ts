import { describe, expect, it } from '@jest/globals';
import { readUsers } from '../../lib/sources/users.ts';
import type { UsersRead } from '../../lib/sources/users.ts';
import { anError, aPage, withGraph } from '../support/graph-client.ts';
import type { Script, ServedRequest, Step } from '../support/scripted-server.ts';

const ADELE = {
  id: 'd1132181-5011-45b0-a957-9709cda2816c',
  userPrincipalName: 'adele.vance@contoso.example',
  displayName: 'Adele Vance',
  givenName: 'Adele',
  surname: 'Vance',
  mail: 'adele.vance@contoso.example',
  accountEnabled: true,
  userType: 'Member',
  createdDateTime: '2025-10-17T12:02:52Z',
  assignedLicenses: [{ disabledPlans: [], skuId: '05e9a617-0261-4cee-bb44-138d3ef5d965' }],
  passwordPolicies: null,
  onPremisesDistinguishedName: null,
  department: 'Finance',
  onPremisesSyncEnabled: null,
  identities: [
    {
      signInType: 'userPrincipalName',
      issuer: 'contoso.onmicrosoft.example',
      issuerAssignedId: 'adele.vance@contoso.example',
    },
  ],
  signInActivity: {
    lastSignInDateTime: '2026-11-20T07:11:02Z',
    lastNonInteractiveSignInDateTime: '2026-11-21T05:40:10Z',
    lastSuccessfulSignInDateTime: '2026-11-21T05:40:10Z',
  },
};

const OWN_DOMAINS = new Set(['contoso.example', 'contoso.onmicrosoft.example']);

function read(script: Script): Promise<UsersRead & { requests: readonly ServedRequest[] }> {
  return withGraph(script, async ({ reader, server }) => ({
    ...(await readUsers(reader, {
      domains: OWN_DOMAINS,
      initialDomain: 'contoso.onmicrosoft.example',
    })),
    requests: server.requests,
  }));
}

function asksForActivity({ url }: ServedRequest): boolean {
  return url.includes('signInActivity');
}

const AGENTS = '/v1.0/users/microsoft.graph.agentUser';

/** The requests for everybody. */
function pagesOf({ requests }: { readonly requests: readonly ServedRequest[] }) {
  return requests.filter(({ url }) => !url.startsWith(AGENTS));
}

function activityOf({ coverage: [, activity] }: UsersRead) {
  return activity;
}

const refusing =
  (refuse: (request: ServedRequest) => Step | undefined): Script =>
  (request) =>
    refuse(request) ??
    aPage([{ ...ADELE, ...(!asksForActivity(request) && { signInActivity: null }) }]);

describe('readUsers', () => {
  it('reads everything in one request of 500 a page', async () => {
    const { users, requests, coverage } = await read([aPage([ADELE]), aPage([])]);

    expect(users).toEqual([
      {
        id: ADELE.id,
        kind: 'person',
        userPrincipalName: ADELE.userPrincipalName,
        displayName: 'Adele Vance',
        givenName: 'Adele',
        surname: 'Vance',
        mail: ADELE.mail,
        accountEnabled: true,
        isGuest: false,
        createdAt: '2025-10-17T12:02:52Z',
        department: 'Finance',
        isCloudOnly: true,
        isOnInitialDomain: false,
        skuIds: ['05e9a617-0261-4cee-bb44-138d3ef5d965'],
        lastSignInAt: '2026-11-20T07:11:02Z',
        lastNonInteractiveSignInAt: '2026-11-21T05:40:10Z',
        lastSuccessfulSignInAt: '2026-11-21T05:40:10Z',
      },
    ]);
    expect(requests.map(({ url }) => url.split('?')[0])).toEqual(['/v1.0/users', AGENTS]);
    expect(requests[0]?.url).toContain('$top=500');
    expect(coverage.map(({ source, state }) => [source, state])).toEqual([
      ['users', 'complete'],
      ['activity', 'complete'],
    ]);
  });

  it('reads a row that has an id and nothing else, and takes it for enabled', async () => {
    const { users } = await read(() => aPage([{ id: 'A-1' }, ADELE]));

    expect(users[0]).toEqual({
      id: 'A-1',
      kind: 'person',
      accountEnabled: true,
      isGuest: false,
      skuIds: [],
    });
  });

  it('S03: counts rows without an id, and drops an id that comes again in another case', async () => {
    const { users, coverage } = await read(() =>
      aPage([ADELE, { displayName: 'Nobody' }, null, 7, { ...ADELE, id: ADELE.id.toUpperCase() }]),
    );

    expect(users).toHaveLength(1);
    expect(coverage[0]).toMatchObject({
      state: 'partial',
      cause: { because: 'Graph sent 3 rows that could not be read' },
      rows: 1,
      undecodable: 3,
      provesAbsence: false,
    });
  });

  it.each(['Guest', 'guest', 'GUEST'])('takes userType %s for a guest', async (userType) => {
    const { users } = await read(() => aPage([{ ...ADELE, userType }]));

    expect(users[0]?.isGuest).toBe(true);
  });

  it('takes single dates that are null, absent or of the year 1 for never', async () => {
    const signInActivity = {
      lastSignInDateTime: '0001-01-01T00:00:00Z',
      lastNonInteractiveSignInDateTime: null,
    };

    const { users } = await read(() => aPage([{ ...ADELE, signInActivity }]));

    expect(users[0]?.lastSignInAt).toBeUndefined();
    expect(users[0]?.lastNonInteractiveSignInAt).toBeUndefined();
    expect(users[0]?.lastSuccessfulSignInAt).toBeUndefined();
  });

  it('asks for 100 a page where Graph allows no more with sign-in activity', async () => {
    const result = await read(
      refusing(({ url }) => (url.includes('$top=500') ? anError(400) : undefined)),
    );

    expect(pagesOf(result)).toHaveLength(2);
    expect(activityOf(result).state).toBe('complete');
  });

  it.each([
    ['licence', anError(403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant')],
    ['consent', anError(403, 'Authorization_RequestDenied')],
    ['fault', anError(400, 'BadRequest')],
  ])('goes without sign-in activity for lack of a %s', async (kind, refusal) => {
    const result = await read(
      refusing((request) => (asksForActivity(request) ? refusal : undefined)),
    );

    expect(result.users).toHaveLength(1);
    expect(activityOf(result)).toMatchObject({ state: 'not-available', cause: { kind } });
    expect(result.coverage[0].state).toBe('complete');
  });

  it('goes without sign-in activity where asking for it always ends in a fault', async () => {
    const result = await read(
      refusing((request) => (asksForActivity(request) ? anError(504) : undefined)),
    );

    expect(result.users).toHaveLength(1);
    expect(activityOf(result)).toMatchObject({ state: 'not-available', cause: { kind: 'fault' } });
  });

  it('tells what refused sign-in activity, not what refused a page size afterwards', async () => {
    const result = await read(
      refusing((request) => {
        if (asksForActivity(request)) return anError(403, 'AadPremiumLicenseRequired');
        return request.url.includes('$top') ? anError(400) : undefined;
      }),
    );

    expect(pagesOf(result)).toHaveLength(3);
    expect(activityOf(result)).toMatchObject({ cause: { kind: 'licence' } });
  });

  it('begins anew where sign-in activity is refused midway, and keeps nobody twice', async () => {
    const result = await read((request) => {
      if (request.url.includes('$skiptoken')) return anError(403, 'Authorization_RequestDenied');
      return asksForActivity(request)
        ? aPage([ADELE], request, '/v1.0/users?$select=signInActivity&$skiptoken=a')
        : aPage([{ ...ADELE, signInActivity: undefined }, { id: 'b' }]);
    });

    expect(result.users.map(({ id }) => id)).toEqual([ADELE.id, 'b']);
    expect(result.people.size).toBe(2);
  });

  it.each([
    ['refused', anError(403, 'Authorization_RequestDenied'), 'graph_denied'],
    ['never answered', anError(503), 'graph_unreachable'],
    ['no list', { body: {} }, 'graph_unexpected'],
  ])('fails where the list itself is %s', async (_, step, code) => {
    await expect(read(() => step)).rejects.toMatchObject({ code });
  });

  it('fails rather than report on half of the people', async () => {
    const half: Script = (request) =>
      request.url.includes('$skiptoken')
        ? anError(503)
        : aPage([ADELE], request, '/v1.0/users?$skiptoken=a');

    await expect(read(half)).rejects.toMatchObject({ code: 'graph_unreachable' });
  });

  it('says that activity is not known where the tenant gives it for nobody', async () => {
    const result = await read(() => aPage([{ ...ADELE, signInActivity: undefined }]));

    expect(activityOf(result)).toMatchObject({
      state: 'not-available',
      cause: { kind: 'no-data' },
    });
  });

  it('says that the last attempt stands in where no success is given for anybody', async () => {
    const signInActivity = { lastSignInDateTime: '2026-11-20T07:11:02Z' };

    const activity = activityOf(await read(() => aPage([{ ...ADELE, signInActivity }])));

    expect(activity.state).toBe('complete');
    expect(activity.notes).toEqual([
      'The tenant gives no last successful sign-in, so the last attempt stands in for it.',
    ]);
  });

  it('asks for what every directory gives where Graph does not know the rest', async () => {
    const result = await read(
      refusing(({ url }) => (url.includes('identities') ? anError(400) : undefined)),
    );

    expect(activityOf(result).state).toBe('complete');
    expect(result.users[0]?.kind).toBe('person');
  });

  it('S03: takes nobody for away whose activity cannot be read', async () => {
    const { users, coverage } = await read(() =>
      aPage([ADELE, { ...ADELE, id: 'b', signInActivity: { lastSuccessfulSignInDateTime: 7 } }]),
    );

    expect(users.map(({ isActivityUnreadable }) => isActivityUnreadable)).toEqual([
      undefined,
      true,
    ]);
    expect(coverage[0]).toMatchObject({ state: 'partial', undecodable: 1, provesAbsence: true });
    expect(coverage[1].state).toBe('complete');
  });

  it('cuts a text of a million characters, and says so', async () => {
    const { users, coverage } = await read(() =>
      aPage([{ ...ADELE, displayName: 'x'.repeat(1_000_000) }]),
    );

    expect(users[0]?.displayName).toHaveLength(1000);
    expect(coverage[0].notes).toEqual([
      'One text or list was longer than any that Entra allows, and was cut.',
    ]);
  });

  it('takes accounts that Graph lists by the type of agents for agents', async () => {
    const { users } = await read(({ url }) =>
      aPage(url.startsWith(AGENTS) ? [{ id: ADELE.id.toUpperCase() }] : [ADELE, { id: 'b' }]),
    );

    expect(users.map(({ kind }) => kind)).toEqual(['agent', 'person']);
  });

  it('says that some may be agents where a row of their list could not be read', async () => {
    const { users, coverage } = await read(({ url }) =>
      aPage(url.startsWith(AGENTS) ? [{ id: ADELE.id }, { id: 7 }] : [ADELE, { id: 'b' }]),
    );

    expect(users.map(({ kind }) => kind)).toEqual(['agent', 'person']);
    expect(coverage[0]?.notes).toEqual([
      'Which accounts belong to AI agents could not be read, so some may stand among the people.',
    ]);
  });

  it('takes nobody for an agent where the list of agents names everybody', async () => {
    const { users } = await read(() => aPage([ADELE, { id: 'b' }]));

    expect(users.map(({ kind }) => kind)).toEqual(['person', 'person']);
  });

  it('does not ask for agents where a row says that it is one', async () => {
    const { users, requests } = await read(() =>
      aPage([{ '@odata.type': '#microsoft.graph.agentUser', id: 'a' }, ADELE]),
    );

    expect(users.map(({ kind }) => kind)).toEqual(['agent', 'person']);
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['does not know the type', anError(400), []],
    [
      'refuses to tell',
      anError(403, 'Authorization_RequestDenied'),
      ['Which accounts belong to AI agents could not be read, so some may stand among the people.'],
    ],
  ])('goes on where Graph %s', async (_, refusal, notes) => {
    const { users, coverage } = await read((request) =>
      request.url.startsWith(AGENTS) ? refusal : aPage([ADELE]),
    );

    expect(users).toHaveLength(1);
    expect(coverage[0]).toMatchObject({ state: 'complete', notes });
  });
});
