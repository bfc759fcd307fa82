using System.Diagnostics;
using System.Globalization;
using WasmAspire.Jobs;

namespace WasmAspire.ComputeNode.Execution;

/// <summary>When a guest must end. It looks here at each epoch and whenever it wakes from a sleep.</summary>
internal sealed class GuestDeadline
{
    private readonly double timeoutSeconds;
    private readonly long deadline;
    private readonly CancellationToken nodeStopping;

    /// <param name="timeoutSeconds">Wall time from now on.</param>
    /// <param name="nodeStopping">Set when the node stops.</param>
    public GuestDeadline(double timeoutSeconds, CancellationToken nodeStopping)
    {
        this.timeoutSeconds = timeoutSeconds;
        this.nodeStopping = nodeStopping;
        deadline = Stopwatch.GetTimestamp() + (long)(timeoutSeconds * Stopwatch.Frequency);
    }

    /// <summary>Throws if the guest must end.</summary>
    /// <exception cref="GuestStoppedException">It must.</exception>
    public void Check()
    {
        if (nodeStopping.IsCancellationRequested)
        {
            throw new GuestStoppedException(reason: null, "The node stops.");
        }

        if (Stopwatch.GetTimestamp() >= deadline)
        {
            throw new GuestStoppedException(JobReason.Timeout, string.Create(CultureInfo.InvariantCulture, $"The job ran longer than {timeoutSeconds} s; limits.timeoutSeconds may be raised to 3600."));
        }
    }

    /// <summary>Lets the guest sleep, at most so long; a deadline or a stop ends it at once.</summary>
    /// <exception cref="GuestStoppedException">The guest must end.</exception>
    public void Sleep(TimeSpan duration)
    {
        var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), deadline);
        var wait = duration < left ? duration : left;
        if (wait > TimeSpan.Zero)
        {
            // Whole milliseconds upwards: a wait that rounds to 0 would spin.
            nodeStopping.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)));
        }

        Check();
    }
}
