import { describe, expect, it } from '@jest/globals';
import { checkSender } from '../../lib/doctor/check-sender.ts';
import type { Finding } from '../../lib/doctor/check.ts';
import { anError, withGraph } from '../support/graph-client.ts';
import type { Step } from '../support/scripted-server.ts';
import { aCheckContext, SENDER, theFinding } from './a-check-context.ts';

const EXCHANGE = plan('efb87545-963c-4e0d-99df-69c6916d9eb0');
const FOUNDATION = plan('113feb6c-3fe4-4440-bddc-54d774bf0318');

describe('checkSender', () => {
  it.each<[string, object, Finding['level'], string]>([
    ['a licensed, enabled mailbox', {}, 'ok', 'more is not provable without sending'],
    ['a disabled account', { accountEnabled: false }, 'warning', 'account is not enabled'],
    ['an account of unknown state', { accountEnabled: null }, 'warning', 'account is not enabled'],
    [
      'a shared mailbox',
      { accountEnabled: false, assignedPlans: [] },
      'ok',
      'as a shared mailbox has; that it is one is not provable',
    ],
    [
      'an enabled account without a plan',
      { assignedPlans: [] },
      'warning',
      'no plan with Exchange',
    ],
    ['a plan without mailbox', { assignedPlans: [FOUNDATION] }, 'warning', 'no plan with Exchange'],
    ['two plans', { assignedPlans: [FOUNDATION, EXCHANGE] }, 'ok', 'a plan with Exchange'],
    [
      'a plan that was taken away',
      { assignedPlans: [{ ...EXCHANGE, capabilityStatus: 'Deleted' }] },
      'warning',
      'no plan with Exchange',
    ],
    [
      'a plan past its end that still works',
      { assignedPlans: [{ ...EXCHANGE, capabilityStatus: 'Warning' }] },
      'ok',
      'a plan with Exchange',
    ],
    ['plans that are no list', { assignedPlans: 'exchange' }, 'warning', 'no plan with Exchange'],
    ['no address', { mail: null }, 'problem', 'no mail address'],
    ['a guest', { userType: 'Guest' }, 'problem', 'guest'],
  ])('judges %s', async (_what, properties, level, words) => {
    const finding = await theFinding(check([{ body: { ...aUser, ...properties } }]));

    expect(finding.level).toBe(level);
    expect(finding.what).toContain(words);
    expect(finding.todo === undefined).toBe(level === 'ok');
  });

  it('says that nobody has the name', async () => {
    const finding = await theFinding(check([anError(404, 'Request_ResourceNotFound')]));

    expect(finding).toMatchObject({
      level: 'problem',
      todo: expect.stringContaining('EMAIL_FROM'),
    });
  });

  it('cannot tell where Graph refuses', async () => {
    await expect(check([anError(403)])).rejects.toMatchObject({ code: 'graph_denied' });
  });

  it('cannot tell from an answer that is no JSON', async () => {
    await expect(check([{ body: '<html>' }])).rejects.toMatchObject({ code: 'graph_unexpected' });
  });

  it('asks for no more than it judges by, under a name that may hold any character', async () => {
    const url = await withGraph([{ body: aUser }], async ({ graph, server, reader }) => {
      const settings = { EMAIL_FROM: 'a#ext#/b?c@contoso.example' };
      await checkSender(aCheckContext({ graph, settings }), reader.signal);
      return server.requests[0]?.url;
    });

    expect(url).toBe(
      '/v1.0/users/a%23ext%23%2Fb%3Fc%40contoso.example?$select=id,accountEnabled,mail,userType,assignedPlans',
    );
  });

  it('asks nothing where no sender is set', async () => {
    const context = aCheckContext({ settings: { EMAIL_FROM: '' } });

    const finding = await theFinding(checkSender(context, new AbortController().signal));

    expect(finding).toMatchObject({ level: 'problem', todo: 'Set EMAIL_FROM.' });
  });

  it('names nobody', async () => {
    const finding = await theFinding(check([{ body: { ...aUser, displayName: 'Vera Digest' } }]));

    expect(JSON.stringify(finding)).not.toMatch(/Vera|contoso/);
  });
});

const aUser = {
  id: '6f0d0a4e-1111-4000-8000-000000000001',
  accountEnabled: true,
  mail: SENDER,
  userType: 'Member',
  assignedPlans: [EXCHANGE],
};

function plan(servicePlanId: string): object {
  return { service: 'exchange', capabilityStatus: 'Enabled', servicePlanId };
}

function check(script: readonly Step[]): Promise<readonly Finding[]> {
  return withGraph(script, ({ graph, reader }) =>
    checkSender(aCheckContext({ graph }), reader.signal),
  );
}
