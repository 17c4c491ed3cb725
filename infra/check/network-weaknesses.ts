import { at, isSame } from './arm-resource.ts';
import type { ArmResource, Expectation, Json, ResourcesOf } from './arm-resource.ts';
import { ENDPOINT_SUBNET, STORAGE_CALLERS, ZONES } from './combinations.ts';
import type { Combination } from './combinations.ts';

const SUBNETS = 'Microsoft.Network/virtualNetworks/subnets';
const ENDPOINTS = 'Microsoft.Network/privateEndpoints';
const ZONE_GROUPS = 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups';
const ADDRESSES = '10.90.0.0/24';
/** What a network of one's own consists of, and what brought subnets must not be given a second one of. */
const MADE = [
  'Microsoft.Network/virtualNetworks',
  SUBNETS,
  'Microsoft.Network/networkSecurityGroups',
];

/** What has to hold of the network, of the private endpoints in it, and of their names. */
export function networkExpectations(all: ResourcesOf, combination: Combination): Expectation[] {
  return [...madeNetwork(all, combination), ...privateEndpoints(all, combination)];
}

function madeNetwork(
  all: ResourcesOf,
  { network, hasNatGateway, hasStorageCallers }: Combination,
): Expectation[] {
  const isMade = network === 'made';
  const subnets = all(SUBNETS);
  const [vnet] = all('Microsoft.Network/virtualNetworks');
  const allowed = allowRules(all('Microsoft.Network/networkSecurityGroups'));
  return [
    [
      'a network is made where none is brought, with two subnets and their rules, and not otherwise',
      isSame(
        MADE.map((type) => all(type).length),
        isMade ? [1, 2, 2] : [0, 0, 0],
      ),
    ],
    [
      'a redeployment leaves the subnets that others added',
      vnet === undefined ||
        (isSame(at(vnet, 'addressSpace', 'addressPrefixes'), [ADDRESSES]) &&
          at(vnet, 'subnets') === undefined),
    ],
    [
      'only the app has a way out, and it is the one asked for',
      isSame(
        subnets.map((subnet) => [
          subnet.name?.split('/').at(-1),
          at(subnet, 'defaultOutboundAccess'),
          Boolean(at(subnet, 'natGateway')),
        ]),
        isMade
          ? [
              ['app', !hasNatGateway, hasNatGateway],
              ['endpoints', false, false],
            ]
          : [],
      ),
    ],
    [
      'there is a NAT gateway where it is asked for',
      all('Microsoft.Network/natGateways').length === (hasNatGateway ? 1 : 0),
    ],
    [
      'the app and the named callers reach the endpoints of storage, and nobody else',
      !isMade ||
        (isSame(allowed, [
          [at(subnets[0], 'addressPrefix'), ...(hasStorageCallers ? [STORAGE_CALLERS] : [])],
        ]) &&
          deniesTheRest(all('Microsoft.Network/networkSecurityGroups')) &&
          at(subnets[1], 'privateEndpointNetworkPolicies') === 'Enabled'),
    ],
  ];
}

function privateEndpoints(all: ResourcesOf, { network, dns }: Combination): Expectation[] {
  const hasNetwork = network !== 'none';
  const endpoints = all(ENDPOINTS);
  const groups = all(ZONE_GROUPS);
  const zonesMade = hasNetwork && dns === 'made' ? 2 : 0;
  return [
    [
      'blob and table have private endpoints, where there is a network',
      isSame(endpoints.map(connectedTo), hasNetwork ? ['blob', 'table'] : []),
    ],
    [
      'they are in the subnet that was brought, where one was',
      network !== 'brought' ||
        endpoints.every((endpoint) => at(endpoint, 'subnet', 'id') === ENDPOINT_SUBNET),
    ],
    [
      'zones are made and linked where none are brought and no policy names the endpoints',
      all('Microsoft.Network/privateDnsZones').length === zonesMade &&
        all('Microsoft.Network/privateDnsZones/virtualNetworkLinks').length === zonesMade,
    ],
    [
      'the endpoints have names, unless a policy gives them some',
      groups.length === (hasNetwork && dns !== 'policy' ? 2 : 0) &&
        (dns !== 'brought' || isSame(groups.map(zoneOf), hasNetwork ? ZONES : [])),
    ],
  ];
}

function connectedTo(endpoint: ArmResource): unknown {
  const connections = at(endpoint, 'privateLinkServiceConnections') as readonly Json[] | undefined;
  return (connections?.[0]?.['properties'] as Json | undefined)?.['groupIds']?.toString();
}

function zoneOf(group: ArmResource): unknown {
  const configs = at(group, 'privateDnsZoneConfigs') as readonly Json[] | undefined;
  return (configs?.[0]?.['properties'] as Json | undefined)?.['privateDnsZoneId'];
}

function rulesOf(groups: readonly ArmResource[]): readonly Json[] {
  return groups.flatMap((group) =>
    ((at(group, 'securityRules') ?? []) as readonly Json[]).map(
      (rule) => (rule['properties'] ?? {}) as Json,
    ),
  );
}

function allowRules(groups: readonly ArmResource[]): readonly unknown[] {
  return rulesOf(groups)
    .filter((rule) => rule['access'] === 'Allow')
    .map((rule) => rule['sourceAddressPrefixes']);
}

function deniesTheRest(groups: readonly ArmResource[]): boolean {
  return rulesOf(groups).some(
    (rule) =>
      rule['access'] === 'Deny' &&
      rule['direction'] === 'Inbound' &&
      ['protocol', 'sourceAddressPrefix', 'destinationAddressPrefix', 'destinationPortRange'].every(
        (key) => rule[key] === '*',
      ),
  );
}
