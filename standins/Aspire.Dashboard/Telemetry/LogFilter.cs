namespace Aspire.Dashboard.Telemetry;

/// <summary>Which log records to take; what is null does not matter. A severity means it or worse.</summary>
internal sealed record LogFilter(ResourceNames Resources, string? TraceId, LogSeverity Severity, TextSearch Search)
{
    public bool Matches(StoredLog log) =>
        Resources.Matches(log.Resource)
        && (TraceId is null || log.TraceId?.StartsWith(TraceId, StringComparison.OrdinalIgnoreCase) == true)
        && log.Severity >= Severity
        && Search.Matches(log);
}
