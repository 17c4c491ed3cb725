import settingNames from '../settings.json' with { type: 'json' };
import { CALLERS } from './combinations.ts';
import type { Combination } from './combinations.ts';
import { FLEX_REFUSED_SETTINGS, HOST_SETTINGS } from './host-settings.ts';

/** A resource as a deployment would make it, in the form of ARM JSON. */
export interface ArmResource {
  readonly type: string;
  readonly name?: string;
  readonly id?: string;
  readonly identity?: Json;
  readonly properties?: Json;
}

interface Json {
  readonly [key: string]: unknown;
}

const ROLES_ON_OWN_RESOURCES = [
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b', // Storage Blob Data Owner
  '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3', // Storage Table Data Contributor
  '3913510d-42f4-4e42-8a64-420c390055eb', // Monitoring Metrics Publisher
];
const LOG_ANALYTICS_DATA_READER = '3b03c2da-16b3-4a49-8834-0f8130efdd3b';
/** Its name hangs on the principal, so the compiler gives the id as the call that makes it. */
const NARROW_SCOPE =
  /^\[extensionResourceId\('[^']*\/(?:Microsoft\.Storage\/storageAccounts|Microsoft\.Insights\/components|Microsoft\.OperationalInsights\/workspaces)\/[^/']+', 'Microsoft\.Authorization\/roleAssignments', guid\(/i;

/** One sentence for each property that the resources of a combination lack; empty where all is well. */
export function findWeaknesses(
  resources: readonly ArmResource[],
  combination: Combination,
): readonly string[] {
  const all = (type: string) =>
    resources.filter((resource) => resource.type.toLowerCase() === type.toLowerCase());
  const one = (type: string) => all(type)[0];
  const expectations: readonly (readonly [string, boolean])[] = [
    ...storage(one('Microsoft.Storage/storageAccounts'), combination),
    ...site(one('Microsoft.Web/sites'), combination),
    ...roles(all('Microsoft.Authorization/roleAssignments'), combination),
    ...alarms(all('Microsoft.Insights/scheduledQueryRules'), combination),
    ...network(all, combination),
    [
      'publishing with a password is off for ftp and scm',
      all('Microsoft.Web/sites/basicPublishingCredentialsPolicies').filter(
        (policy) => policy.properties?.['allow'] === false,
      ).length === 2,
    ],
    [
      'Application Insights takes Entra tokens only',
      one('Microsoft.Insights/components')?.properties?.['DisableLocalAuth'] === true,
    ],
    [
      'the workspace takes Entra tokens only',
      at(one('Microsoft.OperationalInsights/workspaces'), 'features', 'disableLocalAuth') === true,
    ],
    [
      'the app and the blobs write their logs to the workspace',
      all('Microsoft.Insights/diagnosticSettings').length === 2,
    ],
  ];
  return expectations.filter(([, holds]) => !holds).map(([sentence]) => `not so: ${sentence}`);
}

type Expectation = readonly [sentence: string, holds: boolean];

function storage(account: ArmResource | undefined, { hasNetwork }: Combination): Expectation[] {
  const versions = ['TLS1_2', 'TLS1_3'];
  return [
    ['no key opens the storage account', at(account, 'allowSharedKeyAccess') === false],
    ['no blob is public', at(account, 'allowBlobPublicAccess') === false],
    [
      'storage asks for TLS 1.2 or later',
      versions.includes(String(at(account, 'minimumTlsVersion'))),
    ],
    ['storage answers https only', at(account, 'supportsHttpsTrafficOnly') === true],
    [
      'the public endpoint of storage is closed where there is a network',
      at(account, 'publicNetworkAccess') === (hasNetwork ? 'Disabled' : 'Enabled') &&
        at(account, 'networkAcls', 'defaultAction') === (hasNetwork ? 'Deny' : 'Allow'),
    ],
  ];
}

function site(
  app: ArmResource | undefined,
  { hasCallers, hasNetwork }: Combination,
): Expectation[] {
  // Where a value is known only in Azure, the settings stay an expression, which names them all the same.
  const settings = JSON.stringify(at(app, 'siteConfig', 'appSettings') ?? '');
  const names = (name: string) => new RegExp(`["']${name}["']`).test(settings);
  const callers = (at(app, 'siteConfig', 'ipSecurityRestrictions') ?? []) as readonly Json[];
  return [
    ['the app answers https only', at(app, 'httpsOnly') === true],
    [
      'the app and its SCM site ask for TLS 1.2 or later',
      ['minTlsVersion', 'scmMinTlsVersion'].every((key) =>
        ['1.2', '1.3'].includes(String(at(app, 'siteConfig', key))),
      ),
    ],
    ['remote debugging is off', at(app, 'siteConfig', 'remoteDebuggingEnabled') === false],
    [
      'the app is closed but for the named callers',
      at(app, 'siteConfig', 'ipSecurityRestrictionsDefaultAction') === 'Deny' &&
        callers.map((caller) => caller['ipAddress']).join() === (hasCallers ? CALLERS : ''),
    ],
    [
      'the SCM site is open for publishing',
      at(app, 'siteConfig', 'scmIpSecurityRestrictionsDefaultAction') === 'Allow',
    ],
    ['the app has a user-assigned identity only', app?.identity?.['type'] === 'UserAssigned'],
    [
      'the package is read with that identity',
      at(app, 'functionAppConfig', 'deployment', 'storage', 'authentication', 'type') ===
        'UserAssignedIdentity',
    ],
    ['the runtime is Node 24', at(app, 'functionAppConfig', 'runtime', 'version') === '24'],
    [
      'the app calls through the network where there is one',
      Boolean(at(app, 'virtualNetworkSubnetId')) === hasNetwork,
    ],
    ['every setting is passed', [...settingNames, ...HOST_SETTINGS].every(names)],
    ['no setting that Flex Consumption refuses is passed', !FLEX_REFUSED_SETTINGS.some(names)],
  ];
}

function roles(assignments: readonly ArmResource[], combination: Combination): Expectation[] {
  const allowed = [
    ...ROLES_ON_OWN_RESOURCES,
    ...(combination.readsSignInWorkspace ? [LOG_ANALYTICS_DATA_READER] : []),
  ];
  const granted = assignments.map((assignment) =>
    String(at(assignment, 'roleDefinitionId')).slice(-36),
  );
  return [
    [
      'the identity has exactly its Azure roles',
      [...granted].sort().join() === [...allowed].sort().join(),
    ],
    [
      'each role is assigned on one resource',
      assignments.every(({ id }) => NARROW_SCOPE.test(String(id))),
    ],
    [
      'each role goes to a service principal',
      assignments.every((assignment) => at(assignment, 'principalType') === 'ServicePrincipal'),
    ],
  ];
}

function alarms(rules: readonly ArmResource[], combination: Combination): Expectation[] {
  const named = (name: string) => rules.find((rule) => rule.name?.endsWith(`-${name}`));
  return [
    ['there are six alarms, or none', rules.length === (combination.hasAlerts ? 6 : 0)],
    [
      'an alarm stays until somebody looks, and is silent for less than a day but for a missing digest',
      rules.every(
        (rule) =>
          at(rule, 'autoMitigate') === false && at(rule, 'muteActionsDuration') === silenceOf(rule),
      ),
    ],
    [
      'what happened is looked for twice in its window, an emergency account within minutes, and silence over two days',
      rules.every(
        (rule) =>
          `${String(at(rule, 'evaluationFrequency'))} ${String(at(rule, 'windowSize'))}` ===
          paceOf(rule),
      ),
    ],
    [
      'every alarm is on, but for the one on a missing digest where it is not asked for',
      rules.every(
        (rule) =>
          at(rule, 'enabled') ===
          (rule !== named('no-digest') || combination.alertsOnMissingDigest),
      ),
    ],
  ];
}

function silenceOf({ name = '' }: ArmResource): string {
  if (name.endsWith('-no-digest')) return 'P1D';
  return name.endsWith('-emergency-account-used') ? 'PT1H' : 'PT6H';
}

function paceOf({ name = '' }: ArmResource): string {
  if (name.endsWith('-no-digest')) return 'PT1H P2D';
  return name.endsWith('-emergency-account-used') ? 'PT5M PT15M' : 'PT1H PT2H';
}

function network(
  all: (type: string) => readonly ArmResource[],
  { hasNetwork, hasNatGateway }: Combination,
): Expectation[] {
  const endpoints = all('Microsoft.Network/privateEndpoints').length;
  const zones = all('Microsoft.Network/privateEndpoints/privateDnsZoneGroups').length;
  const subnets = (at(all('Microsoft.Network/virtualNetworks')[0], 'subnets') ??
    []) as readonly ArmResource[];
  const waysOut = subnets.map(({ name, ...subnet }) => [
    name,
    at(subnet as ArmResource, 'defaultOutboundAccess'),
  ]);
  const asked = hasNetwork
    ? [
        ['app', !hasNatGateway],
        ['endpoints', false],
      ]
    : [];
  return [
    [
      'blob and table have private endpoints with names, where there is a network',
      endpoints === (hasNetwork ? 2 : 0) && zones === endpoints,
    ],
    [
      'only the app has a way out, and it is the one asked for',
      JSON.stringify(waysOut) === JSON.stringify(asked),
    ],
    [
      'there is a NAT gateway where it is asked for',
      all('Microsoft.Network/natGateways').length === (hasNatGateway ? 1 : 0),
    ],
  ];
}

function at(resource: ArmResource | undefined, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Json)[key] : undefined,
    resource?.properties,
  );
}
