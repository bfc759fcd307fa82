namespace WasmAspire.Observe.Calibration;

/// <summary>
/// What observing a call costs on this machine, as far as it is known: measured when the process first needs it, and again
/// in the seconds after, since code that has just begun to run is slower (2.3 times, here) until the runtime has compiled
/// it anew.
/// </summary>
internal sealed class CalibratedCost
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8)];
    private static readonly Lazy<CalibratedCost> Calibrated = new(Calibrate);

    private volatile HostCallCost now;

    public CalibratedCost(HostCallCost now) => this.now = now;

    /// <summary>Durations are taken as they are.</summary>
    public static CalibratedCost None { get; } = new(HostCallCost.None);

    /// <summary>The process's. Whoever asks first waits for the measurement; it takes a session that makes spans.</summary>
    public static CalibratedCost OfProcess => Calibrated.Value;

    /// <summary>The least that was measured so far: a cost that is too high would hide calls that are long.</summary>
    public HostCallCost Now => now;

    /// <summary>Takes a later measurement, unless it failed or the machine was busier.</summary>
    public void Refine(HostCallCost measured)
    {
        if (measured != HostCallCost.None && measured.Pair < now.Pair)
        {
            now = measured;
        }
    }

    private static CalibratedCost Calibrate()
    {
        var cost = new CalibratedCost(HostCallCalibration.Measure());

        // The first session's activity is not to be held for the seconds that this takes.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(cost.RefineAsync);
        }

        return cost;
    }

    private async Task RefineAsync()
    {
        foreach (var pause in Pauses)
        {
            await Task.Delay(pause);
            Refine(HostCallCalibration.Measure());
        }
    }
}
