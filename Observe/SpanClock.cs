using System.Diagnostics;

namespace WasmAspire.Observe;

/// <summary>
/// A monotonic clock anchored to UTC at one moment. Spans of one run that take their times from one such clock lie within
/// each other, whatever happens to the system's clock meanwhile.
/// </summary>
public sealed class SpanClock
{
    private readonly long anchor;

    /// <summary>A clock that starts now.</summary>
    public SpanClock()
        : this(Stopwatch.GetTimestamp())
    {
    }

    /// <summary>A clock that started a moment ago.</summary>
    /// <param name="start">When: a <see cref="Stopwatch.GetTimestamp"/>.</param>
    public SpanClock(long start)
    {
        anchor = start;
        Start = DateTime.UtcNow - Stopwatch.GetElapsedTime(start);
    }

    /// <summary>When the clock started.</summary>
    public DateTime Start { get; }

    /// <summary>The time now.</summary>
    public DateTime UtcNow => ToUtc(Stopwatch.GetTimestamp());

    /// <summary>The time of a <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public DateTime ToUtc(long timestamp) => Start + Stopwatch.GetElapsedTime(anchor, timestamp);
}
