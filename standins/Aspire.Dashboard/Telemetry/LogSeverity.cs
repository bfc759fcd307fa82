namespace Aspire.Dashboard.Telemetry;

/// <summary>The severities, by .NET's names, least first.</summary>
internal enum LogSeverity
{
    Unspecified,
    Trace,
    Debug,
    Information,
    Warning,
    Error,
    Critical,
}
