<#
.SYNOPSIS
Tells whether the identity of the function app holds the tenant-wide Mail.Send in Microsoft Graph.

.DESCRIPTION
scope-mailbox.ps1 runs this as a process of its own, because Microsoft.Graph.Authentication and
ExchangeOnlineManagement cannot both sign in within one process: each brings its own version of the library that does
it. It changes nothing. It needs the module Microsoft.Graph.Authentication and a reader of applications in Entra, signs
you in, and out again at its end.

Exit codes: 0 the identity does not hold it, 1 that could not be found out, 3 it does.

.PARAMETER PrincipalId
Object id of the identity: azd env get-value IDENTITY_PRINCIPAL_ID

.PARAMETER TenantId
Tenant to sign in to. A sign-in to another one is refused.

.PARAMETER Environment
Cloud: Global, USGov, USGovDoD or China.
#>
#Requires -Version 7.2
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [ValidatePattern('^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$')]
    [string] $PrincipalId,

    [string] $TenantId,

    [ValidateSet('Global', 'USGov', 'USGovDoD', 'China')]
    [string] $Environment = 'Global'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$mailSendId = 'b633e1c5-b582-4048-a93e-9f11b44c7e96'
$graph = (Import-PowerShellDataFile "$PSScriptRoot/clouds.psd1")[$Environment].Graph
$isConnected = $false
try {
    if (-not (Get-Module -ListAvailable Microsoft.Graph.Authentication)) {
        throw 'the module is not on this machine (Install-Module Microsoft.Graph.Authentication -Scope CurrentUser).'
    }
    $signIn = @{ Scopes = 'Application.Read.All'; Environment = $Environment; ContextScope = 'Process'; NoWelcome = $true; ErrorAction = 'Stop' }
    if ($TenantId) { $signIn['TenantId'] = $TenantId }
    Connect-MgGraph @signIn | Out-Null
    $isConnected = $true
    $signedIn = (Get-MgContext).TenantId
    if ($TenantId -and $signedIn -ne $TenantId) { throw "you are signed in to tenant $signedIn, not to $TenantId." }

    $next = "$graph/v1.0/servicePrincipals/$PrincipalId/appRoleAssignments"
    while ($next) {
        if (-not $next.StartsWith("$graph/")) { throw 'Graph pointed to another host for the next page.' }
        $page = Invoke-MgGraphRequest -Method GET -Uri $next -OutputType HashTable -ErrorAction Stop
        foreach ($grant in $page['value'] | Where-Object { $_['appRoleId'] -eq $mailSendId }) {
            [Console]::Error.WriteLine("The identity has the tenant-wide Mail.Send, so a scope would restrict nothing. Set MAILBOX_SCOPING to true, take the role away, and run this again: az rest --resource $graph --method delete --url $graph/v1.0/servicePrincipals/$PrincipalId/appRoleAssignments/$($grant['id'])")
            exit 3
        }
        $next = $page['@odata.nextLink']
    }
    exit 0
}
catch {
    [Console]::Error.WriteLine("Microsoft Graph could not be asked whether the identity has the tenant-wide Mail.Send: $($_.Exception.Message)")
    exit 1
}
finally {
    if ($isConnected) { Disconnect-MgGraph | Out-Null }
}
