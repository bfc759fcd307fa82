namespace Aspire.Dashboard.Telemetry;

/// <summary>Which traces to take: those with a span of these resources, with or without errors, as long, and with a span that has the text.</summary>
internal sealed record TraceFilter(ResourceNames Resources, bool? HasError, ulong MinDuration, TextSearch Search)
{
    public bool Matches(TraceSummary summary) =>
        summary.Resources.Any(share => Resources.Matches(share.Resource))
        && (HasError is null || summary.ErrorCount > 0 == HasError)
        && summary.Duration >= MinDuration;
}
