using System.Diagnostics;

namespace WasmAspire.Observe.Gates;

/// <summary>When a function is hot, and how many of its calls are skipped then. Times are <see cref="Stopwatch"/> ticks.</summary>
/// <param name="minimumDuration">From which duration on a call is a span.</param>
internal sealed class GateRule(long minimumDuration)
{
    /// <summary>So many calls are seen before a function is judged.</summary>
    public const int SampledCalls = 256;

    private const int FirstCalls = 256;

    // What a window may hide.
    private static readonly double MaxWindowTicks = Stopwatch.Frequency / 100.0;
    private static readonly double MinCallTicks = Stopwatch.Frequency / 1e9;

    private readonly double fastTicks = minimumDuration / 10.0;

    /// <summary>Whether calls of this own time are not worth a look each: a tenth of a span's, so that the odd one is no span either.</summary>
    public bool IsFast(double own) => own < fastTicks;

    /// <summary>How many calls to skip at first.</summary>
    public static int FirstWindow(double meanOwn) => Bounded(FirstCalls, meanOwn);

    /// <summary>How many calls to skip after a window that was followed by a fast call.</summary>
    /// <param name="last">How many that window skipped.</param>
    /// <param name="meanOwn">The mean own time of the calls seen.</param>
    /// <param name="meanWall">The time that passed for each call of that window.</param>
    public static int NextWindow(int last, double meanOwn, double meanWall) => Bounded(2.0 * last, Math.Max(meanOwn, meanWall));

    private static int Bounded(double calls, double ticksEach) =>
        (int)Math.Clamp(Math.Min(calls, MaxWindowTicks / Math.Max(ticksEach, MinCallTicks)), 1, int.MaxValue);
}
