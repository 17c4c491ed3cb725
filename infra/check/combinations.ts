/** One choice of the parameters that change which resources there are, or who reaches them. */
export interface Combination {
  readonly network: 'none' | 'made' | 'brought';
  readonly hasNatGateway: boolean;
  /** Who keeps the names of the private endpoints. */
  readonly dns: 'made' | 'brought' | 'policy';
  readonly hasStorageCallers: boolean;
  readonly hasPublicStorageCallers: boolean;
  readonly hasAlerts: boolean;
  readonly alertsOnMissingDigest: boolean;
  readonly hasBudget: boolean;
  readonly readsSignInWorkspace: boolean;
  readonly hasCallers: boolean;
  readonly hasPublishers: boolean;
  readonly isZoneRedundant: boolean;
  readonly wantsNewestTls: boolean;
  readonly isLocked: boolean;
  readonly logsQueries: boolean;
  readonly keepsAuditLogs: boolean;
}

/** Callers, publishers, readers and resources that the combinations name. */
export const CALLERS = '192.0.2.0/24';
export const PUBLISHERS = '198.51.100.0/24';
export const OPERATOR = 'operator@contoso.example';
export const BUDGET = 20;
export const AUDIT_DAYS = 365;
const OTHERS =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-others/providers';
export const STORAGE_CALLERS = '10.20.0.0/24';
export const PUBLIC_CALLERS = {
  address: '203.0.113.7',
  subnet: `${OTHERS}/Microsoft.Network/virtualNetworks/vnet/subnets/administrators`,
  resource: `${OTHERS}/Microsoft.Synapse/workspaces/reports`,
};
export const APP_SUBNET = `${OTHERS}/Microsoft.Network/virtualNetworks/vnet/subnets/app`;
export const ENDPOINT_SUBNET = `${OTHERS}/Microsoft.Network/virtualNetworks/vnet/subnets/endpoints`;
export const ZONES = ['blob', 'table'].map(
  (service) =>
    `${OTHERS}/Microsoft.Network/privateDnsZones/privatelink.${service}.core.windows.net`,
);
const SIGN_IN_WORKSPACE = `${OTHERS}/Microsoft.OperationalInsights/workspaces/log-entra`;

type Choice = Combination[keyof Combination];
type Part = Partial<Record<keyof Combination, Choice>>;

const BOTH = [false, true];
const CHOICES: Readonly<Record<keyof Combination, readonly Choice[]>> = {
  network: ['none', 'made', 'brought'],
  hasNatGateway: BOTH,
  dns: ['made', 'brought', 'policy'],
  hasStorageCallers: BOTH,
  hasPublicStorageCallers: BOTH,
  hasAlerts: BOTH,
  alertsOnMissingDigest: BOTH,
  hasBudget: BOTH,
  readsSignInWorkspace: BOTH,
  hasCallers: BOTH,
  hasPublishers: BOTH,
  isZoneRedundant: BOTH,
  wantsNewestTls: BOTH,
  isLocked: BOTH,
  logsQueries: BOTH,
  keepsAuditLogs: BOTH,
};
const NAMES = Object.keys(CHOICES) as readonly (keyof Combination)[];

/** Parameters that meet in the same resources, so that each combination of them is looked at. */
const NETWORK = NAMES.slice(0, 5);
/** What decides on modules as a whole, and these on each other's alarms, roles and rules. */
const MODULES: readonly (keyof Combination)[] = [
  'network',
  'hasNatGateway',
  'hasAlerts',
  'alertsOnMissingDigest',
  'readsSignInWorkspace',
  'hasCallers',
];

let found: readonly Combination[] | undefined;

/**
 * Every combination of the parameters of the network, every one of those that decide on modules, and with them every
 * pair of two choices of any parameters. A choice that another one leaves without effect is not varied.
 */
export function combinations(): readonly Combination[] {
  if (found !== undefined) return found;
  const covered = new Set<string>();
  const modules = partsOf(MODULES).filter(({ network }) => network !== 'brought');
  const all = [...modules, ...partsOf(NETWORK)].map((part) => {
    const one = complete(part, covered);
    for (const pair of pairsOf(one)) covered.add(pair);
    return one;
  });
  found = [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
  return found;
}

/** Every combination of some parameters that is possible. */
function partsOf(names: readonly (keyof Combination)[]): readonly Part[] {
  let parts: readonly Part[] = [{}];
  for (const name of names) {
    parts = parts.flatMap((part) => CHOICES[name].map((choice) => ({ ...part, [name]: choice })));
  }
  return parts.filter(isPossible);
}

/** Gives each open parameter the choice that makes most new pairs with those that are settled. */
function complete(part: Part, covered: ReadonlySet<string>): Combination {
  const one = { ...part };
  for (const name of NAMES) {
    if (name in one) continue;
    const ranked = CHOICES[name]
      .map((choice) => ({ ...one, [name]: choice }))
      .filter(isPossible)
      .map((candidate) => ({
        choice: candidate[name],
        gain: pairsOf(candidate).filter((pair) => !covered.has(pair)).length,
      }));
    one[name] = ranked.reduce((best, next) => (next.gain > best.gain ? next : best)).choice!;
  }
  return Object.fromEntries(NAMES.map((name) => [name, one[name]])) as unknown as Combination;
}

/** Each two choices of a combination, as text. */
export function pairsOf(one: Part): readonly string[] {
  const choices = Object.entries(one)
    .map(([name, choice]) => `${name}=${String(choice)}`)
    .sort();
  return choices.flatMap((first, index) =>
    choices.slice(index + 1).map((second) => `${first} ${second}`),
  );
}

/** Not so where a choice is without effect or refused; what is still open may be chosen to fit. */
export function isPossible(part: Part): boolean {
  const { network = 'made', dns, hasNatGateway, hasStorageCallers, hasPublicStorageCallers } = part;
  if (part.alertsOnMissingDigest === true && part.hasAlerts === false) return false;
  if (network === 'brought' && (dns === 'made' || hasNatGateway || hasStorageCallers)) return false;
  return (
    network !== 'none' ||
    !(hasNatGateway || hasStorageCallers || hasPublicStorageCallers || (dns ?? 'made') !== 'made')
  );
}

/** The environment variables by which main.bicepparam takes a combination. */
export function toEnvironment(one: Combination): Readonly<Record<string, string>> {
  const isBrought = one.network === 'brought';
  return {
    VNET_ENABLED: String(one.network !== 'none'),
    APP_SUBNET_ID: isBrought ? APP_SUBNET : '',
    ENDPOINT_SUBNET_ID: isBrought ? ENDPOINT_SUBNET : '',
    NAT_GATEWAY_ENABLED: String(one.hasNatGateway),
    PRIVATE_DNS_ZONE_IDS: one.dns === 'brought' ? ZONES.toReversed().join(', ') : '',
    PRIVATE_DNS_BY_POLICY: String(one.dns === 'policy'),
    STORAGE_CALLERS: one.hasStorageCallers ? STORAGE_CALLERS : '',
    STORAGE_PUBLIC_CALLERS: one.hasPublicStorageCallers
      ? [`${PUBLIC_CALLERS.address}/32`, PUBLIC_CALLERS.subnet, PUBLIC_CALLERS.resource].join(';')
      : '',
    ALERTS_ENABLED: String(one.hasAlerts),
    ALERT_EMAILS: one.hasAlerts ? OPERATOR : '',
    ALERT_ON_MISSING_DIGEST: String(one.alertsOnMissingDigest),
    BUDGET_AMOUNT: one.hasBudget ? String(BUDGET) : '0',
    SIGN_IN_WORKSPACE_RESOURCE_ID: one.readsSignInWorkspace ? SIGN_IN_WORKSPACE : '',
    ALLOWED_CALLERS: one.hasCallers ? CALLERS : '',
    SCM_ALLOWED_CALLERS: one.hasPublishers ? PUBLISHERS : '',
    ZONE_REDUNDANT: String(one.isZoneRedundant),
    MINIMUM_TLS_VERSION: one.wantsNewestTls ? '1.3' : '1.2',
    LOCK_ENABLED: String(one.isLocked),
    QUERY_LOG_ENABLED: String(one.logsQueries),
    AUDIT_RETENTION_DAYS: one.keepsAuditLogs ? String(AUDIT_DAYS) : '0',
  };
}
