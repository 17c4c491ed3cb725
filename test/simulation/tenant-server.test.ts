import { connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { ManagedIdentityCredential } from '@azure/identity';
import { describe, expect, it } from '@jest/globals';
import { startSimulatedTenant } from '../../lib/simulation/tenant-server.ts';
import { relayIdentityTo } from '../support/identity-relay.ts';
import { atAnInstant, outcomeOf, signInsPath, withTenant } from './tenant-client.ts';

const REGISTRATIONS = '/v1.0/reports/authenticationMethods/userRegistrationDetails';
const NOT_PREMIUM = '403 Authentication_RequestFromNonPremiumTenantOrB2CTenant';

describe('a simulated tenant', () => {
  it('answers nobody without a token of its own', async () => {
    await withTenant({}, async ({ tenant }) => {
      const bare = await fetch(`${tenant.origin}/v1.0/users`);
      const foreign = await fetch(`${tenant.origin}/v1.0/users`, {
        headers: { authorization: 'Bearer a.b.c' },
      });

      expect(await outcomeOf(bare)).toBe('401 InvalidAuthenticationToken');
      expect(await outcomeOf(foreign)).toBe('401 InvalidAuthenticationToken');
      expect(tenant.requests.slice(-2)).toMatchObject([{ hadToken: false }, { hadToken: true }]);
    });
  });

  it('gives the real @azure/identity a token that says who and what for', async () => {
    await withTenant({ roles: ['Mail.Send'] }, async ({ tenant }) => {
      const {
        IDENTITY_ENDPOINT = '',
        IDENTITY_HEADER = '',
        AZURE_CLIENT_ID = '',
      } = tenant.settings;
      await relayIdentityTo(IDENTITY_ENDPOINT, IDENTITY_HEADER);

      const credential = new ManagedIdentityCredential({ clientId: AZURE_CLIENT_ID });
      const { token } = await credential.getToken(`${tenant.origin}/.default`);

      const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
      expect(claims).toMatchObject({
        aud: tenant.origin,
        tid: tenant.tenantId,
        appid: AZURE_CLIENT_ID,
        roles: ['Mail.Send'],
      });
    });
  });

  it.each([
    ['another secret', {}, 'nonsense', 401],
    ['another version', { 'api-version': '2017-09-01' }, undefined, 400],
    ['another resource', { resource: 'https://vault.example' }, undefined, 400],
    ['Graph itself', { resource: 'https://graph.microsoft.com/' }, undefined, 200],
  ])('answers a request for a token with %s', async (_name, changes, secret, status) => {
    await withTenant({}, async ({ tenant: { settings, origin } }) => {
      const query = new URLSearchParams({
        'api-version': '2019-08-01',
        resource: origin,
        ...changes,
      });

      const response = await fetch(`${settings['IDENTITY_ENDPOINT']}?${query.toString()}`, {
        headers: { 'x-identity-header': secret ?? settings['IDENTITY_HEADER'] ?? '' },
      });

      expect(response.status).toBe(status);
    });
  });

  it('lets in by app role', async () => {
    await withTenant({ roles: ['Directory.Read.All', 'Mail.Send'] }, async ({ get }) => {
      expect((await get('/v1.0/users')).status).toBe(200);
      expect(await outcomeOf(await get(REGISTRATIONS))).toBe('403 Authorization_RequestDenied');
      expect(await outcomeOf(await get('/beta/auditLogs/signIns'))).toBe(
        '403 Authorization_RequestDenied',
      );
    });
  });

  it('refuses a free tenant what needs a licence, and nothing else', async () => {
    await withTenant({ licence: 'free' }, async ({ get, rows }) => {
      const activity = await get('/v1.0/users?$select=id,signInActivity');

      expect(await outcomeOf(activity)).toBe(NOT_PREMIUM);
      expect(await outcomeOf(await get(REGISTRATIONS))).toBe(NOT_PREMIUM);
      expect(await outcomeOf(await get(signInsPath('interactiveUser')))).toBe(NOT_PREMIUM);
      expect((await get('/v1.0/users?$select=id')).status).toBe(200);
      expect((await rows('/v1.0/subscribedSkus')).map((sku) => sku['skuPartNumber'])).not.toContain(
        'SPE_E3',
      );
    });
  });

  it('limits reporting requests of every sort together, and no others', async () => {
    await withTenant({ throttle: true, clock: atAnInstant }, async ({ get, tenant }) => {
      const statuses: number[] = [];
      for (const path of [
        REGISTRATIONS,
        signInsPath('interactiveUser'),
        '/v1.0/users?$select=id,signInActivity',
        REGISTRATIONS,
        '/v1.0/users',
        '/beta/auditLogs/signIns',
        REGISTRATIONS,
        '/v1.0/users',
      ]) {
        statuses.push((await get(path)).status);
      }

      expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429, 200]);
      expect(tenant.settings).toHaveProperty('REPORT_REQUESTS_PER_10_SECONDS', '5');
    });
  });

  it('names the organisation under the id in the token', async () => {
    await withTenant({}, async ({ tenant, rows }) => {
      expect(await rows('/v1.0/organization')).toMatchObject([{ id: tenant.tenantId }]);
    });
  });

  it('is the same tenant whenever it starts, unless the seed differs', async () => {
    const ids = await Promise.all(
      [1, 1, 2].map((seed) => withTenant({ seed }, async ({ tenant }) => tenant.tenantId)),
    );

    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it('records requests, with decoded paths and queries', async () => {
    await withTenant({ clock: atAnInstant }, async ({ tenant, get }) => {
      await get('/v1.0/users/A%23EXT%23@contoso.example?$select=id,mail');

      expect(tenant.requests.at(-1)).toEqual({
        method: 'GET',
        path: '/v1.0/users/A#EXT#@contoso.example',
        query: { $select: 'id,mail' },
        status: 404,
        at: atAnInstant(),
        hadToken: true,
      });
    });
  });

  it.each([
    ['/v1.0/me', 404],
    ['/v2.0/users', 404],
    ['/', 404],
    ['/v1.0/users/%E0%A4%A/sendMail', 405],
    ['/v1.0/users/%E0%A4%A', 400],
  ])('answers GET %s with %i', async (path, status) => {
    const response = await withTenant({}, ({ get }) => get(path));

    expect(response.status).toBe(status);
    expect(response.headers.get('request-id')).toMatch(/^[\da-f-]{36}$/);
  });

  it('goes on when a sender goes away in the middle of a request', async () => {
    await withTenant({}, async ({ tenant, get }) => {
      const { port } = new URL(tenant.origin);
      const socket = connect(Number(port), '127.0.0.1');
      socket.write(
        'POST /v1.0/users/x/sendMail HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nhalf',
      );
      while (tenant.requests.at(-1)?.method !== 'POST') {
        await setImmediate();
      }
      socket.resetAndDestroy();

      expect((await get('/v1.0/organization')).status).toBe(200);
    });
  });

  it('stops listening when closed', async () => {
    const tenant = await startSimulatedTenant();

    await tenant.close();

    await expect(fetch(tenant.origin)).rejects.toThrow('fetch failed');
  });
});
