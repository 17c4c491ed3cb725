import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fixtureId } from '../../../lib/simulation/people/fixture-user.ts';
import { FIXTURE_USERS } from '../../../lib/simulation/people/fixture-users.ts';
import { atAnInstant, openTenant, outcomeOf } from '../tenant-client.ts';
import type { TenantClient } from '../tenant-client.ts';

describe('/users', () => {
  let client: TenantClient;
  beforeAll(async () => {
    client = await openTenant({ clock: atAnInstant, people: 1300 });
  });
  afterAll(() => client.tenant.close());

  it('serves everybody exactly once, in full pages', async () => {
    const pages = await client.pages('/v1.0/users?$select=id,signInActivity&$top=500');

    const ids = pages.flat().map(({ id }) => id);
    expect(pages.map(({ length }) => length)).toEqual([500, 500, 300]);
    expect(new Set(ids).size).toBe(1300);
  });

  it('keeps the other query options in the nextLink', async () => {
    const response = await client.get('/v1.0/users?$select=id&$top=10');
    const body = (await response.json()) as { readonly '@odata.nextLink': string };

    const query = new URL(body['@odata.nextLink']).searchParams;

    expect([...query.keys()].toSorted()).toEqual(['$select', '$skiptoken', '$top']);
    expect(query.get('$select')).toBe('id');
  });

  it('serves a hundred with the usual properties unless asked otherwise', async () => {
    const [page = []] = await client.pages('/v1.0/users');

    expect(page).toHaveLength(100);
    expect(Object.keys(page[0] ?? {})).toContain('userPrincipalName');
    expect(Object.keys(page[0] ?? {})).not.toContain('accountEnabled');
  });

  it.each([
    ['$top=1000', 400],
    ['$top=999', 200],
    ['$select=id,signInActivity&$top=501', 400],
    ['$select=id,signInActivity&$top=500', 200],
    ['$select=id,shoeSize', 400],
    ['$skip=10', 400],
    ['$skiptoken=nonsense', 400],
  ])('answers ?%s with %i', async (query, status) => {
    const response = await client.get(`/v1.0/users?${query}`);

    expect(response.status).toBe(status);
  });

  it('says nothing about the activity of somebody who never signed in', async () => {
    const rows = await client.rows('/v1.0/users?$select=id,signInActivity&$top=500');
    const ofMember = (key: string) => rows.find(({ id }) => id === fixtureId(key));

    expect(ofMember('never-signed-in')).not.toHaveProperty('signInActivity');
    expect(ofMember('sprayed')?.['signInActivity']).toMatchObject({
      lastSignInDateTime: expect.stringContaining('2026-11-20'),
      lastSuccessfulSignInDateTime: null,
    });
  });

  it('writes hostile names as they are', async () => {
    const rows = await client.rows('/v1.0/users?$select=id,displayName&$top=999');

    const served = new Map(rows.map(({ id, displayName }) => [id, displayName]));
    expect(FIXTURE_USERS.map(({ key }) => served.get(fixtureId(key)))).toEqual(
      FIXTURE_USERS.map(({ displayName }) => displayName),
    );
  });

  it('finds one by UPN, encoded and in any case, and by id', async () => {
    const guest = await client.get(
      '/v1.0/users/PilarEcheverria_fabrikam.example%23EXT%23@contoso.onmicrosoft.example?$select=id',
    );
    const mixed = await client.get('/v1.0/users/JONAS.vanderberg@contoso.example?$select=id');
    const byId = await client.get(`/v1.0/users/${fixtureId('mixed-case')}?$select=id,mail`);
    const names = await client.rows('/v1.0/users?$select=userPrincipalName&$top=999');
    const fifth = names
      .map((row) => String(row['userPrincipalName']))
      .find((name) => /\.5@/.test(name));
    const generated = await client.get(`/v1.0/users/${fifth}?$select=mail`);

    expect(await guest.json()).toEqual({ id: fixtureId('guest-home-mfa') });
    expect(await mixed.json()).toEqual({ id: fixtureId('mixed-case') });
    expect(await byId.json()).toHaveProperty('mail', 'Jonas.VanDerBerg@Contoso.example');
    expect(await generated.json()).toEqual({ mail: fifth });
  });

  it('does not know anybody who is not in the directory', async () => {
    const response = await client.get('/v1.0/users/nobody@contoso.example');

    expect(await outcomeOf(response)).toBe('404 Request_ResourceNotFound');
  });
});
