# Set up, run and test Wenbao from a checkout on Windows: packaging\dev.ps1 run | test | check | build
param([string]$Command = "help", [Parameter(ValueFromRemainingArguments = $true)][string[]]$Words = @())

$ErrorActionPreference = "Stop"
$root = Split-Path -Parent $PSScriptRoot
Set-Location $root
$venv = if ($env:WENBAO_VENV) { $env:WENBAO_VENV } else { Join-Path $root ".venv" }
$python = Join-Path $venv "Scripts\python.exe"
$constraints = "packaging\constraints.txt"
$env:PYTHONUTF8 = "1"

function Invoke-Checked([string]$Program, [string[]]$Arguments) {
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}

function Find-Python {
    $test = "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))"
    $candidates = @(@("py", "-3.13"), @("py", "-3.12"), @("py", "-3.11"), @("python"), @("python3"))
    if ($env:PYTHON) { $candidates = , @($env:PYTHON) }
    foreach ($candidate in $candidates) {
        if (-not (Get-Command $candidate[0] -ErrorAction SilentlyContinue)) { continue }
        $rest = @($candidate | Select-Object -Skip 1)
        & $candidate[0] @rest -c $test 2>$null
        if ($LASTEXITCODE -eq 0) { return , $candidate }
    }
    Write-Error "Python 3.11, 3.12 or 3.13 is needed. Install one, or set PYTHON to its python.exe."
    exit 1
}

function Initialize-Environment([string]$Extras) {
    if (-not (Test-Path $python)) {
        $found = Find-Python
        $rest = @($found | Select-Object -Skip 1)
        Write-Host "Making $venv"
        Invoke-Checked $found[0] ($rest + @("-m", "venv", $venv))
    }
    $mark = Join-Path $venv (".wenbao-set-up-" + $Extras)
    $wanted = ((Get-FileHash pyproject.toml).Hash, (Get-FileHash $constraints).Hash, $root) -join " "
    if (-not (Test-Path $mark) -or ((Get-Content $mark -Raw).Trim() -ne $wanted)) {
        Write-Host "Installing Wenbao and what it needs (a few minutes the first time)"
        $pip = @("-m", "pip", "--disable-pip-version-check", "-q", "install", "-c", $constraints)
        $target = if ($Extras) { ".[$Extras]" } else { "." }
        Invoke-Checked $python ($pip + @("hatchling", "babel", "editables"))
        Invoke-Checked $python ($pip + @("--no-build-isolation", "-e", $target))
        Set-Content $mark $wanted
    }
    Invoke-Checked $python @("packaging\catalogues.py", "resources\i18n")
}

switch ($Command) {
    "run" {
        Initialize-Environment ""
        if ($Words.Count -eq 0) { $Words = @("demo") }
        Invoke-Checked $python (@("-m", "planner") + $Words)
    }
    "test" {
        Initialize-Environment "test,lint"
        if ($Words.Count -eq 0) { $Words = @("-n", "auto", "--dist", "loadfile", "-q") }
        Invoke-Checked $python (@("-m", "pytest") + $Words)
    }
    "check" {
        Initialize-Environment "test,lint"
        foreach ($tool in @(@("ruff", "check", "."), @("ruff", "format", "--check", "."), @("mypy"))) {
            Invoke-Checked $python (@("-m") + $tool)
        }
        Invoke-Checked (Join-Path $venv "Scripts\lint-imports.exe") @()
    }
    "build" {
        Initialize-Environment "packaging"
        Invoke-Checked $python (@("packaging\build.py") + $Words)
    }
    "wheel" {
        Initialize-Environment "packaging"
        Invoke-Checked $python (@("packaging\wheel.py") + $Words)
    }
    default {
        Write-Host "packaging\dev.ps1 run [WORDS] | test [WORDS] | check | build | wheel"
    }
}
