metadata description = 'Optional: a virtual network for the app and for the private endpoints of its storage account. Graph stays reachable over the outbound way that is chosen here.'

@description('Name of the virtual network.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags { *: string }

@description('Address space; its first two /27 are used.')
param addressPrefix string

@description('Whether traffic leaves through a NAT gateway with a fixed address.')
param natGatewayEnabled bool

@description('Addresses in CIDR notation that may reach the private endpoints, beside the app.')
param storageCallers string[]

// The built-in rules are what this subnet needs: nothing comes in from the internet.
resource appRules 'Microsoft.Network/networkSecurityGroups@2025-09-01' = {
  name: 'nsg-${name}-app'
  location: location
  tags: tags
}

resource endpointRules 'Microsoft.Network/networkSecurityGroups@2025-09-01' = {
  name: 'nsg-${name}-endpoints'
  location: location
  tags: tags
  properties: {
    securityRules: [
      {
        name: 'callers-to-storage'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: concat([cidrSubnet(addressPrefix, 27, 0)], storageCallers)
          sourcePortRange: '*'
          destinationAddressPrefix: cidrSubnet(addressPrefix, 27, 1)
          destinationPortRange: '443'
        }
      }
      {
        name: 'nothing-else'
        properties: {
          priority: 4096
          direction: 'Inbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
        }
      }
    ]
  }
}

resource address 'Microsoft.Network/publicIPAddresses@2025-09-01' = if (natGatewayEnabled) {
  name: 'pip-${name}'
  location: location
  tags: tags
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static' }
}

resource gateway 'Microsoft.Network/natGateways@2025-09-01' = if (natGatewayEnabled) {
  name: 'ng-${name}'
  location: location
  tags: tags
  sku: { name: 'Standard' }
  properties: {
    idleTimeoutInMinutes: 4
    publicIpAddresses: [{ id: address.id }]
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2025-09-01' = {
  name: name
  location: location
  tags: tags
  // Without a list of subnets, those that others added stay.
  properties: {
    addressSpace: { addressPrefixes: [addressPrefix] }
  }

  resource app 'subnets' = {
    name: 'app'
    properties: {
      addressPrefix: cidrSubnet(addressPrefix, 27, 0)
      // Without a way out the app reaches neither Graph nor Entra, so it is said here, not left to a default.
      defaultOutboundAccess: !natGatewayEnabled
      natGateway: natGatewayEnabled ? { id: gateway.id } : null
      networkSecurityGroup: { id: appRules.id }
      delegations: [
        { name: 'functions', properties: { serviceName: 'Microsoft.App/environments' } }
      ]
    }
  }

  resource endpoints 'subnets' = {
    name: 'endpoints'
    properties: {
      addressPrefix: cidrSubnet(addressPrefix, 27, 1)
      defaultOutboundAccess: false
      networkSecurityGroup: { id: endpointRules.id }
      privateEndpointNetworkPolicies: 'Enabled'
    }
    // A network takes one change at a time.
    dependsOn: [app]
  }
}

@description('Resource id of the network.')
output resourceId string = vnet.id

@description('Subnet through which the app calls.')
output appSubnetResourceId string = vnet::app.id

@description('Subnet of the private endpoints.')
output endpointSubnetResourceId string = vnet::endpoints.id
