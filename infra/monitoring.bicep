metadata description = 'Where the logs go: a workspace, and the Application Insights component that writes into it. Both take Entra tokens only.'

@description('Name of the workspace.')
param workspaceName string

@description('Name of the Application Insights component.')
param componentName string

@description('Region.')
param location string

@description('Tags.')
param tags { *: string }

@description('Days that the logs are kept.')
param retentionDays int

@description('Most GB of logs a day.')
param dailyQuotaGb int

@description('Days that the records of access are kept; 0 keeps them as long as the other logs.')
param auditRetentionDays int

@description('Whether queries of the logs are recorded.')
param queryLogEnabled bool

@description('Tables that say who read and wrote.')
var auditTables = ['StorageBlobLogs', 'StorageTableLogs', 'LAQueryLogs']

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    features: {
      disableLocalAuth: true
      enableLogAccessUsingOnlyResourcePermissions: true
    }
    workspaceCapping: { dailyQuotaGb: dailyQuotaGb }
  }
}

// What is older than the other logs lies in the long-term store, from which a search job gets it.
resource audit 'Microsoft.OperationalInsights/workspaces/tables@2025-07-01' = [
  for table in (auditRetentionDays > 0 ? auditTables : []): {
    parent: workspace
    name: table
    properties: {
      plan: 'Analytics'
      retentionInDays: retentionDays
      totalRetentionInDays: auditRetentionDays
    }
  }
]

resource queries 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (queryLogEnabled) {
  scope: workspace
  name: 'to-itself'
  properties: {
    workspaceId: workspace.id
    logs: [{ category: 'Audit', enabled: true }]
  }
}

resource component 'Microsoft.Insights/components@2020-02-02' = {
  name: componentName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    IngestionMode: 'LogAnalytics'
    DisableLocalAuth: true
    DisableIpMasking: false
  }
}

@description('Resource id of the workspace.')
output workspaceResourceId string = workspace.id

@description('Name of the workspace.')
output workspaceName string = workspace.name

@description('Where telemetry is sent. It is no secret: ingestion needs an Entra token.')
output connectionString string = component.properties.ConnectionString
