namespace WasmAspire.Observe;

/// <summary>How much telemetry a guest gave.</summary>
/// <param name="Spans">Spans made.</param>
/// <param name="FoldedCalls">Calls without a span of their own.</param>
/// <param name="Logs">Log records.</param>
/// <param name="Metrics">Measurements.</param>
/// <param name="Malformed">Calls of the API that made no sense: an exit without an enter, a pointer outside memory, a line that is no statsd.</param>
public readonly record struct ObserveSummary(long Spans, long FoldedCalls, long Logs, long Metrics, long Malformed);
