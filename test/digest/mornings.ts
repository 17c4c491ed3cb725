import type { Endpoint } from '../../lib/simulation/faults/faults.ts';
import { runOnTenant } from '../support/run-on-tenant.ts';
import type { RunResult } from '../support/run-on-tenant.ts';

const PEOPLE = { people: 60, hasWorkbook: true };

/**
 * Mornings of the simulated tenant, each through a whole run: a usual one, on which an emergency account was used; one
 * without Entra ID P1; and one for each collection that Graph refuses or whose second page it lacks.
 */
export const MORNINGS: Readonly<Record<string, () => Promise<RunResult>>> = {
  usual: () => runOnTenant(PEOPLE),
  free: () => runOnTenant({ ...PEOPLE, licence: 'free' }),
  ...Object.fromEntries(
    (
      [
        'registrations',
        'interactiveSignIns',
        'nonInteractiveSignIns',
        'roles',
        'subscribedSkus',
        'organization',
        'audits',
        'methods',
        'emergencySignIns',
      ] satisfies readonly Endpoint[]
    ).map((endpoint) => [
      `no ${endpoint}`,
      () => runOnTenant({ ...PEOPLE, faults: [{ endpoint, kind: 'noConsent' }] }),
    ]),
  ),
  'no activity': () =>
    runOnTenant({ ...PEOPLE, faults: [{ endpoint: 'users', kind: 'unlicensed' }] }),
  'half of the sign-ins': () =>
    runOnTenant({
      ...PEOPLE,
      faults: (['interactiveSignIns', 'nonInteractiveSignIns'] as const).map((endpoint) => ({
        endpoint,
        kind: 'status',
        status: 503,
        on: 2,
      })),
    }),
};
