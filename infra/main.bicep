targetScope = 'subscription'

metadata description = 'One mfa-gap-mailer: a function app that reads one tenant and mails the digest, with its identity, storage, logs and alarms, in a resource group of its own.'

// --- Where ---------------------------------------------------------------------------------------

@description('Name of the environment; names the resource group and, hashed, every resource.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('Region of every resource. It must offer Flex Consumption.')
@minLength(1)
@metadata({ azd: { type: 'location' } })
param location string = deployment().location

@description('Tags for every resource, beside azd-env-name.')
param tags { *: string } = {}

// --- When ----------------------------------------------------------------------------------------

@description('REPORT_SCHEDULE: when the digest is made, as an NCRONTAB expression of six fields, in UTC.')
@minLength(9)
param reportSchedule string = '0 0 6 * * *'

@description('INGEST_SCHEDULE: when sign-ins are read into the ledger between digests, as an NCRONTAB expression of six fields, in UTC.')
@minLength(9)
param ingestSchedule string = '0 20 1-21/4 * * *'

@description('REPORT_TIME_ZONE: IANA time zone in which the digest writes instants. The schedules stay in UTC.')
@minLength(1)
param reportTimeZone string = 'UTC'

@description('REPORT_LOCALE: language tag that decides how dates and numbers are written.')
@minLength(1)
param reportLocale string = 'en-GB'

@description('RUN_TIME_LIMIT_MINUTES: the deadline of a run, below the 30 minutes after which the host ends it.')
@minValue(1)
@maxValue(29)
param runTimeLimitMinutes int = 25

// --- The mail ------------------------------------------------------------------------------------

@description('EMAIL_FROM: mailbox that sends the digest. Nothing is sent while it is empty.')
param emailFrom string = ''

@description('EMAIL_TO: who receives the digest, separated by ; or ,. Nothing is sent while it is empty.')
param emailTo string = ''

@description('EMAIL_CC: who receives a copy, separated by ; or ,.')
param emailCc string = ''

@description('EMAIL_BCC: who receives a hidden copy, separated by ; or ,.')
param emailBcc string = ''

@description('EMAIL_SUBJECT: how the subject begins.')
param emailSubject string = ''

@description('EMAIL_BODY: the opening paragraph.')
param emailBody string = ''

@description('SEND_WHEN: mail when there are hits, when something changed, or always. A PARTIAL report is always mailed.')
@allowed(['hits', 'changes', 'always'])
param sendWhen string = 'hits'

@description('ATTACH_CSV: attach the CSV files.')
param attachCsv bool = true

@description('ATTACH_WORKBOOK: attach a workbook with everybody to be worked off, what changed, and what each column means.')
param attachWorkbook bool = true

@description('CSV_DELIMITER: what separates the cells of the CSV files; a semicolon for the Excel of most of Europe.')
@allowed(['comma', 'semicolon', 'tab'])
param csvDelimiter string = 'comma'

@description('INCLUDE_SIGN_IN_LOG: attach the raw sign-in rows, with IP addresses and locations.')
param includeSignInLog bool = false

@description('MAX_ROWS_IN_EMAIL: rows of each list in the mail; the rest is in the CSV files.')
@minValue(0)
@maxValue(500)
param maxRowsInEmail int = 10

@description('SAVE_TO_SENT_ITEMS: keep the digest in the Sent Items of the sender.')
param saveToSentItems bool = true

@description('REQUEST_DELIVERY_RECEIPT: ask for a delivery receipt.')
param requestDeliveryReceipt bool = false

@description('DEBUG_OUTPUT: log more, and mail even without hits.')
param debugOutput bool = false

// --- Whom to judge -------------------------------------------------------------------------------

@description('DAYS_TO_CHECK_LOGS: days of sign-ins to judge, and of inactivity after which a person is dormant.')
@minValue(1)
@maxValue(730)
param daysToCheckLogs int = 90

@description('ENFORCE_YEARS: applications to look at, by the year in which enforcement began.')
@allowed(['2024', '2025', '2024,2025'])
param enforceYears string = '2024,2025'

@description('INCLUDE_GUESTS: judge guests and external people too.')
param includeGuests bool = true

@description('EXCLUDED_USERS: user principal names or object ids of service objects that are out of scope, separated by ; or ,.')
param excludedUsers string = ''

@description('BREAK_GLASS_ACCOUNTS: user principal names or object ids of the emergency accounts, separated by ; or ,.')
param breakGlassAccounts string = ''

@description('NEW_ACCOUNT_GRACE_DAYS: days in which a new account may still lack its row in the registration report.')
@minValue(0)
@maxValue(30)
param newAccountGraceDays int = 2

@description('STOPPED_DAYS: days for which somebody who was refused at MFA, and did not get in since, counts as stopped.')
@minValue(1)
@maxValue(90)
param stoppedDays int = 14

@description('TELEPHONY_PROVIDER: says that the tenant sends SMS and voice calls through a provider of its own, so that Microsoft’s end of them stops nobody.')
param telephonyProvider bool = false

// --- Memory --------------------------------------------------------------------------------------

@description('STATE_LOCATION: blob keeps the ledger of sign-ins, what changed and the one-mail-a-day promise; none goes without, on purpose.')
@allowed(['blob', 'none'])
param stateLocation string = 'blob'

@description('STATE_CONTAINER: blob container of the memory; created here.')
@minLength(3)
@maxLength(63)
param stateContainer string = 'mfa-gap-mailer'

@description('LEDGER_OVERLAP_DAYS: whole days that are read again each day, for sign-ins that arrive late.')
@minValue(1)
@maxValue(7)
param ledgerOverlapDays int = 2

@description('LEDGER_RETENTION_DAYS: days of sign-ins that the ledger keeps; not below daysToCheckLogs. The storage account deletes what the product left behind after as many days.')
@minValue(1)
@maxValue(3650)
param ledgerRetentionDays int = 400

// --- Permissions ---------------------------------------------------------------------------------

@description('MAILBOX_SCOPING: false sends with the tenant-wide Mail.Send; true sends with an Exchange role for one mailbox, and Mail.Send is not granted.')
param mailboxScoping bool = false

@description('GRAPH_ENDPOINT: root of Microsoft Graph in your cloud.')
@allowed([
  'https://graph.microsoft.com'
  'https://graph.microsoft.us'
  'https://dod-graph.microsoft.us'
  'https://microsoftgraph.chinacloudapi.cn'
])
param graphEndpoint string = 'https://graph.microsoft.com'

@description('REPORT_REQUESTS_PER_10_SECONDS: the limit of Graph for its reporting endpoints; 0 does not pace.')
@minValue(0)
@maxValue(1000)
param reportRequestsPer10Seconds int = 5

@description('SIGN_IN_SOURCE: auto takes the workspace of sign-ins where one is named, and Graph for what it lacks; log-analytics never asks Graph for sign-ins.')
@allowed(['auto', 'graph', 'log-analytics'])
param signInSource string = 'auto'

@description('SIGN_IN_WORKSPACE_ENDPOINT: root of the query API of Log Analytics. Empty takes that of the cloud of graphEndpoint.')
param signInWorkspaceEndpoint string = ''

@description('Resource id of a Log Analytics workspace to which Entra exports sign-ins; the identity may then query the two tables of sign-ins there, and the app is told the workspace. Empty grants nothing.')
param signInWorkspaceResourceId string = ''

// --- Alarms --------------------------------------------------------------------------------------

@description('Deploy the alarms. They need at least one address in alertEmails.')
param alertsEnabled bool = true

@description('Mail addresses that the alarms go to. Choose people other than the readers of the digest alone: an alarm says that no digest came.')
param alertEmails string[] = []

@description('ALERT_ON_MISSING_DIGEST: alarm when no digest was sent in 26 hours. For a schedule that runs at least daily; turn it off for a slower one.')
param alertOnMissingDigest bool = true

@description('Cost of the resource group in a month, in the currency of the bill, above which the addresses in alertEmails are told, or its owners where there are none. 0 makes no budget.')
@minValue(0)
@maxValue(1000000)
param budgetAmount int = 0

@description('First day of the month in which the budget begins, as YYYY-MM-01; Azure does not change it later. Empty takes this month.')
@maxLength(10)
param budgetStart string = ''

@description('The first of this month, for a budget that begins now.')
param thisMonth string = utcNow('yyyy-MM-01')

// --- Size and logs -------------------------------------------------------------------------------

@description('Memory of an instance in MB; 2048 for tenants of more than about 50,000 people.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 512

@description('Most instances that the app may grow to; the timers never use more than one each.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Days that the logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 90

@description('Most GB of logs a day; above it no log arrives until the next day, and the alarm on a missing digest speaks.')
@minValue(1)
@maxValue(100)
param logDailyQuotaGb int = 1

@description('Days that the records of who read and wrote blobs and tables, and who queried the logs, are kept: 0 keeps them as long as the other logs, else a number that Azure offers, not below logRetentionDays.')
@allowed([0, 30, 60, 90, 120, 180, 270, 365, 550, 730, 1095, 1460, 1826, 2191, 2556, 2922, 3288, 3653, 4018, 4383])
param auditRetentionDays int = 0

@description('Record who queries the logs, in the table LAQueryLogs.')
param queryLogEnabled bool = false

@description('Redundancy of the storage account. Zone redundancy is not offered in every region.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageSku string = 'Standard_LRS'

@description('Spread the app and its storage account over availability zones. Azure then keeps two instances ready for each function, which costs. Not offered in every region.')
param zoneRedundant bool = false

@description('Lock the storage account against deletion. Removing the deployment then begins with removing the lock.')
param lockEnabled bool = false

// --- Network -------------------------------------------------------------------------------------

@description('Addresses in CIDR notation that may call the on-demand trigger. Empty keeps the app closed to inbound traffic.')
param allowedCallers string[] = []

@description('Addresses in CIDR notation from which the app may be published. Empty opens publishing to every address; an Entra token is asked for all the same.')
param scmAllowedCallers string[] = []

@description('Oldest version of TLS that the app and its publishing site speak. The storage account stays at 1.2, the newest that it can insist on.')
@allowed(['1.2', '1.3'])
param minimumTlsVersion string = '1.2'

@description('Reach the storage account through private endpoints in a virtual network, and close its public endpoint.')
param vnetEnabled bool = false

@description('Address space of the virtual network that is made here; its first two /27 are used.')
@minLength(9)
@maxLength(18)
param vnetAddressPrefix string = '10.90.0.0/24'

@description('Leave that virtual network through a NAT gateway with one fixed address, instead of the default outbound access of Azure.')
param natGatewayEnabled bool = false

@description('Addresses in CIDR notation that may reach the private endpoints in that virtual network, beside the app: of a peered network, or of a subnet that you add to it.')
param storageCallers string[] = []

@description('Who passes the firewall of the public endpoint of the storage account, although it is closed: public addresses, resource ids of subnets with the service endpoint of storage, and resource ids of Azure resources.')
param storagePublicCallers string[] = []

@description('Resource id of a subnet of yours for the app, delegated to Microsoft.App/environments. With it no virtual network is made.')
param appSubnetId string = ''

@description('Resource id of a subnet of yours for the private endpoints.')
param endpointSubnetId string = ''

@description('Resource ids of private DNS zones of yours, one privatelink.blob and one privatelink.table, linked to where the app looks names up. With them no zone is made.')
param privateDnsZoneIds string[] = []

@description('A policy of yours gives the private endpoints their names, so neither zones nor records are made here.')
param privateDnsByPolicy bool = false

// -------------------------------------------------------------------------------------------------

@description('Thirteen characters that tell this environment from every other.')
var token = uniqueString(subscription().id, environmentName, location)

@description('Names are settled before anything is made, so that a what-if can follow them.')
var names = {
  group: 'rg-${environmentName}'
  identity: 'id-${token}'
  storageAccount: 'st${token}'
  workspace: 'log-${token}'
  component: 'appi-${token}'
  functionApp: 'func-${token}'
  network: 'vnet-${token}'
}

@description('azd finds its resources by azd-env-name.')
var allTags = union(tags, { 'azd-env-name': environmentName })

@description('The settings of the product that parameters decide; the identity decides the others. A boolean is lower case here: string(true) is True.')
var settings = {
  GRAPH_ENDPOINT: graphEndpoint
  SIGN_IN_SOURCE: signInSource
  SIGN_IN_WORKSPACE_ENDPOINT: signInWorkspaceEndpoint
  REPORT_SCHEDULE: reportSchedule
  INGEST_SCHEDULE: ingestSchedule
  REPORT_TIME_ZONE: reportTimeZone
  REPORT_LOCALE: reportLocale
  DAYS_TO_CHECK_LOGS: string(daysToCheckLogs)
  ENFORCE_YEARS: enforceYears
  EMAIL_FROM: emailFrom
  EMAIL_TO: emailTo
  EMAIL_CC: emailCc
  EMAIL_BCC: emailBcc
  EMAIL_SUBJECT: emailSubject
  EMAIL_BODY: emailBody
  ATTACH_CSV: toLower(string(attachCsv))
  ATTACH_WORKBOOK: toLower(string(attachWorkbook))
  CSV_DELIMITER: csvDelimiter
  SEND_WHEN: sendWhen
  DEBUG_OUTPUT: toLower(string(debugOutput))
  SAVE_TO_SENT_ITEMS: toLower(string(saveToSentItems))
  REQUEST_DELIVERY_RECEIPT: toLower(string(requestDeliveryReceipt))
  INCLUDE_GUESTS: toLower(string(includeGuests))
  EXCLUDED_USERS: excludedUsers
  BREAK_GLASS_ACCOUNTS: breakGlassAccounts
  NEW_ACCOUNT_GRACE_DAYS: string(newAccountGraceDays)
  STOPPED_DAYS: string(stoppedDays)
  TELEPHONY_PROVIDER: toLower(string(telephonyProvider))
  INCLUDE_SIGN_IN_LOG: toLower(string(includeSignInLog))
  MAX_ROWS_IN_EMAIL: string(maxRowsInEmail)
  REPORT_REQUESTS_PER_10_SECONDS: string(reportRequestsPer10Seconds)
  RUN_TIME_LIMIT_MINUTES: string(runTimeLimitMinutes)
  STATE_LOCATION: stateLocation
  STATE_CONTAINER: stateContainer
  LEDGER_OVERLAP_DAYS: string(ledgerOverlapDays)
  LEDGER_RETENTION_DAYS: ledgerRetentionDays < daysToCheckLogs
    ? fail('ledgerRetentionDays (LEDGER_RETENTION_DAYS) must not be below daysToCheckLogs (DAYS_TO_CHECK_LOGS).')
    : string(ledgerRetentionDays)
  ALERT_ON_MISSING_DIGEST: toLower(string(alertsEnabled && alertOnMissingDigest))
  MAILBOX_SCOPING: toLower(string(mailboxScoping))
}

@description('Lists from the environment, of which an absent one is a list of one empty text.')
var lists = {
  alertEmails: filter(alertEmails, value => !empty(value))
  allowedCallers: filter(allowedCallers, value => !empty(value))
  scmAllowedCallers: filter(scmAllowedCallers, value => !empty(value))
  storageCallers: filter(storageCallers, value => !empty(value))
  storagePublicCallers: filter(storagePublicCallers, value => !empty(value))
  privateDnsZoneIds: filter(privateDnsZoneIds, value => !empty(value))
}

@description('Whether the network is that of somebody else: then nothing of it is made here.')
var bringsNetwork = !empty(appSubnetId) || !empty(endpointSubnetId)

@description('The zones that were brought, in the order of the services.')
var broughtZones = map(
  ['blob', 'table'],
  service => first(filter(lists.privateDnsZoneIds, id => contains(id, '/privatelink.${service}.')))
)

@description('A choice of network that cannot be, or would have no effect; empty where all is well.')
var networkFault = empty(appSubnetId) != empty(endpointSubnetId)
  ? 'Set both appSubnetId (APP_SUBNET_ID) and endpointSubnetId (ENDPOINT_SUBNET_ID), or neither.'
  : !vnetEnabled && (bringsNetwork || privateDnsByPolicy || !empty(concat(
        lists.privateDnsZoneIds,
        lists.storageCallers,
        lists.storagePublicCallers
      )))
      ? 'Subnets, DNS zones and callers of storage need vnetEnabled (VNET_ENABLED) to be true.'
      : bringsNetwork && (natGatewayEnabled || !empty(lists.storageCallers))
          ? 'natGatewayEnabled (NAT_GATEWAY_ENABLED) and storageCallers (STORAGE_CALLERS) are for a network that is made here; in yours, you decide on both.'
          : privateDnsByPolicy && !empty(lists.privateDnsZoneIds)
              ? 'Set privateDnsZoneIds (PRIVATE_DNS_ZONE_IDS) or privateDnsByPolicy (PRIVATE_DNS_BY_POLICY), not both.'
              : !empty(lists.privateDnsZoneIds) && contains(broughtZones, null)
                  ? 'privateDnsZoneIds (PRIVATE_DNS_ZONE_IDS) must hold a zone privatelink.blob and a zone privatelink.table.'
                  : bringsNetwork && !privateDnsByPolicy && empty(lists.privateDnsZoneIds)
                      ? 'With subnets of yours, set privateDnsZoneIds (PRIVATE_DNS_ZONE_IDS), or privateDnsByPolicy (PRIVATE_DNS_BY_POLICY) to true.'
                      : ''

@description('The parts of the sign-in workspace id; without one, of an id that nothing is deployed to.')
var signInWorkspace = split(
  empty(signInWorkspaceResourceId)
    ? '/subscriptions/${subscription().subscriptionId}/resourceGroups/${names.group}/providers/Microsoft.OperationalInsights/workspaces/none'
    : signInWorkspaceResourceId,
  '/'
)

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: names.group
  location: location
  tags: allTags
}

module identity 'identity.bicep' = {
  scope: group
  params: { name: names.identity, location: location, tags: allTags }
}

module monitoring 'monitoring.bicep' = {
  scope: group
  params: {
    workspaceName: names.workspace
    componentName: names.component
    location: location
    tags: allTags
    retentionDays: logRetentionDays
    dailyQuotaGb: logDailyQuotaGb
    auditRetentionDays: auditRetentionDays != 0 && auditRetentionDays < logRetentionDays
      ? fail('auditRetentionDays (AUDIT_RETENTION_DAYS) must not be below logRetentionDays (LOG_RETENTION_DAYS).')
      : auditRetentionDays
    queryLogEnabled: queryLogEnabled
  }
}

module storage 'storage.bicep' = {
  scope: group
  params: {
    name: names.storageAccount
    location: location
    tags: allTags
    // An app that is spread over zones needs its package there too.
    sku: zoneRedundant ? replace(replace(storageSku, '_LRS', '_ZRS'), '_GRS', '_GZRS') : storageSku
    stateContainer: stateContainer
    stateRetentionDays: ledgerRetentionDays
    isPublic: empty(networkFault) ? !vnetEnabled : fail(networkFault)
    publicCallers: lists.storagePublicCallers
    isLocked: lockEnabled
    workspaceResourceId: monitoring.outputs.workspaceResourceId
  }
}

module network 'network.bicep' = if (vnetEnabled && !bringsNetwork) {
  scope: group
  params: {
    name: names.network
    location: location
    tags: allTags
    addressPrefix: vnetAddressPrefix
    natGatewayEnabled: natGatewayEnabled
    storageCallers: lists.storageCallers
  }
}

module privateEndpoints 'private-endpoints.bicep' = if (vnetEnabled) {
  scope: group
  params: {
    location: location
    tags: allTags
    storageAccountName: names.storageAccount
    subnetResourceId: network.?outputs.endpointSubnetResourceId ?? endpointSubnetId
    networkName: names.network
    networkResourceId: network.?outputs.resourceId ?? ''
    broughtZoneIds: empty(lists.privateDnsZoneIds) ? [] : map(broughtZones, id => id ?? '')
    byPolicy: privateDnsByPolicy
  }
  dependsOn: [storage]
}

module roles 'roles.bicep' = {
  scope: group
  params: {
    #disable-next-line what-if-short-circuiting // A what-if cannot foresee the three names; rotating the identity has to work.
    principalId: identity.outputs.principalId
    storageAccountName: names.storageAccount
    componentName: names.component
  }
  dependsOn: [storage, monitoring]
}

module signInReader 'sign-in-workspace.bicep' = if (!empty(signInWorkspaceResourceId)) {
  scope: resourceGroup(signInWorkspace[2], signInWorkspace[4])
  params: {
    workspaceName: signInWorkspace[8]
    #disable-next-line what-if-short-circuiting // As for the other roles.
    principalId: identity.outputs.principalId
  }
}

module functionApp 'function-app.bicep' = {
  scope: group
  params: {
    name: names.functionApp
    location: location
    tags: union(allTags, { 'azd-service-name': 'digest' })
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    identityName: names.identity
    clientId: identity.outputs.clientId
    blobEndpoint: storage.outputs.blobEndpoint
    tableEndpoint: storage.outputs.tableEndpoint
    packageContainer: storage.outputs.packageContainer
    connectionString: monitoring.outputs.connectionString
    workspaceResourceId: monitoring.outputs.workspaceResourceId
    settings: settings
    signInWorkspaceId: signInReader.?outputs.workspaceId ?? ''
    zoneRedundant: zoneRedundant
    minimumTlsVersion: minimumTlsVersion
    allowedCallers: lists.allowedCallers
    scmAllowedCallers: lists.scmAllowedCallers
    subnetResourceId: vnetEnabled ? network.?outputs.appSubnetResourceId ?? appSubnetId : null
  }
  // The first start of the host needs its rights on the storage account and a way to it. The role on the workspace of
  // sign-ins comes before it too, because its GUID is taken from there.
  dependsOn: [roles, privateEndpoints]
}

module alerts 'alerts.bicep' = if (alertsEnabled) {
  scope: group
  params: {
    functionAppName: names.functionApp
    workspaceName: names.workspace
    location: location
    tags: allTags
    emails: alertsEnabled && empty(lists.alertEmails)
      ? fail('Set alertEmails (ALERT_EMAILS) to at least one address, or alertsEnabled (ALERTS_ENABLED) to false.')
      : lists.alertEmails
    alertOnMissingDigest: alertOnMissingDigest
  }
  dependsOn: [monitoring]
}

module budget 'budget.bicep' = if (budgetAmount > 0) {
  scope: group
  params: {
    name: 'budget-${token}'
    amount: budgetAmount
    startDate: empty(budgetStart) ? thisMonth : budgetStart
    emails: lists.alertEmails
  }
}

@description('Region, as azd remembers it.')
output AZURE_LOCATION string = location

@description('Tenant of the subscription, in which the Graph roles are granted.')
output AZURE_TENANT_ID string = subscription().tenantId

@description('Resource group of everything.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Function app.')
output AZURE_FUNCTION_NAME string = functionApp.outputs.name

@description('Storage account of the host and of the memory.')
output STORAGE_ACCOUNT_NAME string = storage.outputs.name

@description('Log Analytics workspace of the logs.')
output LOG_ANALYTICS_WORKSPACE_NAME string = monitoring.outputs.workspaceName

@description('Client id of the identity, which Exchange asks for.')
output IDENTITY_CLIENT_ID string = identity.outputs.clientId

@description('Object id of the identity, to which the Graph roles are granted.')
output IDENTITY_PRINCIPAL_ID string = identity.outputs.principalId
