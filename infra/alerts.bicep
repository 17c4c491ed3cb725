metadata description = 'The alarms: log queries over what the product and its host write, and the people who hear of it.'

@description('Function app that is watched.')
param functionAppName string

@description('Workspace that holds its logs.')
param workspaceName string

@description('Region.')
param location string

@description('Tags.')
param tags { *: string }

@description('Who is told.')
@minLength(1)
param emails string[]

@description('Whether a digest that did not come in 26 hours is an alarm.')
param alertOnMissingDigest bool

@description('Each query counts, so that it gives its one row on empty tables too. Windows are twice the frequency, for rows that come late; an alarm that has spoken keeps silent for longer than that. A day of silence would hide a failed digest behind a failed reading.')
var rules = [
  {
    name: 'run-failed'
    enabled: true
    title: 'MFA digest: a run failed'
    description: 'A run of the digest or of the ledger failed. Runbook: docs/operate.md#run-failed'
    query: loadTextContent('alerts/run-failed.kql')
    severity: 1
    every: 'PT1H'
    window: 'PT2H'
    mute: 'PT6H'
  }
  {
    name: 'no-digest'
    enabled: alertOnMissingDigest
    title: 'MFA digest: none in 26 hours'
    description: 'No digest was sent in 26 hours, and none was knowingly not needed. Runbook: docs/operate.md#no-digest'
    query: loadTextContent('alerts/no-digest.kql')
    severity: 1
    every: 'PT1H'
    window: 'P2D'
    mute: 'P1D'
  }
  {
    name: 'report-partial'
    enabled: true
    title: 'MFA digest: PARTIAL'
    description: 'A source could not be read in full, so the digest is PARTIAL. Runbook: docs/operate.md#report-partial'
    query: loadTextContent('alerts/report-partial.kql')
    severity: 2
    every: 'PT1H'
    window: 'PT2H'
    mute: 'PT6H'
  }
  {
    name: 'memory-lost'
    enabled: true
    title: 'MFA digest: memory lost'
    description: 'A run had no memory, or could not read a part of it. Runbook: docs/operate.md#memory-lost'
    query: loadTextContent('alerts/memory-lost.kql')
    severity: 2
    every: 'PT1H'
    window: 'PT2H'
    mute: 'PT6H'
  }
  {
    name: 'app-not-started'
    enabled: true
    title: 'MFA digest: the app did not start'
    description: 'The host of the function app could not load the functions. Runbook: docs/operate.md#app-not-started'
    query: loadTextContent('alerts/app-not-started.kql')
    severity: 1
    every: 'PT1H'
    window: 'PT2H'
    mute: 'PT6H'
  }
  {
    name: 'emergency-account-used'
    enabled: true
    title: 'MFA digest: an emergency account was used'
    description: 'An emergency account signed in, or its methods were changed. Runbook: docs/operate.md#emergency-account-used'
    query: loadTextContent('alerts/emergency-account-used.kql')
    severity: 1
    every: 'PT5M'
    window: 'PT15M'
    mute: 'PT1H'
  }
]

@description('Uses of the identity that nobody ordered would begin with one of these: code is published, settings are changed, a key is listed, a role is assigned, an alarm or a lock is taken away.')
var watchedOperations = [
  'Microsoft.Web/sites/write'
  'Microsoft.Web/sites/delete'
  'Microsoft.Web/sites/config/write'
  'Microsoft.Web/sites/extensions/write'
  'Microsoft.Web/sites/publishxml/action'
  'Microsoft.Web/sites/host/listkeys/action'
  'Microsoft.Web/sites/functions/listkeys/action'
  'Microsoft.Authorization/roleAssignments/write'
  'Microsoft.Authorization/locks/delete'
  'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action'
  'Microsoft.Insights/scheduledQueryRules/delete'
  'Microsoft.Insights/activityLogAlerts/delete'
  'Microsoft.Insights/actionGroups/delete'
]

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

resource operators 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${functionAppName}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'mfa-digest'
    emailReceivers: [
      for (email, i) in emails: {
        name: 'operator-${i}'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource alarms 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
  for rule in rules: {
    name: '${functionAppName}-${rule.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.title
      description: rule.description
      enabled: rule.enabled
      severity: rule.severity
      scopes: [workspace.id]
      evaluationFrequency: rule.every
      windowSize: rule.window
      // The tables of Application Insights come into being with their first row.
      skipQueryValidation: true
      checkWorkspaceAlertsStorageConfigured: false
      criteria: {
        allOf: [
          {
            query: replace(rule.query, 'FUNCTION_APP_NAME', functionAppName)
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      autoMitigate: false
      muteActionsDuration: rule.mute
      actions: { actionGroups: [operators.id] }
    }
  }
]

resource administration 'Microsoft.Insights/activityLogAlerts@2020-10-01' = {
  name: '${functionAppName}-administration'
  location: 'global'
  tags: tags
  properties: {
    description: 'Code was published, settings were changed, a key was listed, a role was assigned, or an alarm or a lock was taken away. Runbook: docs/operate.md#administration'
    enabled: true
    scopes: [resourceGroup().id]
    condition: {
      allOf: [
        { field: 'category', equals: 'Administrative' }
        { field: 'status', equals: 'Succeeded' }
        {
          anyOf: [
            for operation in watchedOperations: { field: 'operationName', equals: operation }
          ]
        }
      ]
    }
    actions: { actionGroups: [{ actionGroupId: operators.id }] }
  }
}
