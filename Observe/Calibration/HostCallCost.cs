using System.Diagnostics;

namespace WasmAspire.Observe.Calibration;

/// <summary>
/// What observing a call costs the guest: the pair of host calls at its begin and end, in <see cref="Stopwatch"/> ticks.
/// </summary>
/// <param name="Pair">All of it.</param>
/// <param name="Inside">What of it lies between the two clock reads, and so in the call's own duration; the rest is in its caller's.</param>
internal sealed record HostCallCost(double Pair, double Inside)
{
    /// <summary>Nothing: durations are taken as they are.</summary>
    public static HostCallCost None { get; } = new(0, 0);

    /// <summary>The time a call took itself.</summary>
    /// <param name="duration">Its duration by the clock.</param>
    /// <param name="childTicks">The durations of the calls directly below it.</param>
    /// <param name="children">How many of these were observed by a pair of host calls.</param>
    public double Own(long duration, long childTicks, long children) =>
        Math.Max(0, duration - childTicks - Inside - (children * (Pair - Inside)));

    /// <summary>What a call would have taken unobserved.</summary>
    /// <param name="duration">Its duration by the clock.</param>
    /// <param name="calls">Observed calls below it, at all levels.</param>
    public double Net(long duration, long calls) => Math.Max(0, duration - Inside - (calls * Pair));
}
