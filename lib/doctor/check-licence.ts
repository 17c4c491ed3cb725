import { recordOf, textOf } from '../decode.ts';
import { FREE_RETENTION_DAYS, PREMIUM_RETENTION_DAYS } from '../entra/limits.ts';
import { readCollection } from '../sources/collection.ts';
import { startCount } from '../sources/coverage.ts';
import type { CheckContext, Finding } from './check.ts';

type Tier = 'P1' | 'P2';

/** The tenant's Entra licence, and whether the days asked for can be had under it. */
export async function checkLicence(
  context: CheckContext,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const tiers = new Set<Tier>();
  await readCollection(
    { graph: context.session.graph, signal, onProgress: () => undefined },
    {
      source: 'licences',
      what: 'the subscribed licences',
      path: '/v1.0/subscribedSkus?$select=capabilityStatus,servicePlans',
      decode: (row) => row,
    },
    startCount(),
    (row) => {
      for (const tier of tiersOf(row)) tiers.add(tier);
      return true;
    },
  );
  if (tiers.size === 0) return [FREE];
  return [judgeRetention(tiers.has('P2') ? 'P2' : 'P1', context)];
}

/** The tiers among a subscription's service plans that are switched on. */
function tiersOf({
  capabilityStatus,
  servicePlans,
}: Readonly<Record<string, unknown>>): readonly Tier[] {
  // Warning: past its end, and still working.
  if (capabilityStatus !== 'Enabled' && capabilityStatus !== 'Warning') return [];
  return (Array.isArray(servicePlans) ? servicePlans : []).flatMap((plan) => {
    const { servicePlanName, provisioningStatus } = recordOf(plan);
    const name = textOf(servicePlanName)?.toUpperCase() ?? '';
    if (provisioningStatus !== 'Success' || !name.startsWith('AAD_PREMIUM')) return [];
    return name.startsWith('AAD_PREMIUM_P2') ? ['P2'] : ['P1'];
  });
}

const FREE: Finding = {
  check: 'licence',
  level: 'problem',
  what: `The tenant has no Entra ID P1 or P2: Entra keeps sign-ins for ${FREE_RETENTION_DAYS} days, and Graph gives neither them nor registrations nor last activity, so every digest is PARTIAL.`,
  todo: 'Subscribe to Entra ID P1 or P2. Security defaults cost nothing and require everybody to register MFA: switch them on meanwhile.',
  facts: { licence: 'none', retentionDays: FREE_RETENTION_DAYS },
};

function judgeRetention(tier: Tier, { settings, state }: CheckContext): Finding {
  const { daysToCheckLogs, ledgerRetentionDays } = settings;
  const basis = {
    check: 'licence',
    facts: { licence: tier, retentionDays: PREMIUM_RETENTION_DAYS },
  } as const;
  const kept = `The tenant has Entra ID ${tier}, so Entra keeps sign-ins for ${PREMIUM_RETENTION_DAYS} days`;
  const asked = `the ${daysToCheckLogs} that DAYS_TO_CHECK_LOGS asks for`;
  if (daysToCheckLogs <= PREMIUM_RETENTION_DAYS) {
    return { ...basis, level: 'ok', what: `${kept}, which covers ${asked}.` };
  }
  if (state.status === 'kept') {
    const what = `${kept}; the ledger keeps them for ${ledgerRetentionDays} and grows by itself to ${asked}.`;
    return { ...basis, level: 'ok', what };
  }
  return {
    ...basis,
    level: 'warning',
    what: `${kept}; without a memory there is no ledger, and no digest sees more of ${asked}.`,
    todo: `Let the memory be kept (STATE_LOCATION), or set DAYS_TO_CHECK_LOGS to ${PREMIUM_RETENTION_DAYS}.`,
  };
}
