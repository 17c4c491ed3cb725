metadata description = 'Optional: private endpoints of the storage account, in a subnet that was made here or brought, and their names in zones that were made here, brought, or kept by a policy.'

@description('Region, that of the subnet.')
param location string

@description('Tags.')
param tags { *: string }

@description('Name of the storage account.')
param storageAccountName string

@description('Subnet of the endpoints.')
param subnetResourceId string

@description('Name of the network that was made here; names the links of its zones.')
param networkName string

@description('Resource id of that network; empty where the network was brought.')
param networkResourceId string

@description('Zones that were brought, in the order of the services; none makes them here.')
param broughtZoneIds string[]

@description('Whether a policy makes the records.')
param byPolicy bool

@description('Services of the storage account that the app uses.')
var services = ['blob', 'table']

@description('Services whose zone is made here.')
var zonesMadeHere = byPolicy || !empty(broughtZoneIds) ? [] : services

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageAccountName
}

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for service in zonesMadeHere: {
    name: 'privatelink.${service}.${environment().suffixes.storage}'
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (service, i) in zonesMadeHere: {
    parent: zones[i]
    name: '${networkName}-${service}'
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: { id: networkResourceId }
    }
  }
]

resource privateEndpoints 'Microsoft.Network/privateEndpoints@2025-09-01' = [
  for service in services: {
    name: 'pe-${storageAccountName}-${service}'
    location: location
    tags: tags
    properties: {
      subnet: { id: subnetResourceId }
      privateLinkServiceConnections: [
        {
          name: service
          properties: {
            privateLinkServiceId: account.id
            groupIds: [service]
          }
        }
      ]
    }
  }
]

resource addresses 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2025-09-01' = [
  for (service, i) in (byPolicy ? [] : services): {
    parent: privateEndpoints[i]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        {
          name: service
          properties: {
            privateDnsZoneId: empty(broughtZoneIds)
              ? resourceId(
                  'Microsoft.Network/privateDnsZones',
                  'privatelink.${service}.${environment().suffixes.storage}'
                )
              : broughtZoneIds[i]
          }
        }
      ]
    }
    dependsOn: [links]
  }
]
