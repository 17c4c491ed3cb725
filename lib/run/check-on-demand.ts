import type { CheckContext, Finding } from '../doctor/check.ts';
import { doctor } from '../doctor/doctor.ts';
import { toLogFacts } from '../doctor/render-findings.ts';
import type { Ports } from '../session/ports.ts';
import { brakeOnDemand } from './on-demand-brake.ts';
import type { Refusal } from './on-demand-brake.ts';

/**
 * Makes the checks of doctor on demand, under the brake of the other runs on demand, because they ask the same Graph. A
 * check that cannot be held back, for want of a token or of stored state, is made all the same: that is what it has
 * to tell.
 */
export async function checkOnDemand(
  ports: Ports,
): Promise<{ readonly findings: readonly Finding[] } | Refusal> {
  let refusal: Refusal | undefined;
  const findings = await doctor({
    ports,
    defaultState: { kind: 'blob' },
    async brake(context, work) {
      const tenantId = await findTenant(context);
      if (tenantId === undefined || context.state.status !== 'kept') return work();
      const ended = await brakeOnDemand({ ...context, tenantId }, false, work);
      if (!('kind' in ended)) return ended;
      refusal = ended;
      return [];
    },
  });
  if (refusal !== undefined) {
    ports.log('info', 'run.refused', { because: refusal.kind });
    return refusal;
  }
  const isFine = findings.every(({ level }) => level === 'ok');
  ports.log(isFine ? 'info' : 'warn', 'run.checked', toLogFacts(findings));
  return { findings };
}

/** The tenant of the token; undefined where there is no token, which is a finding and no failure. */
async function findTenant({ session }: CheckContext): Promise<string | undefined> {
  try {
    return (await session.claims()).tenantId;
  } catch {
    return undefined;
  }
}
