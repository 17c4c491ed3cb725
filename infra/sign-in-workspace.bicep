metadata description = 'Lets the identity query a workspace to which Entra exports sign-ins. Optional; the workspace may be in another subscription of the tenant.'

@description('Name of the workspace.')
param workspaceName string

@description('Object id of the identity.')
param principalId string

@description('Built-in role Log Analytics Data Reader: queries, and nothing else.')
var logAnalyticsDataReader = '3b03c2da-16b3-4a49-8834-0f8130efdd3b'

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

resource reader 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: workspace
  name: guid(workspace.id, principalId, logAnalyticsDataReader)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', logAnalyticsDataReader)
  }
}
