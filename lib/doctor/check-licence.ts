import { FREE_RETENTION_DAYS, PREMIUM_RETENTION_DAYS } from '../entra/limits.ts';
import type { EntraTier } from '../sources/tenant.ts';
import type { CheckContext, Finding } from './check.ts';

/** The tenant's Entra licence, and whether the days asked for can be had under it. */
export async function checkLicence(
  context: CheckContext,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { tiers, error } = await context.tenant.licences(signal);
  if (error !== undefined) throw error;
  if (tiers.size === 0) return [FREE];
  return [judgeRetention(tiers.has('P2') ? 'P2' : 'P1', context)];
}

const FREE: Finding = {
  check: 'licence',
  level: 'problem',
  what: `The tenant has no Entra ID P1 or P2: Entra keeps sign-ins for ${FREE_RETENTION_DAYS} days, and Graph gives neither them nor registrations nor last activity, so every digest is PARTIAL.`,
  todo: 'Subscribe to Entra ID P1 or P2. Security defaults cost nothing and require everybody to register MFA: switch them on meanwhile.',
  facts: { licence: 'none', retentionDays: FREE_RETENTION_DAYS },
};

function judgeRetention(tier: EntraTier, { settings, state }: CheckContext): Finding {
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
