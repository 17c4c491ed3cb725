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

while ($null -ne ($line = $cases.ReadLine())) {
    $case = ConvertFrom-Json $line -AsHashtable
    # Exactly the variables of the case: the next one replaces them, and nothing here reads any in between.
    foreach ($name in @([Environment]::GetEnvironmentVariables().Keys)) { [Environment]::SetEnvironmentVariable($name, $null) }
    foreach ($name in $case.variables.Keys) { [Environment]::SetEnvironmentVariable($name, $case.variables[$name]) }
    # Where the stand-in modules keep what a process has loaded.
    [AppDomain]::CurrentDomain.SetData('signed-in-to', $null)

    $runspace = [runspacefactory]::CreateRunspace($Host, $initialState)
    $runspace.Open()
    $shell = [powershell]::Create($runspace)
    # As PowerShell does it with -Command: errors and output go to the host in the order in which they come.
    $null = $shell.AddScript($case.command).AddCommand('Out-Default')
    $shell.Commands.Commands[0].MergeMyResults('Error', 'Output')
    try {
        $null = $shell.Invoke()
        $status = $runspace.SessionStateProxy.GetVariable('LASTEXITCODE')
    }
    catch {
        # An error that nothing caught ends PowerShell with 1, after it was shown like any other.
        $thrown = [psobject]::new($_.Exception.InnerException.ErrorRecord)
        $thrown.Properties.Add([psnoteproperty]::new('writeErrorStream', $true))
        $shell.Commands.Clear()
        $null = $shell.AddCommand('Out-Default').Invoke(@($thrown))
        $status = 1
    }
    $shell.Dispose()
    $runspace.Dispose()

    # Of an exit code, a system keeps eight bits.
    [Console]::Out.Write("`0$($status -band 255)`n")
    [Console]::Error.Write("`0")
}
