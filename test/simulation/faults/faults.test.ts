import { describe, expect, it } from '@jest/globals';
import type { Endpoint, Fault, PlainFaultKind } from '../../../lib/simulation/faults/faults.ts';
import type { SimulationOptions } from '../../../lib/simulation/tenant-server.ts';
import { atAnInstant, outcomeOf, signInsPath, tokenFrom, withTenant } from '../tenant-client.ts';
import type { Row, TenantClient } from '../tenant-client.ts';

const USERS = '/v1.0/users?$select=id&$top=20';
const SENDER = '/v1.0/users/mfa-report@contoso.example';
const MANAGER = "resourceId eq '797f4846-ba00-4fd7-ba43-dac1f8f63013'";

function withFaults<Result>(
  faults: readonly Fault[],
  work: (client: TenantClient) => Promise<Result>,
  options: SimulationOptions = {},
): Promise<Result> {
  return withTenant({ clock: atAnInstant, ...options, faults }, work);
}

async function follow({ get }: TenantClient, path: string, pageCount: number) {
  const pages: { readonly link: string; readonly rows: readonly Row[] }[] = [];
  let link: string | undefined = path;
  while (link !== undefined && pages.length < pageCount) {
    const body = (await (await get(link)).json()) as Row;
    link = body['@odata.nextLink'] as string | undefined;
    pages.push({ link: link ?? '', rows: body['value'] as readonly Row[] });
  }
  return pages;
}

describe('a fault', () => {
  it('strikes from its request on, as often as it says', async () => {
    const fault: Fault = { endpoint: 'users', kind: 'status', status: 503, on: 2, times: 2 };

    const statuses = await withFaults([fault], async ({ get }) => {
      const seen: number[] = [];
      for (let count = 0; count < 5; count++) {
        seen.push((await get(USERS)).status);
      }
      return seen;
    });

    expect(statuses).toEqual([200, 503, 503, 200, 200]);
  });

  it('strikes its own endpoint only', async () => {
    const fault: Fault = { endpoint: 'nonInteractiveSignIns', kind: 'noConsent' };

    const [interactive, other, users] = await withFaults([fault], ({ get }) =>
      Promise.all([
        get(signInsPath('interactiveUser')),
        get(signInsPath('nonInteractiveUser')),
        get(USERS),
      ]),
    );

    expect([interactive?.status, other?.status, users?.status]).toEqual([200, 403, 200]);
  });

  it('can be added later', async () => {
    const statuses = await withFaults([], async ({ tenant, get }) => {
      const before = await get(USERS);
      tenant.addFault({ endpoint: 'users', kind: 'html' });
      return [before.status, (await get(USERS)).status];
    });

    expect(statuses).toEqual([200, 502]);
  });

  it.each<readonly [Endpoint, PlainFaultKind, string, string]>([
    ['users', 'expiredToken', USERS, '401 InvalidAuthenticationToken'],
    ['users', 'noConsent', USERS, '403 Authorization_RequestDenied'],
    ['users', 'fewerUsers', '/v1.0/users?$select=id,signInActivity&$top=500', '400 BadRequest'],
    [
      'users',
      'unlicensed',
      '/v1.0/users?$select=id,signInActivity',
      '403 Authentication_RequestFromNonPremiumTenantOrB2CTenant',
    ],
    [
      'interactiveSignIns',
      'refuseSelect',
      signInsPath('interactiveUser', undefined, '&$select=id'),
      '400 BadRequest',
    ],
    [
      'interactiveSignIns',
      'refuseOr',
      signInsPath('interactiveUser', `appId eq 'x' or ${MANAGER}`),
      '400 BadRequest',
    ],
    ['interactiveSignIns', 'refuseBeta', '/beta/auditLogs/signIns', '404 ResourceNotFound'],
    [
      'registrations',
      'unlicensed',
      '/v1.0/reports/authenticationMethods/userRegistrationDetails',
      '403 Authentication_RequestFromNonPremiumTenantOrB2CTenant',
    ],
  ])('on %s of the kind %s is refused as Graph does', async (endpoint, kind, path, expected) => {
    const outcome = await withFaults([{ endpoint, kind }], async ({ get }) =>
      outcomeOf(await get(path)),
    );

    expect(outcome).toBe(expected);
  });

  it.each<readonly [Endpoint, PlainFaultKind, string]>([
    ['users', 'fewerUsers', '/v1.0/users?$select=id,signInActivity&$top=120'],
    ['users', 'unlicensed', USERS],
    ['users', 'expiredPageToken', USERS],
    ['interactiveSignIns', 'refuseSelect', signInsPath('interactiveUser')],
    ['interactiveSignIns', 'refuseOr', signInsPath('interactiveUser', MANAGER)],
    ['interactiveSignIns', 'refuseBeta', '/v1.0/auditLogs/signIns'],
  ])('on %s of the kind %s leaves other requests alone', async (endpoint, kind, path) => {
    const response = await withFaults([{ endpoint, kind }], ({ get }) => get(path));

    expect(response.status).toBe(200);
  });

  it('throttles with seconds, with a date, with nothing, and with nonsense', async () => {
    const faults: readonly Fault[] = [
      { endpoint: 'users', kind: 'throttled', retryAfterSeconds: 7, times: 1 },
      { endpoint: 'roles', kind: 'throttled', retryAfterSeconds: 60, retryAfterForm: 'date' },
      { endpoint: 'organization', kind: 'throttled' },
      { endpoint: 'subscribedSkus', kind: 'badRetryAfter', value: 'garbage' },
      { endpoint: 'registrations', kind: 'badRetryAfter', value: 'past' },
    ];
    const paths = [
      USERS,
      '/v1.0/directoryRoles',
      '/v1.0/organization',
      '/v1.0/subscribedSkus',
      '/v1.0/reports/authenticationMethods/userRegistrationDetails',
    ];

    const answers = await withFaults(faults, ({ get }) => Promise.all(paths.map(get)));

    const [seconds, date, nothing, garbage, past] = answers.map(({ headers }) =>
      headers.get('retry-after'),
    );
    expect(answers.map(({ status }) => status)).toEqual([429, 429, 429, 429, 429]);
    expect([seconds, nothing, garbage]).toEqual(['7', null, 'garbage']);
    expect(Date.parse(date ?? '') > Date.now()).toBe(true);
    expect(past).toBe('Thu, 01 Jan 1970 00:00:00 GMT');
  });

  it('answers with an HTML page', async () => {
    const response = await withFaults([{ endpoint: 'users', kind: 'html' }], ({ get }) =>
      get(USERS),
    );

    expect([response.status, response.headers.get('content-type')]).toEqual([502, 'text/html']);
  });

  it.each([
    ['reset', 'fetch failed'],
    ['halfPage', 'terminated'],
  ] as const)('cuts the connection (%s)', async (kind, words) => {
    await withFaults([{ endpoint: 'users', kind }], async ({ get }) => {
      await expect(get(USERS).then((response) => response.text())).rejects.toThrow(words);
    });
  });

  it('never answers, until the tenant closes', async () => {
    const pending = await withFaults(
      [{ endpoint: 'token', kind: 'hang', on: 2 }],
      async (client) => {
        const answer = tokenFrom(client.tenant).then(
          () => 'answered',
          () => 'cut',
        );
        await client.get(USERS);
        expect(
          client.tenant.requests.filter(({ path }) => path === '/msi/token').at(-1),
        ).toHaveProperty('status', 0);
        return { answer };
      },
    );

    expect(await pending.answer).toBe('cut');
  });

  it('loses the page token midway', async () => {
    const fault: Fault = { endpoint: 'users', kind: 'expiredPageToken', on: 2, times: 1 };

    const outcome = await withFaults([fault], async (client) => {
      const [, second] = await follow(client, USERS, 2);
      return outcomeOf(await client.get(second?.link ?? ''));
    });

    expect(outcome).toBe('400 UnknownError');
  });

  it('leads back to the same page', async () => {
    const [first, second] = await withFaults(
      [{ endpoint: 'users', kind: 'loopingLink' }],
      (client) => follow(client, USERS, 2),
    );

    expect(second).toEqual(first);
  });

  it('leads on for ever through empty pages', async () => {
    const pages = await withFaults([{ endpoint: 'users', kind: 'endlessLinks', on: 2 }], (client) =>
      follow(client, USERS, 12),
    );

    expect(pages.map(({ rows }) => rows.length)).toEqual([
      20,
      ...Array.from({ length: 11 }, () => 0),
    ]);
    expect(new Set(pages.map(({ link }) => link)).size).toBe(12);
  });

  it('leads to another host', async () => {
    const [page] = await withFaults([{ endpoint: 'users', kind: 'foreignLink' }], (client) =>
      follow(client, USERS, 1),
    );

    expect(page?.link).toContain('https://elsewhere.example/');
  });

  it('serves pages twice and then goes on to the end', async () => {
    const [pages, plain] = await withFaults(
      [{ endpoint: 'users', kind: 'repeatedPage' }],
      async (client) => {
        const twice = await client.pages(USERS);
        return [twice, await client.rows('/v1.0/users?$select=id&$top=999')];
      },
    );

    // The one long page comes twice as well.
    const once = plain.slice(0, plain.length / 2);
    expect(pages).toHaveLength(2 * Math.ceil(once.length / 20));
    expect(pages[1]).toEqual(pages[0]);
    expect(pages.filter((_page, index) => index % 2 === 0).flat()).toEqual(once);
  });

  it('serves rows in another order', async () => {
    const [shuffled, plain] = await Promise.all([
      withFaults([{ endpoint: 'users', kind: 'shuffled' }], ({ rows }) => rows(USERS)),
      withFaults([], ({ rows }) => rows(USERS)),
    ]);

    const ids = (rows: readonly Row[]) => rows.map(({ id }) => String(id));
    expect(ids(shuffled)).not.toEqual(ids(plain));
    expect(ids(shuffled).toSorted()).toEqual(ids(plain).toSorted());
  });

  it('takes a mail and then cuts the connection', async () => {
    const mailCount = await withFaults(
      [{ endpoint: 'sendMail', kind: 'acceptThenReset' }],
      async ({ tenant, post }) => {
        const mail = Buffer.from('Subject: x\r\n\r\nx').toString('base64');
        await expect(post(`${SENDER}/sendMail`, 'text/plain', mail)).rejects.toThrow(
          'fetch failed',
        );
        return tenant.mails.length;
      },
    );

    expect(mailCount).toBe(1);
  });

  it.each([
    [{ kind: 'noMailbox' }, '404 MailboxNotEnabledForRESTAPI'],
    [{ kind: 'status', status: 504, code: 'gatewayTimeout' }, '504 gatewayTimeout'],
  ] as const)('takes no mail (%j)', async (fault, expected) => {
    const [outcome, mailCount] = await withFaults(
      [{ endpoint: 'sendMail', ...fault }],
      async ({ tenant, post }) => {
        const response = await post(`${SENDER}/sendMail`, 'application/json', '{"message":{}}');
        return [await outcomeOf(response), tenant.mails.length];
      },
    );

    expect([outcome, mailCount]).toEqual([expected, 0]);
  });
});
