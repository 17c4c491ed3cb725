# azd runs this on Windows after it has made the resources and before it publishes the app: the Graph roles should be
# there before the identity asks for its first token, because a token without them is kept for up to a day.
$scoping = if ("$env:MAILBOX_SCOPING" -eq 'true') { 'true' } else { 'false' }
$handOver = "infra/scripts/grant-graph-roles.ps1 -PrincipalId $env:IDENTITY_PRINCIPAL_ID -MailboxScoping $scoping"

try {
    if (-not (Get-Module -ListAvailable Microsoft.Graph.Authentication)) {
        throw 'the module Microsoft.Graph.Authentication is not installed.'
    }
    & "$PSScriptRoot/grant-graph-roles.ps1" -PrincipalId $env:IDENTITY_PRINCIPAL_ID -MailboxScoping $scoping
}
catch {
    # Whoever deploys often may not grant roles. The deployment goes on; until they are granted each run fails and says so.
    Write-Output ''
    Write-Output "The Graph roles were not all granted: $_"
    Write-Output "Who may grant them: a Privileged Role Administrator or a Global Administrator of the tenant $env:AZURE_TENANT_ID."
    Write-Output 'Hand over this command; it needs this repository and PowerShell:'
    Write-Output ''
    Write-Output "  $handOver"
    Write-Output ''
    Write-Output 'The deployment goes on without them.'
}

if ($scoping -eq 'true') {
    Write-Output ''
    Write-Output 'MAILBOX_SCOPING is true, so an Exchange administrator allows sending for one mailbox:'
    Write-Output ''
    Write-Output "  infra/scripts/scope-mailbox.ps1 -ClientId $env:IDENTITY_CLIENT_ID -PrincipalId $env:IDENTITY_PRINCIPAL_ID -Mailbox $env:EMAIL_FROM"
}
exit 0
