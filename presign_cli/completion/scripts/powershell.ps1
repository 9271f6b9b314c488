# PowerShell completion for presign. Generated: `make completions`.
Register-ArgumentCompleter -Native -CommandName presign -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text } })
    $rest = @($words | Select-Object -Skip 1)
    $env:_PRESIGN_COMPLETE = 'complete_powershell'
    try { $answer = @(& $words[0] @rest "=$wordToComplete" 2>$null) } finally { Remove-Item Env:_PRESIGN_COMPLETE }
    if ($answer[0] -eq 'files') {
        [System.Management.Automation.CompletionCompleters]::CompleteFilename($wordToComplete)
        return
    }
    $answer | Select-Object -Skip 1 | ForEach-Object {
        $value, $shown = $_ -split "`t", 2
        $text = if ($value -match '[\s''"`$;|&(){}<>@#,]') { "'" + $value.Replace("'", "''") + "'" } else { $value }
        [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $(if ($shown) { $shown } else { $value }))
    }
}
