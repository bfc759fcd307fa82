namespace WasmAspire.Observe;

/// <summary>How much telemetry a guest gave.</summary>
/// <param name="Spans">Spans made.</param>
/// <param name="FoldedCalls">Calls without a span of their own.</param>
/// <param name="Logs">Log lines, without dropped ones.</param>
/// <param name="Metrics">Measurements recorded.</param>
/// <param name="Malformed">Calls of the API that made no sense: an exit without an enter, a pointer outside memory, a line that is no statsd.</param>
/// <param name="DroppedLogs">Log lines over the limits on their rate or number (<see cref="ObserveOptions.MaxLogs"/>).</param>
/// <param name="DroppedMetrics">Measurements over the limits on names, instruments or tags (<see cref="GuestMetrics"/>).</param>
/// <param name="GatedCalls">
/// Calls of hot functions that were counted and not seen (<see cref="ObserveOptions.Gates"/>): exact once the session is
/// completed, before that up to the last look at each function's gate.
/// </param>
public readonly record struct ObserveSummary(
    long Spans,
    long FoldedCalls,
    long Logs,
    long Metrics,
    long Malformed,
    long DroppedLogs,
    long DroppedMetrics,
    long GatedCalls);
