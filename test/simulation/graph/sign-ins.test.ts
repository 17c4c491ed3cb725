import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fixtureId } from '../../../lib/simulation/people/fixture-user.ts';
import { AN_INSTANT, atAnInstant, openTenant, outcomeOf, signInsPath } from '../tenant-client.ts';
import type { Row, TenantClient } from '../tenant-client.ts';

const CLI = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';
const MANAGER = '797f4846-ba00-4fd7-ba43-dac1f8f63013';
const times = (rows: readonly Row[]) => rows.map((row) => String(row['createdDateTime']));

describe('/auditLogs/signIns', () => {
  let client: TenantClient;
  beforeAll(async () => {
    client = await openTenant({ clock: atAnInstant, people: 300, signIns: 9000 });
  });
  afterAll(() => client.tenant.close());

  it('serves every sign-in exactly once, newest first, whatever the page size', async () => {
    const large = await client.pages('/beta/auditLogs/signIns?$select=id,createdDateTime');
    const small = await client.rows('/beta/auditLogs/signIns?$select=id,createdDateTime&$top=83');

    const rows = large.flat();
    expect(large.slice(0, -1).every(({ length }) => length === 1000)).toBe(true);
    expect(rows.length).toBeGreaterThan(3600);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    expect(times(rows)).toEqual(times(rows).toSorted().toReversed());
    expect(small).toEqual(rows);
  });

  it('names askers that were added later only to who asks for them', async () => {
    const condition = `userId eq '${fixtureId('asked-by-strength')}'`;

    const rows = await client.rows(signInsPath('interactiveUser', condition));

    const askers = rows.map((row) => row['authenticationRequirementPolicies']);
    expect(askers[0]).toMatchObject([{ requirementProvider: 'unknownFutureValue' }]);
  });

  it('serves interactive ones unless asked, and the other kind when asked', async () => {
    const silent = await client.rows('/beta/auditLogs/signIns?$select=signInEventTypes');
    const background = await client.rows(
      signInsPath('nonInteractiveUser', undefined, '&$select=signInEventTypes,isInteractive'),
    );

    expect(new Set(silent.map((row) => String(row['signInEventTypes'])))).toEqual(
      new Set(['interactiveUser']),
    );
    expect(background.length).toBeGreaterThan(5400);
    expect(new Set(background.map((row) => JSON.stringify(row)))).toEqual(
      new Set(['{"signInEventTypes":["nonInteractiveUser"],"isInteractive":false}']),
    );
  });

  it('keeps thirty days', async () => {
    const rows = await client.rows(
      signInsPath('interactiveUser', undefined, '&$select=createdDateTime'),
    );

    const oldest = String(times(rows).at(-1));
    expect(oldest >= '2026-10-22T06:00:00Z').toBe(true);
    expect(oldest < '2026-10-22T09:00:00Z').toBe(true);
  });

  it('filters as a reader of everything would', async () => {
    const select = '&$select=id,createdDateTime,appId,resourceId';
    const everything = await client.rows(signInsPath('nonInteractiveUser', undefined, select));
    const from = '2026-11-10T00:00:00Z';
    const to = '2026-11-14T12:00:00Z';

    const found = await client.rows(
      signInsPath(
        'nonInteractiveUser',
        `createdDateTime ge ${from} and createdDateTime le ${to} and (appId eq '${CLI}' or resourceId eq '${MANAGER}')`,
        `${select}&$top=100`,
      ),
    );

    expect(found.length).toBeGreaterThan(100);
    expect(found).toEqual(
      everything.filter(
        (row) =>
          String(row['createdDateTime']) >= from &&
          String(row['createdDateTime']) <= to &&
          (row['appId'] === CLI || row['resourceId'] === MANAGER),
      ),
    );
  });

  it('serves no factor requirement in v1.0', async () => {
    const path = `auditLogs/signIns?$filter=userId eq '${fixtureId('mixed-case')}'`;
    const [v1] = await client.rows(`/v1.0/${path}`);
    const [beta] = await client.rows(`/beta/${path}`);

    expect(Object.keys(v1 ?? {}).at(-1)).toBe('location');
    expect(Object.keys(beta ?? {})).toContain('authenticationRequirement');
  });

  it.each([
    ['/v1.0/auditLogs/signIns?$select=id', "Query option 'Select' is not allowed"],
    [
      "/v1.0/auditLogs/signIns?$filter=signInEventTypes/any(t: t eq 'interactiveUser')",
      'Invalid filter',
    ],
    ['/beta/auditLogs/signIns?$filter=isInteractive eq true', 'Invalid filter'],
    ['/beta/auditLogs/signIns?$top=1001', 'Invalid page size'],
    ['/beta/auditLogs/signIns?$select=id,mood', 'mood'],
    ['/beta/auditLogs/signIns?$skip=5', "Query option 'Skip' is not allowed"],
  ])('refuses %s', async (path, words) => {
    const response = await client.get(path);

    expect(response.status).toBe(400);
    expect(await response.text()).toContain(words);
  });

  it('writes names in lower case, and guests under their address at home', async () => {
    const rows = await client.rows(
      signInsPath('interactiveUser', undefined, '&$select=userId,userPrincipalName'),
    );
    const nameOf = (key: string) =>
      rows.find(({ userId }) => userId === fixtureId(key))?.['userPrincipalName'];

    expect(nameOf('mixed-case')).toBe('jonas.vanderberg@contoso.example');
    expect(nameOf('guest-home-mfa')).toBe('pilar.echeverria@fabrikam.example');
  });

  it('serves sign-ins of people who are in nobody’s directory', async () => {
    const condition = `userId eq '${fixtureId('partner-technician')}'`;
    const rows = await client.rows(signInsPath('interactiveUser', condition));

    expect(rows.length).toBeGreaterThan(10);
    expect(rows[0]).toHaveProperty('crossTenantAccessType', 'serviceProvider');
    const response = await client.get(`/v1.0/users/${fixtureId('partner-technician')}`);
    expect(await outcomeOf(response)).toBe('404 Request_ResourceNotFound');
  });

  it('serves the same past while the clock moves on', async () => {
    let now = AN_INSTANT;
    const moving = await openTenant({ clock: () => now, people: 300, signIns: 9000 });
    const condition = `createdDateTime le ${AN_INSTANT.toISOString()} and createdDateTime ge 2026-11-17T00:00:00Z`;
    const path = signInsPath('interactiveUser', condition);

    const before = await moving.rows(path);
    now = new Date('2026-11-23T18:00:00Z');
    const after = await moving.rows(path);
    const recent = 'createdDateTime ge 2026-11-23T00:00:00Z';
    const [newest] = await moving.rows(signInsPath('interactiveUser', recent));
    await moving.tenant.close();

    expect(before.length).toBeGreaterThan(100);
    expect(after).toEqual(before);
    expect(String(newest?.['createdDateTime']) > '2026-11-23T16:00:00Z').toBe(true);
  });
});
