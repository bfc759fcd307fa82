using System.Diagnostics;

namespace WasmAspire.Benchmarks.Observe;

/// <summary>What two reads of the monotonic clock cost.</summary>
internal sealed class ClockReads
{
    private long sink;

    /// <summary>The best round, for two reads.</summary>
    public double Nanoseconds { get; private set; } = double.MaxValue;

    public void Measure(int pairs)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < pairs; i++)
        {
            sink += Stopwatch.GetTimestamp();
            sink -= Stopwatch.GetTimestamp();
        }

        Nanoseconds = Math.Min(Nanoseconds, Stopwatch.GetElapsedTime(started).TotalNanoseconds / pairs);
        GC.KeepAlive(sink);
    }
}
