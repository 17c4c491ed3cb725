using 'main.bicep'

// Every value comes from an environment variable: azd sets those of `azd env set NAME VALUE`, a shell its own.
// An empty address is one that comes later; the product then says what is missing instead of mailing.
// The region is that of the deployment: AZURE_LOCATION with azd, --location with az.

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'mfa-gap-mailer')
param tags = json(readEnvironmentVariable('RESOURCE_TAGS', '{}'))

param reportSchedule = readEnvironmentVariable('REPORT_SCHEDULE', '0 0 6 * * *')
param ingestSchedule = readEnvironmentVariable('INGEST_SCHEDULE', '0 20 1-21/4 * * *')
param reportTimeZone = readEnvironmentVariable('REPORT_TIME_ZONE', 'UTC')
param reportLocale = readEnvironmentVariable('REPORT_LOCALE', 'en-GB')
param runTimeLimitMinutes = int(readEnvironmentVariable('RUN_TIME_LIMIT_MINUTES', '25'))

param emailFrom = readEnvironmentVariable('EMAIL_FROM', '')
param emailTo = readEnvironmentVariable('EMAIL_TO', '')
param emailCc = readEnvironmentVariable('EMAIL_CC', '')
param emailBcc = readEnvironmentVariable('EMAIL_BCC', '')
param emailSubject = readEnvironmentVariable('EMAIL_SUBJECT', '')
param emailBody = readEnvironmentVariable('EMAIL_BODY', '')
param sendWhen = readEnvironmentVariable('SEND_WHEN', 'hits')
param attachCsv = bool(readEnvironmentVariable('ATTACH_CSV', 'true'))
param attachWorkbook = bool(readEnvironmentVariable('ATTACH_WORKBOOK', 'true'))
param csvDelimiter = readEnvironmentVariable('CSV_DELIMITER', 'comma')
param includeSignInLog = bool(readEnvironmentVariable('INCLUDE_SIGN_IN_LOG', 'false'))
param maxRowsInEmail = int(readEnvironmentVariable('MAX_ROWS_IN_EMAIL', '10'))
param saveToSentItems = bool(readEnvironmentVariable('SAVE_TO_SENT_ITEMS', 'true'))
param requestDeliveryReceipt = bool(readEnvironmentVariable('REQUEST_DELIVERY_RECEIPT', 'false'))
param debugOutput = bool(readEnvironmentVariable('DEBUG_OUTPUT', 'false'))

param daysToCheckLogs = int(readEnvironmentVariable('DAYS_TO_CHECK_LOGS', '90'))
param enforceYears = readEnvironmentVariable('ENFORCE_YEARS', '2024,2025')
param includeGuests = bool(readEnvironmentVariable('INCLUDE_GUESTS', 'true'))
param excludedUsers = readEnvironmentVariable('EXCLUDED_USERS', '')
param breakGlassAccounts = readEnvironmentVariable('BREAK_GLASS_ACCOUNTS', '')
param newAccountGraceDays = int(readEnvironmentVariable('NEW_ACCOUNT_GRACE_DAYS', '2'))
param stoppedDays = int(readEnvironmentVariable('STOPPED_DAYS', '14'))
param telephonyProvider = bool(readEnvironmentVariable('TELEPHONY_PROVIDER', 'false'))

param stateLocation = readEnvironmentVariable('STATE_LOCATION', 'blob')
param stateContainer = readEnvironmentVariable('STATE_CONTAINER', 'mfa-gap-mailer')
param ledgerOverlapDays = int(readEnvironmentVariable('LEDGER_OVERLAP_DAYS', '2'))
param ledgerRetentionDays = int(readEnvironmentVariable('LEDGER_RETENTION_DAYS', '400'))

param mailboxScoping = bool(readEnvironmentVariable('MAILBOX_SCOPING', 'false'))
param graphEndpoint = readEnvironmentVariable('GRAPH_ENDPOINT', 'https://graph.microsoft.com')
param reportRequestsPer10Seconds = int(readEnvironmentVariable('REPORT_REQUESTS_PER_10_SECONDS', '5'))
param signInWorkspaceResourceId = readEnvironmentVariable('SIGN_IN_WORKSPACE_RESOURCE_ID', '')

param alertsEnabled = bool(readEnvironmentVariable('ALERTS_ENABLED', 'true'))
param alertEmails = split(replace(readEnvironmentVariable('ALERT_EMAILS', ''), ' ', ''), [',', ';'])
param alertOnMissingDigest = bool(readEnvironmentVariable('ALERT_ON_MISSING_DIGEST', 'true'))

param instanceMemoryMB = json(readEnvironmentVariable('INSTANCE_MEMORY_MB', '512'))
param maximumInstanceCount = int(readEnvironmentVariable('MAXIMUM_INSTANCE_COUNT', '40'))
param logRetentionDays = int(readEnvironmentVariable('LOG_RETENTION_DAYS', '90'))
param logDailyQuotaGb = int(readEnvironmentVariable('LOG_DAILY_QUOTA_GB', '1'))
param storageSku = readEnvironmentVariable('STORAGE_SKU', 'Standard_LRS')

param allowedCallers = split(replace(readEnvironmentVariable('ALLOWED_CALLERS', ''), ' ', ''), [',', ';'])
param vnetEnabled = bool(readEnvironmentVariable('VNET_ENABLED', 'false'))
param vnetAddressPrefix = readEnvironmentVariable('VNET_ADDRESS_PREFIX', '10.90.0.0/24')
param natGatewayEnabled = bool(readEnvironmentVariable('NAT_GATEWAY_ENABLED', 'false'))
