import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fixtureId } from '../../../lib/simulation/people/fixture-user.ts';
import { atAnInstant, openTenant, withTenant } from '../tenant-client.ts';
import type { TenantClient } from '../tenant-client.ts';

const PATH = '/reports/authenticationMethods/userRegistrationDetails';

describe('/userRegistrationDetails', () => {
  let client: TenantClient;
  beforeAll(async () => {
    client = await openTenant({ clock: atAnInstant, people: 2500 });
  });
  afterAll(() => client.tenant.close());

  it('serves pages of a thousand, nobody twice and nobody who is disabled', async () => {
    const pages = await client.pages(`/v1.0${PATH}`);
    const users = await client.rows('/v1.0/users?$select=id,accountEnabled&$top=999');

    const ids = pages.flat().map(({ id }) => id);
    const disabled = users.filter(({ accountEnabled }) => accountEnabled === false);
    expect(pages.slice(0, -1).map(({ length }) => length)).toEqual([1000, 1000]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(disabled.filter(({ id }) => ids.includes(id))).toEqual([]);
  });

  it('has defaultMfaMethod in beta only', async () => {
    const [v1] = await client.rows(`/v1.0${PATH}?$top=1000`);
    const [beta] = await client.rows(`/beta${PATH}`);

    expect(v1).not.toHaveProperty('defaultMfaMethod');
    expect(beta).toHaveProperty('defaultMfaMethod', 'microsoftAuthenticatorPush');
  });

  it('tells registered from capable', async () => {
    const rows = await client.rows(`/v1.0${PATH}`);
    const facts = (key: string) => {
      const row = rows.find(({ id }) => id === fixtureId(key));
      return [row?.['isMfaRegistered'], row?.['isMfaCapable'], row?.['isPasswordlessCapable']];
    };

    expect(facts('passkey-covered')).toEqual([true, true, true]);
    expect(facts('not-usable')).toEqual([true, false, false]);
    expect(facts('missing-reader')).toEqual([false, false, false]);
  });

  it('refuses $select', async () => {
    const response = await client.get(`/v1.0${PATH}?$select=id`);

    expect(response.status).toBe(400);
    expect(await response.text()).toContain("Query option 'Select' is not allowed");
  });

  it('gives new people their row 36 hours late', async () => {
    let now = new Date('2026-11-22T00:14:00Z');
    const lastDay = new Date('2026-11-21T06:00:00Z');

    const [before, after] = await withTenant(
      { clock: () => now, story: { lastDay }, people: 0 },
      async ({ rows }) => {
        const early = await rows(`/v1.0${PATH}`);
        now = new Date('2026-11-22T00:15:00Z');
        return [early, await rows(`/v1.0${PATH}`)];
      },
    );

    const newcomers = [fixtureId('newcomer'), fixtureId('newcomer-used')];
    expect(before.filter(({ id }) => newcomers.includes(String(id)))).toEqual([]);
    expect(after.filter(({ id }) => newcomers.includes(String(id)))).toHaveLength(2);
  });
});
