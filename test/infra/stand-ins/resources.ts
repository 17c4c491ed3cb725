import type { ArmResource } from '../../../infra/check/arm-resource.ts';
import type { Combination } from '../../../infra/check/combinations.ts';
import { HOST_SETTINGS } from '../../../infra/check/host-settings.ts';
import names from '../../../infra/settings.json' with { type: 'json' };
import { soundNetwork } from './network-resources.ts';

const OTHERS =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-others/providers';
const GROUP = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-a/providers/';
const ACCOUNT = `${GROUP}Microsoft.Storage/storageAccounts/sta`;
const READABLE = ['SigninLogs', 'AADNonInteractiveUserSignInLogs', 'Operation'];
const CONDITION = `((!(ActionMatches{'Microsoft.OperationalInsights/workspaces/tables/data/read'})) OR (${READABLE.map(
  (table) =>
    `@Resource[Microsoft.OperationalInsights/workspaces/tables:name] StringEquals '${table}'`,
).join(' OR ')}))`;

/** What a deployment of a combination should make, as the compiler would predict it. */
export function soundResources(one: Combination): readonly ArmResource[] {
  return [
    ...soundStorage(one),
    ...soundApp(one),
    ...soundLogs(one),
    ...soundRoles(one),
    ...soundAlarms(one),
    ...soundNetwork(one),
  ];
}

function soundStorage(one: Combination): readonly ArmResource[] {
  const isClosed = one.network !== 'none';
  const passing = one.hasPublicStorageCallers;
  return [
    {
      type: 'Microsoft.Storage/storageAccounts',
      sku: { name: one.isZoneRedundant ? 'Standard_ZRS' : 'Standard_LRS' },
      properties: {
        allowSharedKeyAccess: false,
        allowBlobPublicAccess: false,
        minimumTlsVersion: 'TLS1_2',
        supportsHttpsTrafficOnly: true,
        publicNetworkAccess: isClosed && !passing ? 'Disabled' : 'Enabled',
        networkAcls: {
          bypass: 'None',
          defaultAction: isClosed ? 'Deny' : 'Allow',
          ipRules: passing ? [{ value: '203.0.113.7' }] : [],
          virtualNetworkRules: passing
            ? [{ id: `${OTHERS}/Microsoft.Network/virtualNetworks/vnet/subnets/administrators` }]
            : [],
          resourceAccessRules: passing
            ? [{ resourceId: `${OTHERS}/Microsoft.Synapse/workspaces/reports` }]
            : [],
        },
      },
    },
    ...(one.isLocked
      ? [
          {
            type: 'Microsoft.Authorization/locks',
            id: `${ACCOUNT}/providers/Microsoft.Authorization/locks/keep`,
            properties: { level: 'CanNotDelete' },
          },
        ]
      : []),
  ];
}

function soundApp(one: Combination): readonly ArmResource[] {
  const version = one.wantsNewestTls ? '1.3' : '1.2';
  const policy = {
    type: 'Microsoft.Web/sites/basicPublishingCredentialsPolicies',
    properties: { allow: false },
  };
  const settings = [
    ...HOST_SETTINGS,
    ...names,
    ...(one.readsSignInWorkspace ? ['SIGN_IN_WORKSPACE_ID'] : []),
  ];
  return [
    { type: 'Microsoft.Web/serverfarms', properties: { zoneRedundant: one.isZoneRedundant } },
    {
      type: 'Microsoft.Web/sites',
      identity: { type: 'UserAssigned' },
      properties: {
        httpsOnly: true,
        ...(one.network !== 'none' && {
          virtualNetworkSubnetId: `${OTHERS}/Microsoft.Network/virtualNetworks/vnet/subnets/app`,
        }),
        functionAppConfig: {
          deployment: { storage: { authentication: { type: 'UserAssignedIdentity' } } },
          runtime: { version: '24' },
        },
        siteConfig: {
          minTlsVersion: version,
          scmMinTlsVersion: version,
          remoteDebuggingEnabled: false,
          ipSecurityRestrictionsDefaultAction: 'Deny',
          scmIpSecurityRestrictionsDefaultAction: one.hasPublishers ? 'Deny' : 'Allow',
          ipSecurityRestrictions: one.hasCallers ? [{ ipAddress: '192.0.2.0/24' }] : [],
          scmIpSecurityRestrictions: one.hasPublishers ? [{ ipAddress: '198.51.100.0/24' }] : [],
          appSettings: settings.map((name) => ({ name, value: 'x' })),
        },
      },
    },
    policy,
    policy,
  ];
}

function soundLogs(one: Combination): readonly ArmResource[] {
  const recorded = (...categories: readonly string[]): ArmResource => ({
    type: 'Microsoft.Insights/diagnosticSettings',
    properties: { logs: categories.map((category) => ({ category, enabled: true })) },
  });
  const access = recorded('StorageRead', 'StorageWrite', 'StorageDelete');
  return [
    { type: 'Microsoft.Insights/components', properties: { DisableLocalAuth: true } },
    {
      type: 'Microsoft.OperationalInsights/workspaces',
      properties: { features: { disableLocalAuth: true } },
    },
    recorded('FunctionAppLogs'),
    access,
    access,
    ...(one.logsQueries ? [recorded('Audit')] : []),
    ...(one.keepsAuditLogs
      ? ['StorageBlobLogs', 'StorageTableLogs', 'LAQueryLogs'].map((table) => ({
          type: 'Microsoft.OperationalInsights/workspaces/tables',
          name: `log-a/${table}`,
          properties: { plan: 'Analytics', totalRetentionInDays: 365 },
        }))
      : []),
  ];
}

function soundRoles(one: Combination): readonly ArmResource[] {
  const role = (scope: string, id: string, properties = {}): ArmResource => ({
    type: 'Microsoft.Authorization/roleAssignments',
    id: `[extensionResourceId('${scope}', 'Microsoft.Authorization/roleAssignments', guid('${scope}', 'x'))]`,
    properties: {
      principalType: 'ServicePrincipal',
      roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${id}`,
      ...properties,
    },
  });
  return [
    role(ACCOUNT, 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'),
    role(ACCOUNT, '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'),
    role(`${GROUP}Microsoft.Insights/components/appi-a`, '3913510d-42f4-4e42-8a64-420c390055eb'),
    ...(one.readsSignInWorkspace
      ? [
          role(
            `${OTHERS}/Microsoft.OperationalInsights/workspaces/log`,
            '3b03c2da-16b3-4a49-8834-0f8130efdd3b',
            { condition: CONDITION, conditionVersion: '2.0' },
          ),
        ]
      : []),
  ];
}

function soundAlarms(one: Combination): readonly ArmResource[] {
  const alarm = (
    name: string,
    pace: readonly [string, string, string],
    enabled = true,
  ): ArmResource => ({
    type: 'Microsoft.Insights/scheduledQueryRules',
    name: `func-a-${name}`,
    properties: {
      enabled,
      evaluationFrequency: pace[0],
      windowSize: pace[1],
      autoMitigate: false,
      muteActionsDuration: pace[2],
    },
  });
  const spent = {
    enabled: true,
    contactEmails: one.hasAlerts ? ['operator@contoso.example'] : [],
    contactRoles: one.hasAlerts ? [] : ['Owner'],
  };
  return [
    ...(one.hasAlerts
      ? [
          ...['run-failed', 'report-partial', 'memory-lost', 'app-not-started'].map((name) =>
            alarm(name, ['PT1H', 'PT2H', 'PT6H']),
          ),
          alarm('no-digest', ['PT1H', 'P2D', 'P1D'], one.alertsOnMissingDigest),
          alarm('emergency-account-used', ['PT5M', 'PT15M', 'PT1H']),
        ]
      : []),
    ...(one.hasBudget
      ? [
          {
            type: 'Microsoft.Consumption/budgets',
            properties: { amount: 20, notifications: { spent } },
          },
        ]
      : []),
  ];
}
