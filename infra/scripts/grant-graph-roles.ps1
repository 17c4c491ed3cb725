<#
.SYNOPSIS
Grants the identity of the function app its application roles in Microsoft Graph, and no others.

.DESCRIPTION
Run it as often as you like: it looks first and grants what is missing. It needs the module
Microsoft.Graph.Authentication (Install-Module Microsoft.Graph.Authentication -Scope CurrentUser) and the role
Privileged Role Administrator or Global Administrator. It signs you in.

.PARAMETER PrincipalId
Object id of the identity: azd env get-value IDENTITY_PRINCIPAL_ID

.PARAMETER MailboxScoping
true leaves out Mail.Send, because Exchange grants sending for one mailbox.

.PARAMETER TenantId
Tenant to sign in to.

.PARAMETER Environment
Cloud: Global, USGov, USGovDoD or China; by default that of GRAPH_ENDPOINT.

.EXAMPLE
infra/scripts/grant-graph-roles.ps1 -PrincipalId 11111111-2222-3333-4444-555555555555 -MailboxScoping false
#>
[CmdletBinding()]
param(
    [ValidatePattern('^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$')]
    [string] $PrincipalId = $env:IDENTITY_PRINCIPAL_ID,

    [ValidateSet('true', 'false', '')]
    [string] $MailboxScoping = $env:MAILBOX_SCOPING,

    [string] $TenantId = $env:AZURE_TENANT_ID,

    [ValidateSet('Global', 'USGov', 'USGovDoD', 'China')]
    [string] $Environment = $(switch ("$env:GRAPH_ENDPOINT".TrimEnd('/')) {
            'https://graph.microsoft.us' { 'USGov' }
            'https://dod-graph.microsoft.us' { 'USGovDoD' }
            'https://microsoftgraph.chinacloudapi.cn' { 'China' }
            default { 'Global' }
        })
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

if (-not $PrincipalId) { throw '-PrincipalId must be the object id of the identity: azd env get-value IDENTITY_PRINCIPAL_ID' }

$graphAppId = '00000003-0000-0000-c000-000000000000'
$roles = [ordered] @{
    'AuditLog.Read.All'                 = 'b0afded3-3588-46d8-8b3d-9842eff778da'
    'Directory.Read.All'                = '7ab1d382-f21e-4acd-a863-ba3e13f7da61'
    'UserAuthenticationMethod.Read.All' = '38d9df27-64da-44fd-b7c5-a6fbac20248f'
}
if ($MailboxScoping -ne 'true') {
    $roles['Mail.Send'] = 'b633e1c5-b582-4048-a93e-9f11b44c7e96'
}

$signIn = @{ Scopes = 'AppRoleAssignment.ReadWrite.All', 'Application.Read.All'; Environment = $Environment; NoWelcome = $true }
if ($TenantId) { $signIn['TenantId'] = $TenantId }
Connect-MgGraph @signIn

$graph = Invoke-MgGraphRequest -Method GET -Uri ('v1.0/servicePrincipals(appId=''{0}'')?$select=id' -f $graphAppId)

# Every page of what is granted.
$assignmentsUri = "v1.0/servicePrincipals/$PrincipalId/appRoleAssignments"
$granted = @()
$next = $assignmentsUri
while ($next) {
    $page = Invoke-MgGraphRequest -Method GET -Uri $next
    $granted += @($page['value'] | Where-Object { $_['resourceId'] -eq $graph['id'] })
    $next = $page['@odata.nextLink']
}

foreach ($role in $roles.GetEnumerator()) {
    if (@($granted | Where-Object { $_['appRoleId'] -eq $role.Value }).Count -gt 0) {
        Write-Output "$($role.Key): already granted."
        continue
    }
    $body = @{ principalId = $PrincipalId; resourceId = $graph['id']; appRoleId = $role.Value }
    Invoke-MgGraphRequest -Method POST -Uri $assignmentsUri -Body $body | Out-Null
    Write-Output "$($role.Key): granted."
}

# Grants add up, so a role that should not be there is named; taking it away is left to a person.
foreach ($grant in $granted) {
    if ($grant['appRoleId'] -notin $roles.Values) {
        Write-Warning "The identity also has the Graph role $($grant['appRoleId']). To take it away: Invoke-MgGraphRequest -Method DELETE -Uri $assignmentsUri/$($grant['id'])"
    }
}
