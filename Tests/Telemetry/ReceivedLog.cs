using OpenTelemetry.Proto.Logs.V1;

namespace WasmAspire.Tests.Telemetry;

/// <summary>A log record as it came by OTLP.</summary>
internal sealed class ReceivedLog(string category, LogRecord record)
{
    /// <summary>The logger's category.</summary>
    public string Category => category;

    public string TraceId { get; } = ReceivedSpan.Hex(record.TraceId);

    public string SpanId { get; } = ReceivedSpan.Hex(record.SpanId);

    public string Severity => record.SeverityText;

    public string Body => record.Body.StringValue;

    /// <summary>The attributes as text.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; } = ReceivedSpan.Values(record.Attributes);
}
