metadata description = 'Lets the identity query sign-ins in a workspace to which Entra exports them, and nothing else there. Optional; the workspace may be in another subscription of the tenant.'

@description('Name of the workspace.')
param workspaceName string

@description('Object id of the identity.')
param principalId string

@description('Built-in role Log Analytics Data Reader: queries, and nothing else.')
var logAnalyticsDataReader = '3b03c2da-16b3-4a49-8834-0f8130efdd3b'

@description('Both kinds of sign-ins, and what the function _LogOperation reads: whether the workspace dropped rows.')
var tables = ['SigninLogs', 'AADNonInteractiveUserSignInLogs', 'Operation']

@description('The role reads every table without it. https://learn.microsoft.com/azure/azure-monitor/logs/granular-rbac-log-analytics')
var ofTheseTables = join(
  map(tables, table => '@Resource[Microsoft.OperationalInsights/workspaces/tables:name] StringEquals \'${table}\''),
  ' OR '
)

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
    condition: '((!(ActionMatches{\'Microsoft.OperationalInsights/workspaces/tables/data/read\'})) OR (${ofTheseTables}))'
    conditionVersion: '2.0'
  }
}

@description('GUID of the workspace, by which it is queried. Whoever takes it waits for the role.')
output workspaceId string = workspace.properties.customerId
