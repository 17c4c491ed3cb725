import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createTokenSources, tokenUnavailable } from '../../lib/graph/token.ts';
import { startHastyTime } from '../support/hasty-time.ts';
import { relayIdentityTo } from '../support/identity-relay.ts';
import { withScript } from '../support/scripted-server.ts';
import type { Script, ScriptedServer } from '../support/scripted-server.ts';

const signal = new AbortController().signal;
const NOW = new Date('2026-11-21T06:00:00Z');

function aToken(text: string, lifeSeconds = 86_400) {
  const expiresOn = String(Math.floor(Date.now() / 1000) + lifeSeconds);
  return {
    body: { access_token: text, expires_on: expiresOn, resource: 'r', token_type: 'Bearer' },
  };
}

/** A token source over an identity endpoint like App Service's, each time for another identity. */
function withIdentity<Result>(
  script: Script,
  work: (
    token: (signal: AbortSignal) => Promise<string>,
    server: ScriptedServer,
  ) => Promise<Result>,
  { passesLimits = false, endpoint = 'https://graph.microsoft.com' } = {},
): Promise<Result> {
  return withScript(script, async (server) => {
    await relayIdentityTo(`${server.origin}/msi/token`, 'a-secret-header');
    const settings = {
      graphAuth: 'managed-identity',
      clientId: randomUUID(),
      graphEndpoint: new URL(endpoint),
    } as const;
    const { sleep } = startHastyTime(NOW, { passesLimits });
    return work(createTokenSources({ settings, sleep, prompt: () => undefined }).graph, server);
  });
}

describe('the token of a managed identity', () => {
  it('comes from the identity endpoint, with its secret header', async () => {
    await withIdentity([aToken('t-1')], async (token, { requests }) => {
      expect(await token(signal)).toBe('t-1');

      expect(requests[0]?.headers['x-identity-header']).toBe('a-secret-header');
      expect(requests[0]?.url).toContain('resource=https%3A%2F%2Fgraph.microsoft.com');
    });
  });

  it('is asked for in the cloud of the endpoint', async () => {
    await withIdentity(
      [aToken('t-us')],
      async (token, { requests }) => {
        await token(signal);

        expect(requests[0]?.url).toContain('resource=https%3A%2F%2Fgraph.microsoft.us');
      },
      { endpoint: 'https://graph.microsoft.us' },
    );
  });

  it('is fetched once for requests that begin together', async () => {
    await withIdentity(
      () => aToken('t-2'),
      async (token, { requests }) => {
        expect(await Promise.all([token(signal), token(signal), token(signal)])).toEqual([
          't-2',
          't-2',
          't-2',
        ]);

        expect(requests).toHaveLength(1);
      },
    );
  });

  it('is fetched for every request where it lives for minutes only', async () => {
    await withIdentity(
      (_, number) => aToken(`t-${number}`, 240),
      async (token, { requests }) => {
        expect([await token(signal), await token(signal)]).toEqual(['t-1', 't-2']);

        expect(requests).toHaveLength(2);
      },
    );
  });

  it('is given up where the endpoint hangs', async () => {
    await withIdentity(
      () => 'hang',
      async (token) => {
        await expect(token(signal)).rejects.toThrow('did not answer in time');
      },
      { passesLimits: true },
    );
  });

  it('is not waited for beyond the run', async () => {
    const enough = new Error('enough');

    await withIdentity(
      () => 'hang',
      async (token) => {
        await expect(token(AbortSignal.abort(enough))).rejects.toBe(enough);
      },
    );
  });

  it('is unavailable where the endpoint refuses, and no secret is told', async () => {
    const refused = { status: 400, body: { message: 'Unknown identity a-secret-header' } };

    await withIdentity(
      () => refused,
      async (token) => {
        const error = await token(signal).catch((failure: Error) => failure);

        expect(error).toMatchObject({ code: 'token_unavailable' });
        expect((error as Error).message).not.toContain('secret');
        expect((error as Error).message).toContain('Check GRAPH_AUTH');
      },
    );
  });

  it('is asked for anew after a failure', async () => {
    const refused = { status: 400, body: {} };

    await withIdentity(
      (_, number) => (number === 1 ? refused : aToken('t-3')),
      async (token) => {
        await expect(token(signal)).rejects.toMatchObject({ code: 'token_unavailable' });

        expect(await token(signal)).toBe('t-3');
      },
    );
  });
});

describe('tokenUnavailable', () => {
  it('tells a person with a device code what to consent to and which role they need', () => {
    const { message } = tokenUnavailable('device-code', new Error('the code has expired'));

    for (const scope of ['AuditLog', 'Directory', 'UserAuthenticationMethod']) {
      expect(message).toContain(`${scope}.Read.All`);
    }
    expect(message).toContain('Mail.Send');
    expect(message).toContain('Global Reader');
    expect(message).not.toContain('identity is assigned');
  });

  it.each([
    ['AADSTS65001: The user or administrator has not consented', /^.*An administrator consents/],
    ['AADSTS53003: Access has been blocked by Conditional Access', /Conditional Access policy/],
    ['AADSTS7000218: The request body must contain client_secret', /public client/],
    ['getaddrinfo ENOTFOUND login.microsoftonline.com', /Entra could not be reached/],
  ])('tells apart %s', (text, advice) => {
    const error = tokenUnavailable('device-code', new Error(`${text}, a-secret@contoso.example`));

    expect(error.message).toMatch(advice);
    expect(JSON.stringify([error.message, error.facts])).not.toContain('a-secret');
  });
});
