using 'main.bicep'

param principalId = readEnvironmentVariable('IDENTITY_PRINCIPAL_ID', '00000000-0000-0000-0000-000000000000')
param mailboxScoping = bool(readEnvironmentVariable('MAILBOX_SCOPING', 'false'))
