using System.Diagnostics;
using WasmAspire.Wasm;
using Wasmtime;

namespace WasmAspire.Observe.Gates;

/// <summary>
/// The gate of one function of one instance, and what is known of its calls. While the gate stands above 0, the function's
/// calls take 1 from it each and are not seen. So a call that is seen comes when the number that was set is used up.
/// </summary>
internal sealed class FunctionGate(Instance instance, int module, int function, GateRule rule)
{
    // A guest that writes its gate can make calls up, a thousand million at a time: the sum of all functions is a number
    // all the same.
    private const long MaxCalls = long.MaxValue / SessionGates.MaxFunctions;

    private Global.Accessor<int>? gate;
    private bool missing;

    // Of the calls seen since the rule last turned the function down.
    private long seen;
    private double ownTicks;
    private bool told;

    // The number last set, when, and what is not known to be used up of it; 0 while all calls are seen.
    private int window;
    private long windowStart;
    private int unused;

    /// <summary>The number of the module in the run.</summary>
    public int Module => module;

    /// <summary>The function's index in its module.</summary>
    public int Function => function;

    /// <summary>Calls that were not seen, up to the last look at the gate.</summary>
    public long SkippedCalls { get; private set; }

    /// <summary>
    /// An estimate of their own time, in <see cref="Stopwatch"/> ticks: each as long as the mean of those seen, and a window
    /// no longer than it lasted.
    /// </summary>
    public double SkippedTicks { get; private set; }

    private double MeanTicks => seen == 0 ? 0 : ownTicks / seen;

    /// <summary>Notes that a call gave something of its own.</summary>
    public void Tell() => told = true;

    /// <summary>Judges a call that was seen and has ended, and sets the gate where the function is hot.</summary>
    /// <param name="start">When it began, as a timestamp.</param>
    /// <param name="own">Its own time, in ticks.</param>
    /// <param name="now">The time now, as a timestamp.</param>
    /// <returns>Whether the gate was set.</returns>
    public bool Judge(long start, double own, long now)
    {
        seen++;
        ownTicks += own;
        return window > 0 ? JudgeHot(start, own, now) : seen >= GateRule.SampledCalls && JudgeSampled(now);
    }

    /// <summary>Lets no call be seen, as far as a gate can.</summary>
    public void SkipAll(long now)
    {
        Look(now);
        Set(int.MaxValue, now);
    }

    /// <summary>
    /// Counts the calls that took from the gate since the last look at it. Where the store is gone nobody knows, and none
    /// is counted. A guest that writes its gate counts no more calls than were set.
    /// </summary>
    /// <param name="now">When the last of them may have ended, as a timestamp.</param>
    public void Look(long now)
    {
        if (unused == 0)
        {
            return;
        }

        try
        {
            var left = Math.Clamp(gate!.GetValue(), 0, unused);
            SkippedCalls = Math.Min(SkippedCalls + unused - left, MaxCalls);
            SkippedTicks += Math.Min((unused - left) * MeanTicks, now - windowStart);
            unused = left;
        }
        catch (ObjectDisposedException)
        {
            unused = 0;
        }
    }

    private bool JudgeSampled(long now)
    {
        if (!told && rule.IsFast(MeanTicks) && Set(GateRule.FirstWindow(MeanTicks), now))
        {
            return true;
        }

        StartAnew();
        return false;
    }

    private bool JudgeHot(long start, double own, long now)
    {
        Look(start);
        if (unused > 0)
        {
            // A call of another instance of the module, or a guest that writes its gate.
            return false;
        }

        if (!told && rule.IsFast(own) && Set(GateRule.NextWindow(window, MeanTicks, (start - windowStart) / (double)window), now))
        {
            return true;
        }

        StartAnew();
        return false;
    }

    private bool Set(int calls, long now)
    {
        try
        {
            gate ??= missing ? null : Find();
            gate?.SetValue(calls);
        }
        catch (ObjectDisposedException)
        {
            // The host has attached an instance of another store, which is gone.
            gate = null;
        }

        missing = gate is null;
        if (missing)
        {
            return false;
        }

        (window, windowStart, unused) = (calls, now, calls);
        return true;
    }

    private Global.Accessor<int>? Find() =>
        instance.GetGlobal(ObserveAbi.GateName(function)) is { Kind: ValueKind.Int32 } global && global.Mutability == Mutability.Mutable
            ? global.Wrap<int>()
            : null;

    private void StartAnew()
    {
        (seen, ownTicks, told, window) = (0, 0, false, 0);
    }
}
