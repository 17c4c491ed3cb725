metadata description = 'The identity of the function app. It is made first, so that it has its roles before the app asks for a token.'

@description('Name of the identity.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags { *: string }

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

@description('Object id of its service principal.')
output principalId string = identity.properties.principalId

@description('Application id of its service principal.')
output clientId string = identity.properties.clientId
