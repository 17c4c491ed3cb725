import type { ArmResource } from '../../../infra/check/arm-resource.ts';
import type { Combination } from '../../../infra/check/combinations.ts';

const OTHERS =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-others/providers/Microsoft.Network';

/** What a deployment of a combination should make of the network, as the compiler would predict it. */
export function soundNetwork(one: Combination): readonly ArmResource[] {
  if (one.network === 'none') return [];
  return [...(one.network === 'made' ? soundMadeNetwork(one) : []), ...soundEndpoints(one)];
}

function soundMadeNetwork(one: Combination): readonly ArmResource[] {
  const callers = one.hasStorageCallers ? ['10.20.0.0/24'] : [];
  const everything = {
    protocol: '*',
    sourceAddressPrefix: '*',
    destinationAddressPrefix: '*',
    destinationPortRange: '*',
  };
  return [
    {
      type: 'Microsoft.Network/virtualNetworks',
      properties: { addressSpace: { addressPrefixes: ['10.90.0.0/24'] } },
    },
    {
      type: 'Microsoft.Network/virtualNetworks/subnets',
      name: 'vnet-a/app',
      properties: {
        addressPrefix: '10.90.0.0/27',
        defaultOutboundAccess: !one.hasNatGateway,
        natGateway: one.hasNatGateway ? {} : null,
      },
    },
    {
      type: 'Microsoft.Network/virtualNetworks/subnets',
      name: 'vnet-a/endpoints',
      properties: { defaultOutboundAccess: false, privateEndpointNetworkPolicies: 'Enabled' },
    },
    { type: 'Microsoft.Network/networkSecurityGroups' },
    {
      type: 'Microsoft.Network/networkSecurityGroups',
      properties: {
        securityRules: [
          {
            properties: {
              access: 'Allow',
              sourceAddressPrefixes: ['10.90.0.0/27', ...callers],
            },
          },
          { properties: { access: 'Deny', direction: 'Inbound', ...everything } },
        ],
      },
    },
    ...(one.hasNatGateway ? [{ type: 'Microsoft.Network/natGateways' }] : []),
  ];
}

function soundEndpoints(one: Combination): readonly ArmResource[] {
  const services = ['blob', 'table'];
  const subnet =
    one.network === 'brought' ? `${OTHERS}/virtualNetworks/vnet/subnets/endpoints` : '[made]';
  return [
    ...services.map((service) => ({
      type: 'Microsoft.Network/privateEndpoints',
      properties: {
        ...(one.network === 'brought' && { subnet: { id: subnet } }),
        privateLinkServiceConnections: [{ properties: { groupIds: [service] } }],
      },
    })),
    ...(one.dns === 'policy'
      ? []
      : services.map((service) => ({
          type: 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups',
          properties: {
            privateDnsZoneConfigs: [
              {
                properties: {
                  ...(one.dns === 'brought' && {
                    privateDnsZoneId: `${OTHERS}/privateDnsZones/privatelink.${service}.core.windows.net`,
                  }),
                },
              },
            ],
          },
        }))),
    ...(one.dns === 'made'
      ? services.flatMap(() => [
          { type: 'Microsoft.Network/privateDnsZones' },
          { type: 'Microsoft.Network/privateDnsZones/virtualNetworkLinks' },
        ])
      : []),
  ];
}
