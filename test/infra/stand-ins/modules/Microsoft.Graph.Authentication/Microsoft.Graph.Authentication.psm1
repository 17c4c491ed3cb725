# Stands in for Microsoft.Graph.Authentication: answers from a file of state, and records each call. It refuses
# parameters that the module does not have, and signs in only where Exchange has not loaded its library first.
Set-StrictMode -Version Latest
$graphId = '99999999-0000-0000-0000-000000000001'
$context = $null

function Read-State { Get-Content -Raw "$env:STAND_IN_FOLDER/state.json" | ConvertFrom-Json -AsHashtable }
function Save-State($State) { $State | ConvertTo-Json -Depth 9 | Set-Content "$env:STAND_IN_FOLDER/state.json" }
function Write-Call([object[]] $Words) { Add-Content "$env:STAND_IN_FOLDER/calls.jsonl" (ConvertTo-Json -Compress @($Words)) }

function Connect-MgGraph {
    [CmdletBinding()]
    param(
        [string[]] $Scopes, [string] $TenantId, [string] $ClientId, [switch] $UseDeviceCode,
        [ValidateSet('Global', 'USGov', 'USGovDoD', 'China')] [string] $Environment = 'Global',
        [ValidateSet('CurrentUser', 'Process')] [string] $ContextScope = 'CurrentUser', [switch] $NoWelcome
    )
    Write-Call 'Connect-MgGraph', $Environment, $ContextScope, $TenantId
    if ([AppDomain]::CurrentDomain.GetData('signed-in-to') -eq 'exchange') { throw 'Object reference not set to an instance of an object. (RuntimeBroker)' }
    [AppDomain]::CurrentDomain.SetData('signed-in-to', 'graph')
    $state = Read-State
    if ($state['refuses'] -eq 'sign-in') { throw 'AADSTS50105: the account is not assigned to a role for the application.' }
    if ($ContextScope -eq 'CurrentUser') { Set-Content "$env:STAND_IN_FOLDER/token-cache" 'a token that may grant roles' }
    $script:context = @{ TenantId = "$($state['tenantId'])"; Environment = $Environment; Scopes = $Scopes }
    if (-not $NoWelcome) { 'Welcome to Microsoft Graph!' }
}

function Get-MgContext { [CmdletBinding()] param(); if ($context) { [pscustomobject] $context } }

function Disconnect-MgGraph {
    [CmdletBinding()] param()
    Write-Call 'Disconnect-MgGraph'
    if (-not $context) { throw 'No application to sign out from.' }
    $was = $script:context
    $script:context = $null
    [pscustomobject] $was
}

function Invoke-MgGraphRequest {
    [CmdletBinding()]
    param(
        [string] $Method = 'GET', [Parameter(Mandatory)] [uri] $Uri, [object] $Body, [string] $ContentType,
        [System.Collections.IDictionary] $Headers, [ValidateSet('PSObject', 'HashTable', 'HttpResponseMessage', 'Json')] [string] $OutputType = 'HashTable'
    )
    if (-not $context) { throw 'Authentication needed. Please call Connect-MgGraph.' }
    $refuse = {
        param([string] $Status, [string] $Code, [string] $Message)
        $record = [System.Management.Automation.ErrorRecord]::new([Exception]::new("Response status code does not indicate success: $Status."), $Code, 'InvalidOperation', $null)
        $record.ErrorDetails = [System.Management.Automation.ErrorDetails]::new("{`"error`":{`"code`":`"$Code`",`"message`":`"$Message`"}}")
        $PSCmdlet.ThrowTerminatingError($record)
    }
    Write-Call 'rest', '--method', $Method.ToLowerInvariant(), '--url', "$Uri", '--body', "$Body"
    $state = Read-State
    if ("$Uri" -match 'servicePrincipals\(appId=') { return @{ id = $graphId } }
    if ($state['unknownFor'] -gt 0) {
        $state['unknownFor']--
        Save-State $state
        & $refuse 'NotFound (Not Found)' 'Request_ResourceNotFound' 'Resource does not exist.'
    }
    if ($state['broken']) { & $refuse 'InternalServerError (Internal Server Error)' 'UnknownError' '' }
    if ($state['refuses'] -eq $Method) { & $refuse 'Forbidden (Forbidden)' 'Authorization_RequestDenied' 'Insufficient privileges to complete the operation.' }
    if ($Method -eq 'POST') {
        if ($state['alreadyExists']) { & $refuse 'BadRequest (Bad Request)' 'Request_BadRequest' 'Permission being assigned already exists on the object' }
        if ($state['stopsAfter'] -and $state['grants'].Count -ge $state['stopsAfter']) { & $refuse 'ServiceUnavailable (Service Unavailable)' 'ServiceNotAvailable' '' }
        $grant = ConvertFrom-Json $Body -AsHashtable
        $grant['id'] = "new-$($state['grants'].Count)"
        $state['grants'] = @($state['grants']) + $grant
        Save-State $state
        return $grant
    }
    $start = if ("$Uri" -match '\$skiptoken=(\d+)') { [int] $Matches[1] } else { 0 }
    $page = @{ value = @(@($state['grants']) | Select-Object -Skip $start -First $state['pageSize']) }
    $end = $start + $state['pageSize']
    if ($end -lt @($state['grants']).Count) {
        $host_ = if ($state['nextHost']) { $state['nextHost'] } else { $Uri.GetLeftPart('Authority') }
        $page['@odata.nextLink'] = "$host_$($Uri.AbsolutePath)?`$skiptoken=$end"
    }
    $page
}

Export-ModuleMember -Function Connect-MgGraph, Disconnect-MgGraph, Get-MgContext, Invoke-MgGraphRequest
