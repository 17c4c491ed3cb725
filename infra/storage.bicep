metadata description = 'The one storage account: the host of the function app, its package, and the memory of the product. No key opens it.'

@description('Name of the account.')
@minLength(3)
@maxLength(24)
param name string

@description('Region.')
param location string

@description('Tags.')
param tags { *: string }

@description('Redundancy.')
param sku string

@description('Container of the memory.')
param stateContainer string

@description('Days that the product keeps its documents. Nothing is deleted here before.')
param stateRetentionDays int

@description('Whether Entra identities reach the account over its public endpoint; otherwise only private endpoints lead there.')
param isPublic bool

@description('Who passes the firewall of the public endpoint where that is closed: addresses, resource ids of subnets, resource ids of Azure resources.')
param publicCallers string[]

@description('Whether the account is locked against deletion.')
param isLocked bool

@description('Workspace that records who reads and writes.')
param workspaceResourceId string

@description('Container of the deployed package.')
var packageContainer = 'deployments'

@description('Days in which a deleted blob or an overwritten one can be had back.')
var recoveryDays = 14

@description('The same by kind. A single address has no /32 here, because the service refuses it.')
var callers = {
  addresses: map(filter(publicCallers, caller => !startsWith(caller, '/')), caller => replace(caller, '/32', ''))
  subnets: filter(publicCallers, caller => startsWith(caller, '/') && contains(toLower(caller), '/subnets/'))
  resources: filter(publicCallers, caller => startsWith(caller, '/') && !contains(toLower(caller), '/subnets/'))
}

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    allowedCopyScope: 'AAD'
    defaultToOAuthAuthentication: true
    encryption: {
      keySource: 'Microsoft.Storage'
      requireInfrastructureEncryption: true
    }
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    // The addresses from which a Flex Consumption app calls are not fixed, so without a network of its own a
    // firewall would shut the app out. Entra tokens are then the one lock; vnetEnabled adds the other.
    publicNetworkAccess: isPublic || !empty(publicCallers) ? 'Enabled' : 'Disabled'
    networkAcls: {
      bypass: 'None'
      defaultAction: isPublic ? 'Allow' : 'Deny'
      ipRules: map(callers.addresses, address => { value: address, action: 'Allow' })
      #disable-next-line use-resource-id-functions // They are resources of somebody else, named by whoever deploys.
      virtualNetworkRules: map(callers.subnets, id => { id: id, action: 'Allow' })
      #disable-next-line use-resource-id-functions // The same.
      resourceAccessRules: map(callers.resources, id => { resourceId: id, tenantId: tenant().tenantId })
    }
  }

  resource tables 'tableServices' = {
    name: 'default'
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      isVersioningEnabled: true
      deleteRetentionPolicy: { enabled: true, days: recoveryDays }
      containerDeleteRetentionPolicy: { enabled: true, days: recoveryDays }
    }

    resource package 'containers' = {
      name: packageContainer
      properties: { publicAccess: 'None' }
    }

    resource state 'containers' = {
      name: stateContainer
      properties: { publicAccess: 'None' }
    }
  }
}

// The product deletes its own old documents; these rules are for what it left behind, for instance when it was
// stopped. They name prefixes, so that exceptions.csv and the lifecycle of findings are never touched.
resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          name: 'old-documents'
          type: 'Lifecycle'
          enabled: true
          definition: {
            filters: {
              blobTypes: ['blockBlob']
              prefixMatch: [
                '${stateContainer}/ledger/'
                '${stateContainer}/runs/'
                '${stateContainer}/set-aside/'
              ]
            }
            actions: {
              baseBlob: { delete: { daysAfterModificationGreaterThan: stateRetentionDays } }
            }
          }
        }
        {
          name: 'old-versions'
          type: 'Lifecycle'
          enabled: true
          definition: {
            filters: { blobTypes: ['blockBlob'] }
            actions: {
              version: { delete: { daysAfterCreationGreaterThan: recoveryDays } }
            }
          }
        }
      ]
    }
  }
  dependsOn: [account::blobs]
}

@description('Every access to blobs and tables.')
var accessLogs = map(
  ['StorageRead', 'StorageWrite', 'StorageDelete'],
  category => { category: category, enabled: true }
)

resource blobAccess 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account::blobs
  name: 'to-workspace'
  properties: { workspaceId: workspaceResourceId, logs: accessLogs }
}

resource tableAccess 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account::tables
  name: 'to-workspace'
  properties: { workspaceId: workspaceResourceId, logs: accessLogs }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (isLocked) {
  scope: account
  name: 'keep'
  properties: {
    level: 'CanNotDelete'
    notes: 'Holds the memory of the digest. How to remove it: docs/operate.md'
  }
}

@description('Name of the account.')
output name string = account.name

@description('Blob endpoint, with a slash at its end.')
output blobEndpoint string = account.properties.primaryEndpoints.blob

@description('Table endpoint, with a slash at its end.')
output tableEndpoint string = account.properties.primaryEndpoints.table

@description('Container of the deployed package.')
output packageContainer string = packageContainer
