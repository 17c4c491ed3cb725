<#
.SYNOPSIS
Allows the identity of the function app to send from one mailbox, with RBAC for Applications in Exchange Online.

.DESCRIPTION
Creates the service principal in Exchange, a management scope that holds one mailbox, and the assignment of the
role "Application Mail.Send" in that scope; then proves that the scope holds that mailbox and nothing else. Run it as
often as you like: it looks first and makes what is missing, also after it was stopped half-way.

Grants add up: while the identity has the tenant-wide Mail.Send in Entra, a scope restricts nothing. The script asks
check-mail-send.ps1 in a process of its own, and refuses to go on until that role is taken away.

It needs PowerShell 7, the modules ExchangeOnlineManagement and Microsoft.Graph.Authentication, the Exchange role
Organization Management, and a reader of applications in Entra. It signs you in to both, and out again at its end.
Exchange may take up to two hours to apply a change.

Exit codes: 0 the mailbox is in scope and nothing else is, 1 something failed, 3 refused because of Mail.Send.

.PARAMETER ClientId
Client id of the identity: azd env get-value IDENTITY_CLIENT_ID

.PARAMETER PrincipalId
Object id of the identity: azd env get-value IDENTITY_PRINCIPAL_ID

.PARAMETER Mailbox
The sender: the value of EMAIL_FROM.

.PARAMETER TenantId
Tenant of the deployment: azd env get-value AZURE_TENANT_ID. A sign-in to another one is refused.

.PARAMETER Environment
Cloud: Global, USGov, USGovDoD or China.

.PARAMETER AlreadyChecked
Leaves out the question to Microsoft Graph, where somebody else has looked whether the identity has Mail.Send:
infra/scripts/check-mail-send.ps1

.EXAMPLE
infra/scripts/scope-mailbox.ps1 -ClientId 1111... -PrincipalId 2222... -Mailbox digest@contoso.example
#>
#Requires -Version 7.2
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [ValidatePattern('^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$')]
    [string] $ClientId,

    [Parameter(Mandatory)]
    [ValidatePattern('^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$')]
    [string] $PrincipalId,

    [Parameter(Mandatory)]
    [string] $Mailbox,

    [string] $TenantId,

    [ValidateSet('Global', 'USGov', 'USGovDoD', 'China')]
    [string] $Environment = 'Global',

    [switch] $AlreadyChecked
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false

$role = 'Application Mail.Send'
$scopeName = "mfa-gap-mailer $PrincipalId"
$assignmentName = "mfa-gap-mailer send $PrincipalId"

# The functions of a module do not see this script's $ErrorActionPreference: a refusal would go by as a line of red
# text. So each call says -ErrorAction Stop, and what is made is looked at before it is said to be made.
function Confirm-Made([object] $Made, [string] $What) {
    if (-not $Made) { throw "${What}: Exchange did not say that it was made." }
    Write-Output "${What}: made."
}

# Lists are asked for instead of one object by its name: an error then is an error, and nothing missing.
function Get-One([object[]] $Found, [string] $Property, [string] $Value) {
    $Found | Where-Object { $_ -and "$($_.$Property)" -eq $Value } | Select-Object -First 1
}

function Connect-Tenant {
    $exchange = (Import-PowerShellDataFile "$PSScriptRoot/clouds.psd1")[$Environment].Exchange
    Connect-ExchangeOnline -ShowBanner:$false -ExchangeEnvironmentName $exchange -ErrorAction Stop
    $tenants = @(Get-ConnectionInformation -ErrorAction Stop | ForEach-Object { "$($_.TenantID)" } | Select-Object -Unique)
    if ($tenants.Count -ne 1) { throw "Exchange has $($tenants.Count) sessions in this window. Close them with Disconnect-ExchangeOnline, or open a new window." }
    if ($TenantId -and $tenants[0] -ne $TenantId) { throw "You are signed in to Exchange of tenant $($tenants[0]), not of $TenantId." }
    $tenants[0]
}

# Grants add up: the tenant-wide Mail.Send would make every scope worthless.
function Assert-NoMailSend([string] $SignedInTenant) {
    & ([Environment]::ProcessPath) -NoProfile -File "$PSScriptRoot/check-mail-send.ps1" -PrincipalId $PrincipalId -TenantId $SignedInTenant -Environment $Environment
    if ($LASTEXITCODE -eq 3) { exit 3 }
    if ($LASTEXITCODE -ne 0) { throw 'Nothing was changed in Exchange. Run this again when the cause is gone; or have somebody else run infra/scripts/check-mail-send.ps1, then run this with -AlreadyChecked.' }
}

function Get-Sender {
    $found = @(Get-EXOMailbox -Identity $Mailbox -ErrorAction Stop)
    if ($found.Count -ne 1) { throw "Exchange knows $($found.Count) mailboxes by that name. Give the address of one." }
    $found[0]
}

function Set-ServicePrincipal {
    $known = Get-One @(Get-ServicePrincipal -ErrorAction Stop) AppId $ClientId
    if (-not $known) {
        Confirm-Made (New-ServicePrincipal -AppId $ClientId -ObjectId $PrincipalId -DisplayName 'mfa-gap-mailer' -ErrorAction Stop) 'Service principal'
        return
    }
    $objectId = $known.PSObject.Properties['ObjectId']
    if ($objectId -and "$($objectId.Value)" -ne $PrincipalId) {
        throw "Exchange knows this client id with the object id $($objectId.Value), not $PrincipalId. Compare both with azd env get-values; to take the old one away: Remove-ServicePrincipal '$($objectId.Value)'"
    }
}

# By GUID, so that a change of address neither widens nor breaks it. Compared whole: a filter that holds the mailbox may
# hold another one too.
function Test-Filter([object] $Scope, [string] $Guid) {
    "$($Scope.RecipientFilter)" -match "^[(\s]*Guid\s+-eq\s+['`"]?$([regex]::Escape($Guid))['`"]?[)\s]*$"
}

function Set-Scope([string] $Guid) {
    $filter = "Guid -eq '$Guid'"
    $scope = Get-One @(Get-ManagementScope -ErrorAction Stop) Name $scopeName
    if (-not $scope) {
        Confirm-Made (New-ManagementScope -Name $scopeName -RecipientRestrictionFilter $filter -ErrorAction Stop) 'Management scope'
    }
    elseif (-not (Test-Filter $scope $Guid)) {
        Set-ManagementScope -Identity $scopeName -RecipientRestrictionFilter $filter -ErrorAction Stop
        Write-Output 'Management scope: changed to this mailbox alone.'
    }
    $scope = Get-One @(Get-ManagementScope -ErrorAction Stop) Name $scopeName
    if (-not $scope) { throw 'The scope is not there yet. Wait some minutes and run this again.' }
    if (-not (Test-Filter $scope $Guid)) {
        throw "The scope does not hold this mailbox alone; its filter is: $($scope.RecipientFilter). If it was only just changed, wait some minutes and run this again."
    }
}

function Set-Assignment {
    $assignment = Get-One @(Get-ManagementRoleAssignment -Role $role -ErrorAction Stop) Name $assignmentName
    if (-not $assignment) {
        Confirm-Made (New-ManagementRoleAssignment -Name $assignmentName -App $PrincipalId -Role $role -CustomResourceScope $scopeName -ErrorAction Stop) 'Role assignment'
        return
    }
    # Not every version of the module gives the scope back; where it does, another scope is no assignment of ours.
    $scope = $assignment.PSObject.Properties['CustomResourceScope']
    if ($scope -and $scope.Value -and "$($scope.Value)" -ne $scopeName) {
        throw "The role assignment '$assignmentName' is for the scope '$($scope.Value)'. Take it away with Remove-ManagementRoleAssignment '$assignmentName', and run this again."
    }
}

function Test-Sending([string] $Identity) {
    $answers = @(Test-ServicePrincipalAuthorization -Identity $PrincipalId -Resource $Identity -ErrorAction Stop | Where-Object { $_.RoleName -eq $role -and "$($_.InScope)" -eq 'True' })
    $answers.Count -gt 0
}

# Without sending: every grant is this role in this scope, the sender is in it, other mailboxes are not.
function Assert-Scoped([object] $Sender) {
    $wide = @(Test-ServicePrincipalAuthorization -Identity $PrincipalId -ErrorAction Stop | Where-Object { $_.RoleName -ne $role -or "$($_.AllowedResourceScope)" -ne $scopeName })
    if ($wide.Count -gt 0) {
        throw "Exchange grants the identity more than this scope: $(($wide | ForEach-Object { "$($_.RoleName) on '$($_.AllowedResourceScope)'" }) -join '; '). Take that away with Remove-ManagementRoleAssignment, and run this again."
    }
    if (-not (Test-Sending $Sender.Guid)) {
        throw 'The sender is not in scope. If the scope was only just made, wait some minutes and run this again.'
    }
    foreach ($other in @(Get-EXOMailbox -ResultSize 5 -WarningAction SilentlyContinue -ErrorAction Stop) | Where-Object { "$($_.Guid)" -ne "$($Sender.Guid)" }) {
        if (Test-Sending $other.Guid) { throw 'Another mailbox is in scope too. Look at the filter with Get-ManagementScope.' }
    }
}

function Set-Sending {
    $signedInTenant = Connect-Tenant
    if (-not $AlreadyChecked) { Assert-NoMailSend $signedInTenant }
    $from = Get-Sender
    Set-ServicePrincipal
    Set-Scope $from.Guid
    Set-Assignment
    Assert-Scoped $from
    if ($AlreadyChecked) { Write-Output "In Exchange, the identity may send from $($from.PrimarySmtpAddress) alone. Whether it has Mail.Send in Entra was not looked at here." }
    else { Write-Output "The identity may send from $($from.PrimarySmtpAddress) and from no other mailbox: the scope holds that one alone." }
    Write-Output "To undo: Remove-ManagementRoleAssignment '$assignmentName'; Remove-ManagementScope '$scopeName'; Remove-ServicePrincipal '$PrincipalId'"
}

try {
    if (-not (Get-Module -ListAvailable ExchangeOnlineManagement)) {
        throw 'The module ExchangeOnlineManagement is not on this machine (Install-Module ExchangeOnlineManagement -Scope CurrentUser).'
    }
    Set-Sending
    exit 0
}
catch {
    [Console]::Error.WriteLine($_.Exception.Message)
    exit 1
}
finally {
    if (Get-Module ExchangeOnlineManagement) { Disconnect-ExchangeOnline -Confirm:$false -ErrorAction SilentlyContinue | Out-Null }
}
