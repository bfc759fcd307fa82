using System.Diagnostics;

namespace WasmAspire.Observe.Logs;

/// <summary>How many lines a session may log: so many a second, as many at once after a pause (a token bucket), and so many in all.</summary>
/// <param name="perSecond">Lines a second, and at once.</param>
/// <param name="total">Lines in all.</param>
/// <param name="start">The time, as a <see cref="Stopwatch.GetTimestamp"/>.</param>
internal sealed class LogBudget(int perSecond, int total, long start)
{
    private double places = perSecond;
    private long last = start;
    private long left = total;

    /// <summary>Lines refused so far.</summary>
    public long Dropped { get; private set; }

    /// <summary>Takes the place of one line, if there is one.</summary>
    /// <param name="now">The time, as a <see cref="Stopwatch.GetTimestamp"/>.</param>
    public bool TryTake(long now)
    {
        places = Math.Min(perSecond, places + (Stopwatch.GetElapsedTime(last, now).TotalSeconds * perSecond));
        last = now;
        if (places < 1 || left <= 0)
        {
            Dropped++;
            return false;
        }

        places--;
        left--;
        return true;
    }
}
