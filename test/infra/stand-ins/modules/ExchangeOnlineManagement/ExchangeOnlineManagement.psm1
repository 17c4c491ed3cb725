# Stands in for ExchangeOnlineManagement: keeps mailboxes, scopes and assignments in a file, and records each call. Its
# functions do not see the caller's $ErrorActionPreference, report a refusal and a missing object as an error that does
# not end the caller, refuse unknown parameters, and sign in only where Graph has not loaded its library first.
Set-StrictMode -Version Latest
$connection = $null

function Read-State { Get-Content -Raw "$env:STAND_IN_FOLDER/state.json" | ConvertFrom-Json -AsHashtable }
function Save-State($State) { $State | ConvertTo-Json -Depth 9 | Set-Content "$env:STAND_IN_FOLDER/state.json" }
function Write-Call([object[]] $Words) { Add-Content "$env:STAND_IN_FOLDER/calls.jsonl" (ConvertTo-Json -Compress @($Words)) }
function Test-Refused([string] $Name, $State) { $Name -in @($State['refuses']) }
function Get-Objects([string] $Kind) { @((Read-State)[$Kind] | Where-Object { $_ } | ForEach-Object { [pscustomobject] $_ }) }
function Add-Object([string] $Kind, [hashtable] $Object) {
    $state = Read-State
    $state[$Kind] = @($state[$Kind] | Where-Object { $_ }) + $Object
    Save-State $state
    [pscustomobject] $Object
}
# What the real ones say of a name that is not there.
function Get-ErrorText([string] $Identity) { "Ex6F9304|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|The operation couldn't be performed because object '$Identity' couldn't be found." }
$denied = "Ex1D2C3A|System.UnauthorizedAccessException|The current user isn't allowed to run this command."

function Connect-ExchangeOnline {
    [CmdletBinding()]
    param(
        [ValidateSet('O365Default', 'O365USGovGCCHigh', 'O365USGovDoD', 'O365China', 'O365GermanyCloud')] [string] $ExchangeEnvironmentName = 'O365Default',
        [string] $UserPrincipalName, [string] $DelegatedOrganization, [switch] $Device, [switch] $ShowBanner
    )
    Write-Call 'Connect-ExchangeOnline', $ExchangeEnvironmentName
    if ([AppDomain]::CurrentDomain.GetData('signed-in-to') -eq 'graph') { throw 'Method not found: WithBroker (Microsoft.Identity.Client.Broker)' }
    [AppDomain]::CurrentDomain.SetData('signed-in-to', 'exchange')
    $state = Read-State
    if (Test-Refused 'Connect-ExchangeOnline' $state) { Write-Error 'AADSTS50105: the account is not assigned to a role.'; return }
    $script:connection = @{ TenantID = $state['exchangeTenant']; State = 'Connected'; Name = 'ExchangeOnline_1' }
}
function Get-ConnectionInformation { [CmdletBinding()] param(); if ($connection) { [pscustomobject] $connection } }
function Disconnect-ExchangeOnline {
    [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param()
    if ($PSCmdlet.ShouldProcess('the session')) { Write-Call 'Disconnect-ExchangeOnline'; $script:connection = $null }
}

function Get-EXOMailbox {
    [CmdletBinding()] param([Parameter(Position = 0)] [string] $Identity, [object] $ResultSize)
    Write-Call 'Get-EXOMailbox', $Identity
    if (-not $Identity) { return Get-Objects mailboxes | Select-Object -First ([int] $ResultSize) }
    $found = Get-Objects mailboxes | Where-Object { $_.PrimarySmtpAddress -eq $Identity -or $_.Guid -eq $Identity }
    if ($found) { return $found }
    Write-Error (Get-ErrorText $Identity)
}

function Get-ServicePrincipal {
    [CmdletBinding()] param([Parameter(Position = 0)] [string] $Identity)
    Write-Call 'Get-ServicePrincipal', $Identity
    $found = Get-Objects servicePrincipals | Where-Object { -not $Identity -or $_.ObjectId -eq $Identity }
    if ($found -or -not $Identity) { return $found }
    Write-Error (Get-ErrorText $Identity)
}
function New-ServicePrincipal {
    [CmdletBinding(SupportsShouldProcess)] param([Parameter(Mandatory)] [string] $AppId, [Parameter(Mandatory)] [string] $ObjectId, [string] $DisplayName)
    Write-Call 'New-ServicePrincipal', $AppId, $ObjectId
    if (Test-Refused 'New-ServicePrincipal' (Read-State)) { Write-Error $denied; return }
    Add-Object servicePrincipals @{ AppId = $AppId; ObjectId = $ObjectId; DisplayName = $DisplayName }
}

function Get-ManagementScope {
    [CmdletBinding()] param([Parameter(Position = 0)] [string] $Identity)
    Write-Call 'Get-ManagementScope', $Identity
    $found = Get-Objects scopes | Where-Object { -not $Identity -or $_.Name -eq $Identity }
    if ($found -or -not $Identity) { return $found }
    Write-Error (Get-ErrorText $Identity)
}
function New-ManagementScope {
    [CmdletBinding(SupportsShouldProcess)] param([Parameter(Mandatory)] [string] $Name, [Parameter(Mandatory)] [string] $RecipientRestrictionFilter)
    Write-Call 'New-ManagementScope', $Name, $RecipientRestrictionFilter
    if (Test-Refused 'New-ManagementScope' (Read-State)) { Write-Error $denied; return }
    Add-Object scopes @{ Name = $Name; RecipientFilter = $RecipientRestrictionFilter }
}
function Set-ManagementScope {
    [CmdletBinding(SupportsShouldProcess)] param([Parameter(Mandatory)] [string] $Identity, [string] $RecipientRestrictionFilter)
    Write-Call 'Set-ManagementScope', $Identity, $RecipientRestrictionFilter
    $state = Read-State
    if (Test-Refused 'Set-ManagementScope' $state) { Write-Error $denied; return }
    ($state['scopes'] | Where-Object { $_['Name'] -eq $Identity })['RecipientFilter'] = $RecipientRestrictionFilter
    Save-State $state
}

function Get-ManagementRoleAssignment {
    [CmdletBinding()] param([Parameter(Position = 0)] [string] $Identity, [string] $Role)
    Write-Call 'Get-ManagementRoleAssignment', $Identity, $Role
    $found = Get-Objects assignments | Where-Object { (-not $Identity -or $_.Name -eq $Identity) -and (-not $Role -or $_.Role -eq $Role) }
    if ($found -or -not $Identity) { return $found }
    Write-Error (Get-ErrorText $Identity)
}
function New-ManagementRoleAssignment {
    [CmdletBinding(SupportsShouldProcess)]
    param([string] $Name, [Parameter(Mandatory)] [string] $App, [Parameter(Mandatory)] [string] $Role, [string] $CustomResourceScope)
    Write-Call 'New-ManagementRoleAssignment', $Name, $App, $Role, $CustomResourceScope
    if (Test-Refused 'New-ManagementRoleAssignment' (Read-State)) { Write-Error $denied; return }
    if (-not (Get-Objects servicePrincipals | Where-Object { $App -in $_.ObjectId, $_.AppId })) { Write-Error (Get-ErrorText $App); return }
    Add-Object assignments @{ Name = $Name; App = $App; Role = $Role; CustomResourceScope = $CustomResourceScope }
}

function Test-ServicePrincipalAuthorization {
    [CmdletBinding()] param([Parameter(Mandatory, Position = 0)] [string] $Identity, [string] $Resource)
    Write-Call 'Test-ServicePrincipalAuthorization', $Identity, $Resource
    foreach ($assignment in Get-Objects assignments | Where-Object { $_.App -eq $Identity }) {
        $scope = Get-Objects scopes | Where-Object { $_.Name -eq $assignment.CustomResourceScope }
        $isIn = if (-not $Resource) { 'Not Run' } else { -not $scope -or $scope.RecipientFilter.Contains($Resource) }
        [pscustomobject] @{ RoleName = $assignment.Role; AllowedResourceScope = "$($assignment.CustomResourceScope)"; ScopeType = 'CustomRecipientScope'; InScope = $isIn }
    }
}

Export-ModuleMember -Function *-ExchangeOnline, *-EXOMailbox, *-ServicePrincipal*, *-Management*, Get-ConnectionInformation
