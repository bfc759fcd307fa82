namespace Aspire.Dashboard.Telemetry;

/// <summary>A span by its ids; it may not be here.</summary>
internal readonly record struct SpanReference(string TraceId, string SpanId);
