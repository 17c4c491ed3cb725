extension microsoftGraphV1

metadata description = 'Grants the identity its Graph application roles. It stands apart because compiling it needs the registry of the Graph extension, and deploying it a right that the person who deploys Azure resources often lacks; scripts/grant-graph-roles.sh does the same without either.'

@description('Object id of the identity: the output IDENTITY_PRINCIPAL_ID of the deployment.')
@minLength(36)
@maxLength(36)
param principalId string

@description('MAILBOX_SCOPING: true leaves out Mail.Send, because Exchange grants sending for one mailbox.')
param mailboxScoping bool = false

@description('Application roles that only read. The ids are the same in every tenant.')
var readRoleIds = [
  'b0afded3-3588-46d8-8b3d-9842eff778da' // AuditLog.Read.All
  '7ab1d382-f21e-4acd-a863-ba3e13f7da61' // Directory.Read.All
  '38d9df27-64da-44fd-b7c5-a6fbac20248f' // UserAuthenticationMethod.Read.All
]

@description('Application role Mail.Send: sends from any mailbox of the tenant.')
var mailSendRoleId = 'b633e1c5-b582-4048-a93e-9f11b44c7e96'

resource graph 'Microsoft.Graph/servicePrincipals@v1.0' existing = {
  appId: '00000003-0000-0000-c000-000000000000'
}

resource grants 'Microsoft.Graph/appRoleAssignedTo@v1.0' = [
  for roleId in (mailboxScoping ? readRoleIds : concat(readRoleIds, [mailSendRoleId])): {
    appRoleId: roleId
    principalId: principalId
    resourceId: graph.id
  }
]
