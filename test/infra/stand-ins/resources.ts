import type { Combination } from '../../../infra/check/combinations.ts';
import type { ArmResource } from '../../../infra/check/find-weaknesses.ts';
import { HOST_SETTINGS } from '../../../infra/check/host-settings.ts';
import names from '../../../infra/settings.json' with { type: 'json' };

const GROUP = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-a/providers/';

/** What a deployment of a combination should make, as the compiler would predict it. */
export function soundResources(one: Combination): readonly ArmResource[] {
  const several = <Item>(count: number, item: Item) => Array.from({ length: count }, () => item);
  const role = (scope: string, id: string): ArmResource => ({
    type: 'Microsoft.Authorization/roleAssignments',
    id: `[extensionResourceId('${GROUP}${scope}', 'Microsoft.Authorization/roleAssignments', guid('${GROUP}${scope}', 'x'))]`,
    properties: {
      principalType: 'ServicePrincipal',
      roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${id}`,
    },
  });
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
  const policy = {
    type: 'Microsoft.Web/sites/basicPublishingCredentialsPolicies',
    properties: { allow: false },
  };
  return [
    {
      type: 'Microsoft.Storage/storageAccounts',
      properties: {
        allowSharedKeyAccess: false,
        allowBlobPublicAccess: false,
        minimumTlsVersion: 'TLS1_2',
        supportsHttpsTrafficOnly: true,
        publicNetworkAccess: one.hasNetwork ? 'Disabled' : 'Enabled',
        networkAcls: { defaultAction: one.hasNetwork ? 'Deny' : 'Allow' },
      },
    },
    {
      type: 'Microsoft.Web/sites',
      identity: { type: 'UserAssigned' },
      properties: {
        httpsOnly: true,
        ...(one.hasNetwork && { virtualNetworkSubnetId: '/subnets/app' }),
        functionAppConfig: {
          deployment: { storage: { authentication: { type: 'UserAssignedIdentity' } } },
          runtime: { version: '24' },
        },
        siteConfig: {
          minTlsVersion: '1.2',
          scmMinTlsVersion: '1.2',
          remoteDebuggingEnabled: false,
          ipSecurityRestrictionsDefaultAction: 'Deny',
          scmIpSecurityRestrictionsDefaultAction: 'Allow',
          ipSecurityRestrictions: one.hasCallers ? [{ ipAddress: '192.0.2.0/24' }] : [],
          appSettings: [...HOST_SETTINGS, ...names].map((name) => ({ name, value: 'x' })),
        },
      },
    },
    policy,
    policy,
    { type: 'Microsoft.Insights/components', properties: { DisableLocalAuth: true } },
    {
      type: 'Microsoft.OperationalInsights/workspaces',
      properties: { features: { disableLocalAuth: true } },
    },
    ...several(2, { type: 'Microsoft.Insights/diagnosticSettings' }),
    role('Microsoft.Storage/storageAccounts/sta', 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'),
    role('Microsoft.Storage/storageAccounts/sta', '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'),
    role('Microsoft.Insights/components/appi-a', '3913510d-42f4-4e42-8a64-420c390055eb'),
    ...(one.readsSignInWorkspace
      ? [
          role(
            'Microsoft.OperationalInsights/workspaces/log',
            '3b03c2da-16b3-4a49-8834-0f8130efdd3b',
          ),
        ]
      : []),
    ...(one.hasAlerts
      ? [
          ...['run-failed', 'report-partial', 'memory-lost', 'app-not-started'].map((name) =>
            alarm(name, ['PT1H', 'PT2H', 'PT6H']),
          ),
          alarm('no-digest', ['PT1H', 'P2D', 'P1D'], one.alertsOnMissingDigest),
          alarm('emergency-account-used', ['PT5M', 'PT15M', 'PT1H']),
        ]
      : []),
    ...(one.hasNetwork
      ? [
          ...several(2, { type: 'Microsoft.Network/privateEndpoints' }),
          ...several(2, { type: 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups' }),
          {
            type: 'Microsoft.Network/virtualNetworks',
            properties: {
              subnets: [
                { name: 'app', properties: { defaultOutboundAccess: !one.hasNatGateway } },
                { name: 'endpoints', properties: { defaultOutboundAccess: false } },
              ],
            },
          },
        ]
      : []),
    ...(one.hasNatGateway ? [{ type: 'Microsoft.Network/natGateways' }] : []),
  ];
}
