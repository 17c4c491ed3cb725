import { describe, expect, it } from '@jest/globals';
import { checkLicence } from '../../lib/doctor/check-licence.ts';
import type { Finding } from '../../lib/doctor/check.ts';
import type { StateStorage } from '../../lib/session/storage.ts';
import { aPage, withGraph } from '../support/graph-client.ts';
import type { Step } from '../support/scripted-server.ts';
import { aCheckContext, theFinding } from './a-check-context.ts';

describe('checkLicence', () => {
  it.each([
    ['P1', [aSku('AAD_PREMIUM')]],
    ['P2', [aSku('AAD_PREMIUM'), aSku('AAD_PREMIUM_P2')]],
    ['P2', [aSku('AAD_PREMIUM', 'AAD_PREMIUM_P2', 'EXCHANGE_S_ENTERPRISE')]],
    ['P1', [{ ...aSku('AAD_PREMIUM'), capabilityStatus: 'Warning' }]],
    ['none', [{ ...aSku('AAD_PREMIUM'), capabilityStatus: 'Suspended' }]],
    ['none', [{ ...aSku(), servicePlans: [aPlan('AAD_PREMIUM', 'Disabled')] }]],
    ['none', [aSku('EXCHANGE_S_ENTERPRISE')]],
    ['none', ['nonsense', { capabilityStatus: 'Enabled' }]],
    ['none', []],
  ])('finds %s among the subscriptions', async (licence, skus) => {
    const finding = await theFinding(check([aPage(skus)]));

    expect(finding.facts).toEqual({ licence, retentionDays: licence === 'none' ? 7 : 30 });
    expect(finding.level === 'problem').toBe(licence === 'none');
  });

  it('reads every page', async () => {
    const finding = await theFinding(
      withGraph(
        (request, number) =>
          number === 1
            ? aPage([aSku('AAD_PREMIUM')], request, '/v1.0/subscribedSkus?$skiptoken=2')
            : aPage([aSku('AAD_PREMIUM_P2')]),
        ({ graph, reader }) => checkLicence(aCheckContext({ graph }), reader.signal),
      ),
    );

    expect(finding.facts).toMatchObject({ licence: 'P2' });
  });

  it.each([
    ['30', 'none', 'ok', 'covers the 30'],
    ['31', 'kept', 'ok', 'the ledger keeps them for 400'],
    ['31', 'none', 'warning', 'no digest sees more'],
    ['31', 'lost', 'warning', 'no digest sees more'],
  ] as const)(
    'holds %s days against what is kept with state %s',
    async (days, state, level, words) => {
      const finding = await theFinding(
        check([aPage([aSku('AAD_PREMIUM')])], {
          settings: { DAYS_TO_CHECK_LOGS: days },
          state: { status: state },
        }),
      );

      expect(finding.level).toBe(level);
      expect(finding.what).toContain(words);
    },
  );
});

function aSku(...plans: readonly string[]): object {
  return {
    capabilityStatus: 'Enabled',
    servicePlans: plans.map((servicePlanName) => aPlan(servicePlanName)),
  };
}

function aPlan(servicePlanName: string, provisioningStatus = 'Success'): object {
  return { servicePlanName, provisioningStatus };
}

function check(
  script: readonly Step[],
  parts: {
    readonly settings?: Readonly<Record<string, string>>;
    readonly state?: Partial<StateStorage>;
  } = {},
): Promise<readonly Finding[]> {
  return withGraph(script, ({ graph, reader }) =>
    checkLicence(aCheckContext({ graph, ...parts }), reader.signal),
  );
}
