# azd runs this on Windows after it has made the resources and before it publishes the app: the Graph roles should be
# there before the identity asks for its first token, because a token without them is kept for up to a day.
# postprovision.sh does and says the same elsewhere; test/infra/ holds both to one table of cases.
#Requires -Version 7.2

Write-Output 'Granting the Graph roles of the identity.'
& "$PSScriptRoot/grant-graph-roles.ps1" -Through az
$status = $LASTEXITCODE

# Whoever deploys often may not grant roles. The deployment goes on; until they are granted each run fails and says so.
if ($status -eq 3) { Write-Output 'The deployment goes on without them.' }
elseif ($status -ne 0) { exit $status }

if ("$env:MAILBOX_SCOPING" -eq 'true') {
    $mailbox = if ($env:EMAIL_FROM) { $env:EMAIL_FROM } else { 'SENDER' }
    $clientId = if ($env:IDENTITY_CLIENT_ID) { $env:IDENTITY_CLIENT_ID } else { 'CLIENT_ID' }
    $command = "infra/scripts/scope-mailbox.ps1 -ClientId $clientId -PrincipalId $env:IDENTITY_PRINCIPAL_ID -Mailbox '$($mailbox -replace "'", "''")'"
    if ($env:AZURE_TENANT_ID) { $command += " -TenantId $env:AZURE_TENANT_ID" }
    $clouds = Import-PowerShellDataFile "$PSScriptRoot/clouds.psd1"
    foreach ($cloud in $clouds.Keys | Where-Object { $_ -ne 'Global' }) {
        if ("$env:GRAPH_ENDPOINT" -replace '/$' -ceq $clouds[$cloud].Graph) { $command += " -Environment $cloud" }
    }
    Write-Output @"

MAILBOX_SCOPING is true, so an Exchange administrator allows sending for one mailbox, in PowerShell 7:

  $command
"@
    if (-not $env:EMAIL_FROM) { Write-Output 'EMAIL_FROM is not set yet: put the mailbox that will send in the place of SENDER.' }
    if (-not $env:IDENTITY_CLIENT_ID) { Write-Output 'Put the client id of the identity in the place of CLIENT_ID.' }
}
exit 0
