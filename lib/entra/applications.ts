/** One application, or one resource, at whose sign-in Microsoft asks for MFA. */
export interface EnforcedApplication {
  readonly name: string;
  /** The client ids under which it signs in; empty for the entry that is found by its resource. */
  readonly appIds: readonly string[];
  /** Set where any client counts that asks for this resource. */
  readonly resourceId?: string;
  /** The first day of enforcement, YYYY-MM-DD, or the month where Microsoft names only that. */
  readonly enforcedFrom: string;
  readonly enforcedOperations: 'any' | 'sign-in' | 'create, update, delete';
  /** What Microsoft does not say and the reader should know. */
  readonly caveat?: string;
}

/** Azure Resource Manager, in sign-in logs "Windows Azure Service Management API". */
export const RESOURCE_MANAGER = '797f4846-ba00-4fd7-ba43-dac1f8f63013';

/**
 * Where Microsoft enforces MFA, after "Plan for mandatory Microsoft Entra multifactor authentication"
 * (learn.microsoft.com, April 2026). The order is part of the ledger's format: add at the end only.
 */
export const APPLICATIONS: readonly EnforcedApplication[] = [
  {
    name: 'Azure portal, Entra and Intune admin centres',
    appIds: ['c44b4083-3bb0-49c1-b47d-974e53cbdf3c'],
    enforcedFrom: '2024-10-15',
    enforcedOperations: 'any',
  },
  {
    name: 'Microsoft 365 admin centre',
    appIds: ['618dd325-23f6-4b6f-8380-4df78026e39b'],
    enforcedFrom: '2025-02',
    enforcedOperations: 'sign-in',
    caveat: 'Microsoft publishes no application id for it; this one is what its own export uses.',
  },
  {
    name: 'Azure CLI',
    appIds: ['04b07795-8ddb-461a-bbee-02f9e1bf7b46'],
    enforcedFrom: '2025-10-01',
    enforcedOperations: 'create, update, delete',
  },
  {
    name: 'Azure PowerShell',
    appIds: ['1950a258-227b-4e31-a9cf-717495945fc2'],
    enforcedFrom: '2025-10-01',
    enforcedOperations: 'create, update, delete',
  },
  {
    name: 'Azure mobile app',
    appIds: ['0c1307d4-29d6-4389-a11c-5cbe7f65d7fa'],
    enforcedFrom: '2025-10-01',
    enforcedOperations: 'create, update, delete',
  },
  {
    name: 'Azure Resource Manager by another client',
    appIds: [],
    resourceId: RESOURCE_MANAGER,
    enforcedFrom: '2025-10-01',
    enforcedOperations: 'create, update, delete',
    caveat: 'REST, SDKs, Terraform, Visual Studio Code and other clients.',
  },
];

/** Places in APPLICATIONS of what scripts use: command line, PowerShell, and any other client of Resource Manager. */
export const TOOLS: readonly number[] = [2, 3, 5];

const BY_APP_ID = new Map(
  APPLICATIONS.flatMap(({ appIds }, index) => appIds.map((appId) => [appId, index] as const)),
);
const BY_RESOURCE = APPLICATIONS.findIndex(({ resourceId }) => resourceId !== undefined);

/**
 * The index in APPLICATIONS under which a sign-in counts, or -1. A sign-in counts under its own application
 * even when its resource is Resource Manager.
 */
export function applicationIndex(
  appId: string | undefined,
  resourceId: string | undefined,
): number {
  const own = appId === undefined ? undefined : BY_APP_ID.get(appId);
  if (own !== undefined) return own;
  return resourceId === RESOURCE_MANAGER ? BY_RESOURCE : -1;
}

/** Which applications are looked at: those whose enforcement began in one of the years. */
export function applicationsOfYears(years: readonly number[]): readonly boolean[] {
  return APPLICATIONS.map(({ enforcedFrom }) => years.includes(Number(enforcedFrom.slice(0, 4))));
}

/**
 * The years in which Microsoft began to enforce MFA for the applications of the table. Kept apart from the
 * table itself, which belongs to the sources, so that settings depend on nothing.
 */
export const ENFORCEMENT_YEARS: readonly number[] = [2024, 2025];
