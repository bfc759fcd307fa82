using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Pages;

/// <summary>How a log record's severity shows.</summary>
internal static class Severities
{
    /// <summary>A class of the style sheet.</summary>
    public static string Class(LogSeverity severity) => severity switch
    {
        LogSeverity.Error or LogSeverity.Critical => "severity-error",
        LogSeverity.Warning => "severity-warning",
        LogSeverity.Information => "severity-information",
        _ => "severity-debug",
    };

    public static string Name(LogSeverity severity) => severity == LogSeverity.Unspecified ? "No severity" : severity.ToString();
}
