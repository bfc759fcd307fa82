using OpenTelemetry.Proto.Logs.V1;

namespace Aspire.Dashboard.Telemetry;

/// <summary>A log record as it came, with what the pages ask of it. Never changes.</summary>
internal sealed class StoredLog(LogRecord message, StoredResource resource, StoredScope scope, long bytes)
{
    public LogRecord Message => message;

    public StoredResource Resource => resource;

    public StoredScope Scope => scope;

    /// <summary>What it counts for in the store's bytes.</summary>
    public long Bytes => bytes;

    /// <summary>Null outside of any trace.</summary>
    public string? TraceId { get; } = message.TraceId.IsTraceId() ? Convert.ToHexStringLower(message.TraceId.Span) : null;

    public string? SpanId { get; } = message.SpanId.IsSpanId() ? Convert.ToHexStringLower(message.SpanId.Span) : null;

    /// <summary>Nanoseconds since 1970; when it was seen, where nobody said when it happened.</summary>
    public ulong Time => message.TimeUnixNano != 0 ? message.TimeUnixNano : message.ObservedTimeUnixNano;

    public LogSeverity Severity { get; } = SeverityOf((int)message.SeverityNumber);

    public string Body => message.Body.Text();

    /// <summary>OTLP has four numbers a severity.</summary>
    private static LogSeverity SeverityOf(int number) =>
        number is < 1 or > 24 ? LogSeverity.Unspecified : (LogSeverity)(((number - 1) / 4) + 1);
}
