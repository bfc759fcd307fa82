using System.Diagnostics;
using System.Globalization;
using WasmAspire.ComputeNode.Slots;
using WasmAspire.Jobs;

namespace WasmAspire.ComputeNode.Execution;

/// <summary>When a guest must end. It looks here at each epoch and whenever it wakes from a sleep.</summary>
internal sealed class GuestDeadline
{
    private readonly double timeoutSeconds;
    private readonly long deadline;
    private readonly RunningJob job;
    private readonly EpochTicker ticker;
    private int ticks;

    /// <param name="timeoutSeconds">Wall time from now on.</param>
    /// <param name="job">The job, which may be stopped.</param>
    /// <param name="ticker">The node's ticker.</param>
    public GuestDeadline(double timeoutSeconds, RunningJob job, EpochTicker ticker)
    {
        this.ticker = ticker;
        this.timeoutSeconds = timeoutSeconds;
        this.job = job;
        deadline = Stopwatch.GetTimestamp() + (long)(timeoutSeconds * Stopwatch.Frequency);
    }

    /// <summary>Throws if the guest must end.</summary>
    /// <exception cref="GuestStoppedException">It must.</exception>
    public void Check()
    {
        job.ThrowIfStopping();
        if (Stopwatch.GetTimestamp() >= deadline)
        {
            throw new GuestStoppedException(JobReason.Timeout, string.Create(CultureInfo.InvariantCulture, $"The job ran longer than {timeoutSeconds} s; limits.timeoutSeconds may be raised to 3600."));
        }
    }

    /// <summary><see cref="Check"/>, once a tick: for where it is called very often.</summary>
    /// <exception cref="GuestStoppedException">The guest must end.</exception>
    public void CheckNowAndThen()
    {
        if (ticks != ticker.Ticks)
        {
            ticks = ticker.Ticks;
            Check();
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
            job.Stopping.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)));
        }

        Check();
    }
}
