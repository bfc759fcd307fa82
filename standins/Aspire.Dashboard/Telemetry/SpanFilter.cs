namespace Aspire.Dashboard.Telemetry;

/// <summary>Which spans to take; what is null does not matter.</summary>
internal sealed record SpanFilter(ResourceNames Resources, string? TraceId, bool? HasError, TextSearch Search)
{
    public bool Matches(StoredSpan span) =>
        Resources.Matches(span.Resource)
        && (TraceId is null || span.TraceId.StartsWith(TraceId, StringComparison.OrdinalIgnoreCase))
        && (HasError is null || span.IsError == HasError)
        && Search.Matches(span);
}
