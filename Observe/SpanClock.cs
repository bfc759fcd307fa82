using System.Diagnostics;

namespace WasmAspire.Observe;

/// <summary>
/// A monotonic clock anchored to UTC when it is made. Spans of one run that take their times from one such clock lie
/// within each other, whatever happens to the system's clock meanwhile.
/// </summary>
public sealed class SpanClock
{
    private readonly long anchor = Stopwatch.GetTimestamp();

    /// <summary>When the clock was made.</summary>
    public DateTime Start { get; } = DateTime.UtcNow;

    /// <summary>The time now.</summary>
    public DateTime UtcNow => ToUtc(Stopwatch.GetTimestamp());

    /// <summary>The time of a <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public DateTime ToUtc(long timestamp) => Start + Stopwatch.GetElapsedTime(anchor, timestamp);
}
