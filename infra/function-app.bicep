metadata description = 'The function app on Flex Consumption, with its settings, closed to inbound traffic unless callers are named.'

@description('Name of the app, at most 32 characters: the host takes its id from them.')
@maxLength(32)
param name string

@description('Region.')
param location string

@description('Tags; azd-service-name leads azd to the app.')
param tags { *: string }

@description('Memory of an instance in MB.')
param instanceMemoryMB int

@description('Most instances.')
param maximumInstanceCount int

@description('Name of the identity that the app runs as.')
param identityName string

@description('Application id of that identity.')
param clientId string

@description('Blob endpoint, with a slash at its end.')
param blobEndpoint string

@description('Table endpoint, with a slash at its end.')
param tableEndpoint string

@description('Container of the deployed package.')
param packageContainer string

@description('Where telemetry is sent.')
param connectionString string

@description('Workspace of the logs.')
param workspaceResourceId string

@description('The settings of the product that parameters decide.')
param settings { *: string }

@description('GUID of the workspace of sign-ins; empty where there is none.')
param signInWorkspaceId string

@description('Whether the app is spread over availability zones.')
param zoneRedundant bool

@description('Oldest version of TLS.')
param minimumTlsVersion string

@description('Addresses in CIDR notation that may call the on-demand trigger.')
param allowedCallers string[]

@description('Addresses in CIDR notation from which the app may be published; none opens it to all.')
param scmAllowedCallers string[]

@description('Subnet through which the app calls; none without a virtual network.')
param subnetResourceId string?

@description('What the host needs. There is no queue endpoint, because timers use none.')
var hostSettings = {
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: clientId
  AzureWebJobsStorage__blobServiceUri: blobEndpoint
  AzureWebJobsStorage__tableServiceUri: tableEndpoint
  APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${clientId};Authorization=AAD'
}

@description('All settings of the product: those of parameters, and those that follow from the identity.')
var productSettings = union(settings, {
  GRAPH_AUTH: 'managed-identity'
  AZURE_CLIENT_ID: clientId
})

@description('Exactly the names of settings.json, of which one that has no value here stops the deployment, and the workspace of sign-ins where there is one.')
var appSettings = union(
  hostSettings,
  toObject(loadJsonContent('settings.json'), key => key, key => productSettings[key]),
  empty(signInWorkspaceId) ? {} : { SIGN_IN_WORKSPACE_ID: signInWorkspaceId }
)

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: 'plan-${name}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true, zoneRedundant: zoneRedundant }
}

resource site 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    // Publishing goes to the SCM site; the app itself is closed by the restrictions below.
    publicNetworkAccess: 'Enabled'
    virtualNetworkSubnetId: subnetResourceId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${blobEndpoint}${packageContainer}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identity.id
          }
        }
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
      }
      runtime: { name: 'node', version: '24' }
    }
    siteConfig: {
      minTlsVersion: minimumTlsVersion
      scmMinTlsVersion: minimumTlsVersion
      http20Enabled: true
      remoteDebuggingEnabled: false
      ipSecurityRestrictionsDefaultAction: 'Deny'
      ipSecurityRestrictions: [
        for (caller, i) in allowedCallers: {
          name: 'caller-${i}'
          action: 'Allow'
          ipAddress: caller
          priority: 100 + i
        }
      ]
      scmIpSecurityRestrictionsDefaultAction: empty(scmAllowedCallers) ? 'Allow' : 'Deny'
      scmIpSecurityRestrictions: [
        for (caller, i) in scmAllowedCallers: {
          name: 'publisher-${i}'
          action: 'Allow'
          ipAddress: caller
          priority: 100 + i
        }
      ]
      scmIpSecurityRestrictionsUseMain: false
      appSettings: map(items(appSettings), setting => { name: setting.key, value: setting.value })
    }
  }

  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: site
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceResourceId
    logs: [{ category: 'FunctionAppLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

@description('Name of the app.')
output name string = site.name
