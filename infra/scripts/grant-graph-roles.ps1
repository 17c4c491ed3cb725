<#
.SYNOPSIS
Grants the identity of the function app its application roles in Microsoft Graph, and no others.

.DESCRIPTION
Run it as often as you like: it looks first and grants what is missing. It needs PowerShell 7, the module
Microsoft.Graph.Authentication (Install-Module Microsoft.Graph.Authentication -Scope CurrentUser), and the role
Privileged Role Administrator or Global Administrator. It signs you in, and out again at its end.

Exit codes: 0 all roles are there, 1 something failed, 2 wrong arguments, 3 refused: hand the command over.
grant-graph-roles.sh does and says the same; test/infra/ holds both to one table of cases.

.PARAMETER PrincipalId
Object id of the identity: azd env get-value IDENTITY_PRINCIPAL_ID

.PARAMETER MailboxScoping
true leaves out Mail.Send, because Exchange grants sending for one mailbox.

.PARAMETER TenantId
Tenant to sign in to. A sign-in to another one is refused.

.PARAMETER Environment
Cloud: Global, USGov, USGovDoD or China; by default that of GRAPH_ENDPOINT.

.PARAMETER Through
module signs you in with Microsoft.Graph.Authentication. az asks the Azure CLI, which must be signed in already; the
hook of azd does this, because it has no window to open.

.EXAMPLE
infra/scripts/grant-graph-roles.ps1 -PrincipalId 11111111-2222-3333-4444-555555555555 -MailboxScoping false
#>
#Requires -Version 7.2
[CmdletBinding()]
param(
    [string] $PrincipalId = $env:IDENTITY_PRINCIPAL_ID,
    [string] $MailboxScoping = $env:MAILBOX_SCOPING,
    [string] $TenantId = $env:AZURE_TENANT_ID,
    [ValidateSet('', 'Global', 'USGov', 'USGovDoD', 'China')] [string] $Environment = '',
    [ValidateSet('module', 'az')] [string] $Through = 'module'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false

$graphAppId = '00000003-0000-0000-c000-000000000000'
$guid = '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'
$clouds = Import-PowerShellDataFile "$PSScriptRoot/clouds.psd1"
$retrySeconds = if ($env:RETRY_SECONDS) { [int] $env:RETRY_SECONDS } else { 10 }

function Exit-With([int] $Code, [string] $Text) {
    [Console]::Error.WriteLine($Text)
    exit $Code
}

# A default is not looked at by a Validate attribute, so all that may come from the environment is looked at here.
if ($PrincipalId -notmatch $guid) {
    Exit-With 2 'The object id of the identity must be a GUID, and is not. It is IDENTITY_PRINCIPAL_ID: azd env get-value IDENTITY_PRINCIPAL_ID'
}
$MailboxScoping = if ($MailboxScoping) { $MailboxScoping.ToLowerInvariant() } else { 'false' }
if ($MailboxScoping -notin 'true', 'false') { Exit-With 2 'MAILBOX_SCOPING must be true or false.' }
if (-not $Environment) {
    $endpoint = if ($env:GRAPH_ENDPOINT) { $env:GRAPH_ENDPOINT -replace '/$' } else { 'https://graph.microsoft.com' }
    $Environment = "$($clouds.Keys | Where-Object { $clouds[$_].Graph -ceq $endpoint })"
    if (-not $Environment) {
        Exit-With 2 'GRAPH_ENDPOINT must be the root of Microsoft Graph in one of its clouds, such as https://graph.microsoft.com.'
    }
}
$graph = $clouds[$Environment].Graph

$roles = [ordered] @{
    'AuditLog.Read.All'                 = 'b0afded3-3588-46d8-8b3d-9842eff778da'
    'Directory.Read.All'                = '7ab1d382-f21e-4acd-a863-ba3e13f7da61'
    'UserAuthenticationMethod.Read.All' = '38d9df27-64da-44fd-b7c5-a6fbac20248f'
}
$mailSendId = 'b633e1c5-b582-4048-a93e-9f11b44c7e96'
if ($MailboxScoping -ne 'true') { $roles['Mail.Send'] = $mailSendId }

function Exit-HandingOver([string] $Reason) {
    $signIn = "az login --tenant $(if ($TenantId) { $TenantId } else { 'TENANT_ID' }) --allow-no-subscriptions"
    $arguments = "--principal-id $PrincipalId --mailbox-scoping $MailboxScoping"
    $parameters = "-PrincipalId $PrincipalId -MailboxScoping $MailboxScoping"
    if ($TenantId) {
        $arguments += " --tenant-id $TenantId"
        $parameters += " -TenantId $TenantId"
    }
    if ($Environment -ne 'Global') {
        $signIn = "az cloud set --name $($clouds[$Environment].Az)`n  $signIn"
        $arguments += " --graph-endpoint $graph"
        $parameters += " -Environment $Environment"
    }
    Exit-With 3 @"

The Graph roles were not all granted: $Reason

Who may grant them: a Privileged Role Administrator or a Global Administrator of the tenant$(if ($TenantId) { " $TenantId" }).
Roles:              $($roles.Keys -join ' ')
Hand over these commands; they need this repository and the Azure CLI:

  $signIn
  infra/scripts/grant-graph-roles.sh $arguments

Or this one; it needs this repository, PowerShell 7 and the module Microsoft.Graph.Authentication:

  infra/scripts/grant-graph-roles.ps1 $parameters
"@
}

# Through a file, because az is a batch file on Windows: there, quotes and ampersands of an argument do not arrive.
function Invoke-Az([string[]] $Arguments, [hashtable] $Texts = @{}) {
    $files = @(New-TemporaryFile)
    try {
        foreach ($text in $Texts.GetEnumerator()) {
            $files += New-TemporaryFile
            [IO.File]::WriteAllText($files[-1].FullName, $text.Value)
            $Arguments += $text.Key, "@$($files[-1].FullName)"
        }
        $answer = & az @Arguments --only-show-errors 2>$files[0].FullName
        if ($LASTEXITCODE -ne 0) { throw [IO.File]::ReadAllText($files[0].FullName).TrimEnd() }
        return $answer -join "`n"
    }
    finally { $files | Remove-Item -ErrorAction SilentlyContinue }
}

function Send-Once([string] $Method, [string] $Url, [string] $Body) {
    if ($Through -eq 'module') {
        $request = @{ Method = $Method; Uri = $Url; OutputType = 'HashTable'; ErrorAction = 'Stop' }
        if ($Body) { $request += @{ Body = $Body; ContentType = 'application/json' } }
        return Invoke-MgGraphRequest @request
    }
    $texts = @{ '--url' = $Url }
    $arguments = 'rest', '--resource', $graph, '--method', $Method.ToLowerInvariant(), '--output', 'json'
    if ($Body) {
        $texts['--body'] = $Body
        $arguments += '--headers', 'Content-Type=application/json'
    }
    $answer = Invoke-Az $arguments $texts
    if ($answer) { return ConvertFrom-Json $answer -AsHashtable }
}

# Calls Graph; repeats while a new identity is not yet known to it. Throws the reason.
function Invoke-Graph([string] $Method, [string] $Url, [string] $Body) {
    for ($attempt = 1; ; $attempt++) {
        try { return Send-Once $Method $Url $Body }
        catch {
            $reason = "$($_.Exception.Message)$(if ($_.ErrorDetails) { " $($_.ErrorDetails.Message)" })"
            if ($reason -notmatch 'Request_ResourceNotFound' -or $attempt -eq 6) { throw $reason }
            Start-Sleep -Seconds $retrySeconds
        }
    }
}

# Ends the script on a call that failed: with commands to hand over where the right was missing.
function Exit-Explaining([string] $What, [string] $Reason) {
    if ($Reason -match 'Authorization_RequestDenied|Forbidden|Insufficient privileges|AADSTS') {
        Exit-HandingOver "$What was refused."
    }
    Exit-With 1 "$Reason`n$What failed. Run the script again when the cause is gone: what is granted stays granted."
}

# Gives the tenant that is signed in to.
function Connect-Graph {
    if ($Through -eq 'az') {
        if (-not (Get-Command az -ErrorAction SilentlyContinue)) { Exit-HandingOver 'the Azure CLI (az) is not on this machine.' }
        try { return Invoke-Az @('account', 'show', '--query', 'tenantId', '--output', 'tsv') }
        catch { Exit-HandingOver 'the Azure CLI is not signed in (az login).' }
    }
    if (-not (Get-Module -ListAvailable Microsoft.Graph.Authentication)) {
        Exit-HandingOver 'the module Microsoft.Graph.Authentication is not on this machine (Install-Module Microsoft.Graph.Authentication -Scope CurrentUser).'
    }
    # For this process only, so that no token that may grant roles stays on the machine.
    $signIn = @{ Scopes = 'AppRoleAssignment.ReadWrite.All', 'Application.Read.All'; Environment = $Environment; ContextScope = 'Process'; NoWelcome = $true; ErrorAction = 'Stop' }
    if ($TenantId) { $signIn['TenantId'] = $TenantId }
    try { Connect-MgGraph @signIn | Out-Null }
    catch { Exit-Explaining 'Signing in to Microsoft Graph' $_.Exception.Message }
    return (Get-MgContext).TenantId
}

function Grant-Role {
    $signedIn = Connect-Graph
    if ($TenantId -and $signedIn -ne $TenantId) {
        $who = if ($Through -eq 'az') { 'the Azure CLI is' } else { 'you are' }
        $how = if ($Through -eq 'az') { " (az login --tenant $TenantId)" }
        Exit-HandingOver "$who signed in to tenant $signedIn, not to $TenantId$how."
    }
    $script:TenantId = $signedIn

    try { $graphId = (Invoke-Graph GET "$graph/v1.0/servicePrincipals(appId='$graphAppId')?`$select=id")['id'] }
    catch { Exit-Explaining 'Looking up Microsoft Graph' $_.Exception.Message }
    if ($graphId -notmatch $guid) { Exit-With 1 'Microsoft Graph has no service principal in this tenant.' }

    # Every page of what is granted.
    $assignments = "$graph/v1.0/servicePrincipals/$PrincipalId/appRoleAssignments"
    $granted = @()
    $next = $assignments
    while ($next) {
        if (-not $next.StartsWith("$graph/")) { Exit-With 1 'Graph pointed to another host for the next page; nothing was granted.' }
        try { $page = Invoke-Graph GET $next }
        catch { Exit-Explaining 'Reading the granted roles' $_.Exception.Message }
        $granted += @($page['value'] | Where-Object { $_['resourceId'] -eq $graphId })
        $next = $page['@odata.nextLink']
    }

    foreach ($role in $roles.GetEnumerator()) {
        if (@($granted | Where-Object { $_['appRoleId'] -eq $role.Value }).Count -gt 0) {
            Write-Output "$($role.Key): already granted."
            continue
        }
        $body = ConvertTo-Json -Compress ([ordered] @{ principalId = $PrincipalId; resourceId = $graphId; appRoleId = $role.Value })
        try {
            Invoke-Graph POST $assignments $body | Out-Null
            Write-Output "$($role.Key): granted."
        }
        catch {
            if ($_.Exception.Message -notmatch 'already exists') { Exit-Explaining "Granting $($role.Key)" $_.Exception.Message }
            Write-Output "$($role.Key): already granted."
        }
    }

    # Grants add up, so a role that should not be there is named; taking it away is left to a person.
    foreach ($grant in $granted | Where-Object { $_['appRoleId'] -notin $roles.Values }) {
        $name = "a role that the product does not use ($($grant['appRoleId']))"
        if ($grant['appRoleId'] -eq $mailSendId) { $name = 'the tenant-wide Mail.Send, although MAILBOX_SCOPING is true' }
        Write-Output "The identity also has $name. To take it away: az rest --resource $graph --method delete --url $assignments/$($grant['id'])"
    }
}

try { Grant-Role }
finally {
    if ($Through -eq 'module' -and (Get-Module Microsoft.Graph.Authentication)) {
        try { Disconnect-MgGraph | Out-Null } catch { Write-Verbose 'There was no sign-in to end.' }
    }
}
exit 0
