using OpenTelemetry.Proto.Trace.V1;

namespace Aspire.Dashboard.Telemetry;

/// <summary>A span as it came, with what the pages ask of it. Never changes.</summary>
internal sealed class StoredSpan(Span message, StoredResource resource, StoredScope scope)
{
    private string? displayName;

    public Span Message => message;

    public StoredResource Resource => resource;

    public StoredScope Scope => scope;

    public string TraceId { get; } = Convert.ToHexStringLower(message.TraceId.Span);

    public string SpanId { get; } = Convert.ToHexStringLower(message.SpanId.Span);

    /// <summary>Null for a root.</summary>
    public string? ParentSpanId { get; } = message.ParentSpanId.IsZero() ? null : Convert.ToHexStringLower(message.ParentSpanId.Span);

    public string Name => message.Name;

    /// <summary>The name on the pages: what a client, producer or consumer span does, by its attributes.</summary>
    public string DisplayName => displayName ??= SpanSummary.Of(message);

    /// <summary>Nanoseconds since 1970.</summary>
    public ulong Start => message.StartTimeUnixNano;

    /// <summary>Never before the start, whatever the clock of the sender did.</summary>
    public ulong End => Math.Max(message.StartTimeUnixNano, message.EndTimeUnixNano);

    public ulong Duration => End - Start;

    public bool IsError => message.Status?.Code == Status.Types.StatusCode.Error;
}
