namespace WasmAspire.Cli.Lint;

/// <summary>How much a finding matters.</summary>
internal enum FindingLevel
{
    /// <summary>Good to know.</summary>
    Info,

    /// <summary>Telemetry will be missing or wrong.</summary>
    Warning,
}
