# Runs one case after the other in one process, because starting PowerShell costs more than all that a case does. Each has
# a runspace of its own, so its modules, functions, variables and preferences end with it.
#
# A case is a line of JSON on descriptor 3: stdin would be inherited by what a script starts. What it writes goes straight
# to stdout and stderr, as in a process of its own, also from the processes that it starts. A NUL ends it on both, and the
# exit code follows that of stdout.
$handle = [Microsoft.Win32.SafeHandles.SafeFileHandle]::new([IntPtr] 3, $false)
$cases = [IO.StreamReader]::new([IO.FileStream]::new($handle, [IO.FileAccess]::Read))
# What PowerShell itself starts with.
$initialState = [initialsessionstate]::CreateDefault2()

# Gives the exit code of a command in a runspace of its own.
function Invoke-Alone {
    param([string] $Command)
    # Where the stand-in modules keep what a process has loaded.
    $loaded = [AppDomain]::CurrentDomain.GetData('signed-in-to')
    [AppDomain]::CurrentDomain.SetData('signed-in-to', $null)
    $runspace = [runspacefactory]::CreateRunspace($Host, $initialState)
    $runspace.Open()
    $shell = [powershell]::Create($runspace)
    # As PowerShell does it with -Command: errors and output go to the host in the order in which they come.
    $null = $shell.AddScript($Command).AddCommand('Out-Default')
    $shell.Commands.Commands[0].MergeMyResults('Error', 'Output')
    try {
        $null = $shell.Invoke()
        $runspace.SessionStateProxy.GetVariable('LASTEXITCODE')
    }
    catch {
        # An error that nothing caught ends PowerShell with 1, after it was shown like any other.
        $thrown = [psobject]::new($_.Exception.InnerException.ErrorRecord)
        $thrown.Properties.Add([psnoteproperty]::new('writeErrorStream', $true))
        $shell.Commands.Clear()
        $null = $shell.AddCommand('Out-Default').Invoke(@($thrown))
        1
    }
    $shell.Dispose()
    $runspace.Dispose()
    [AppDomain]::CurrentDomain.SetData('signed-in-to', $loaded)
}

# A script that starts PowerShell with another one gets a runspace too.
function Start-PowerShell {
    $words = $args[($args.IndexOf('-File') + 1)..($args.Count - 1)] | ForEach-Object {
        if ("$_" -match '^-[A-Za-z]+$') { $_ } else { "'$("$_".Replace("'", "''"))'" }
    }
    $global:LASTEXITCODE = Invoke-Alone "& $words; exit `$LASTEXITCODE"
}

foreach ($name in 'Invoke-Alone', 'Start-PowerShell') {
    $initialState.Commands.Add([Management.Automation.Runspaces.SessionStateFunctionEntry]::new($name, (Get-Item "function:$name").Definition))
}
$initialState.Commands.Add([Management.Automation.Runspaces.SessionStateAliasEntry]::new([Environment]::ProcessPath, 'Start-PowerShell'))
$initialState.Variables.Add([Management.Automation.Runspaces.SessionStateVariableEntry]::new('initialState', $initialState, ''))

while ($null -ne ($line = $cases.ReadLine())) {
    $case = ConvertFrom-Json $line -AsHashtable
    # Exactly the variables of the case: the next one replaces them, and nothing here reads any in between.
    foreach ($name in @([Environment]::GetEnvironmentVariables().Keys)) { [Environment]::SetEnvironmentVariable($name, $null) }
    foreach ($name in $case.variables.Keys) { [Environment]::SetEnvironmentVariable($name, $case.variables[$name]) }
    $status = Invoke-Alone $case.command

    # Of an exit code, a system keeps eight bits.
    [Console]::Out.Write("`0$($status -band 255)`n")
    [Console]::Error.Write("`0")
}
