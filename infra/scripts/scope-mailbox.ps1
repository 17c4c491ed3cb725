<#
.SYNOPSIS
Allows the identity of the function app to send from one mailbox, with RBAC for Applications in Exchange Online.

.DESCRIPTION
Creates the service principal in Exchange, a management scope that holds one mailbox, and the assignment of the
role "Application Mail.Send" in that scope; then tests that the sender is in scope and another mailbox is not. Run
it as often as you like: it looks first and makes what is missing.

Grants add up: while the identity has the tenant-wide Mail.Send in Entra, a scope restricts nothing. The script
refuses to go on until that is taken away.

It needs the modules ExchangeOnlineManagement and Microsoft.Graph.Authentication, the Exchange role Organization
Management, and a reader of applications in Entra. It signs you in to both. Exchange may take up to two hours to
apply a change.

.PARAMETER ClientId
Client id of the identity: azd env get-value IDENTITY_CLIENT_ID

.PARAMETER PrincipalId
Object id of the identity: azd env get-value IDENTITY_PRINCIPAL_ID

.PARAMETER Mailbox
The sender: the value of EMAIL_FROM.

.EXAMPLE
infra/scripts/scope-mailbox.ps1 -ClientId 1111... -PrincipalId 2222... -Mailbox digest@contoso.example
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [ValidatePattern('^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$')]
    [string] $ClientId,

    [Parameter(Mandatory)]
    [ValidatePattern('^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$')]
    [string] $PrincipalId,

    [Parameter(Mandatory)]
    [string] $Mailbox
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$mailSendRoleId = 'b633e1c5-b582-4048-a93e-9f11b44c7e96'
$role = 'Application Mail.Send'
$scopeName = "mfa-gap-mailer $PrincipalId"
$assignmentName = "mfa-gap-mailer send $PrincipalId"

# 1. Refuse while sending is allowed from every mailbox.
Connect-MgGraph -Scopes 'Application.Read.All' -NoWelcome
$assignmentsUri = "v1.0/servicePrincipals/$PrincipalId/appRoleAssignments"
$next = $assignmentsUri
while ($next) {
    $page = Invoke-MgGraphRequest -Method GET -Uri $next
    foreach ($grant in $page['value']) {
        if ($grant['appRoleId'] -eq $mailSendRoleId) {
            throw "The identity has the tenant-wide Mail.Send, so a scope would restrict nothing. Set MAILBOX_SCOPING to true, take the role away, and run this again: Connect-MgGraph -Scopes AppRoleAssignment.ReadWrite.All; Invoke-MgGraphRequest -Method DELETE -Uri $assignmentsUri/$($grant['id'])"
        }
    }
    $next = $page['@odata.nextLink']
}

# 2. The identity as Exchange knows it.
Connect-ExchangeOnline -ShowBanner:$false
$sender = Get-EXOMailbox -Identity $Mailbox
if (-not (Get-ServicePrincipal -Identity $PrincipalId -ErrorAction SilentlyContinue)) {
    New-ServicePrincipal -AppId $ClientId -ObjectId $PrincipalId -DisplayName 'mfa-gap-mailer' | Out-Null
    Write-Output 'Service principal: made.'
}

# 3. A scope of one mailbox. By GUID, so that a change of address neither widens nor breaks it.
$filter = "Guid -eq '$($sender.Guid)'"
$scope = Get-ManagementScope -Identity $scopeName -ErrorAction SilentlyContinue
if (-not $scope) {
    New-ManagementScope -Name $scopeName -RecipientRestrictionFilter $filter | Out-Null
    Write-Output 'Management scope: made.'
}
elseif ($scope.RecipientFilter -notlike "*$($sender.Guid)*") {
    Set-ManagementScope -Identity $scopeName -RecipientRestrictionFilter $filter
    Write-Output 'Management scope: changed to this mailbox.'
}

# 4. The role, in that scope only.
if (-not (Get-ManagementRoleAssignment -Identity $assignmentName -ErrorAction SilentlyContinue)) {
    New-ManagementRoleAssignment -Name $assignmentName -App $PrincipalId -Role $role -CustomResourceScope $scopeName | Out-Null
    Write-Output 'Role assignment: made.'
}

# 5. Proof, without sending: every grant is in the scope, the sender is in it, another mailbox is not.
$wide = @(Test-ServicePrincipalAuthorization -Identity $PrincipalId | Where-Object { "$($_.AllowedResourceScope)" -ne $scopeName })
if ($wide.Count -gt 0) {
    throw "Exchange grants the identity more than this scope: $(($wide | ForEach-Object { "$($_.RoleName) on '$($_.AllowedResourceScope)'" }) -join '; '). Take that away with Remove-ManagementRoleAssignment, and run this again."
}

function Test-Sending([string] $Identity) {
    $answers = @(Test-ServicePrincipalAuthorization -Identity $PrincipalId -Resource $Identity | Where-Object { $_.RoleName -eq $role })
    return $answers.Count -gt 0 -and "$($answers[0].InScope)" -eq 'True'
}

if (-not (Test-Sending $sender.Guid)) {
    throw "The sender is not in scope. If the scope was only just made, wait some minutes and run this again."
}
$other = Get-EXOMailbox -ResultSize 2 | Where-Object { $_.Guid -ne $sender.Guid } | Select-Object -First 1
if ($other -and (Test-Sending $other.Guid)) {
    throw 'Another mailbox is in scope too. Check the filter of the scope with Get-ManagementScope.'
}

Write-Output "The identity may send from $($sender.PrimarySmtpAddress) and from no other mailbox."
Write-Output "To undo: Remove-ManagementRoleAssignment '$assignmentName'; Remove-ManagementScope '$scopeName'; Remove-ServicePrincipal '$PrincipalId'"
