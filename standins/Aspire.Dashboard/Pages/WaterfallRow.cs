using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Pages;

/// <summary>One line of the waterfall.</summary>
/// <param name="Span">The span.</param>
/// <param name="Depth">0 for a root.</param>
/// <param name="Position">Its place among its siblings, from 1.</param>
/// <param name="Siblings">How many they are, itself included.</param>
/// <param name="IsOrphan">It names a parent that is not here.</param>
/// <param name="Start">Where its bar begins, in percent of the trace's duration.</param>
/// <param name="Width">How wide its bar is, likewise.</param>
/// <param name="Logs">Where its log records are, likewise, with the worst severity at each place.</param>
internal sealed record WaterfallRow(
    StoredSpan Span, int Depth, int Position, int Siblings, bool IsOrphan, double Start, double Width, IReadOnlyList<(double At, LogSeverity Severity)> Logs);
