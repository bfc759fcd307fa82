using WasmAspire.Observe.Gates;
using Wasmtime;

namespace WasmAspire.Observe.Spans;

/// <content>Hot functions: most of their calls pass a gate in the guest, and one now and then is seen here.</content>
internal sealed partial class SpanStack
{
    private readonly int modules;
    private SessionGates? gates;
    private long gatedAtEnd;

    // Counts what makes the own time of the calls that are open then say nothing of their functions: a gate was set, so
    // they have calls in it that nobody saw; or a call was too deep to be timed.
    private int generation;

    /// <summary>Calls that passed a gate, up to the last look at each.</summary>
    public long Gated => gates?.SkippedCalls ?? gatedAtEnd;

    /// <summary>From now on functions of this instance may be gated.</summary>
    public void Attach(Instance instance, int number, ObservedModule module)
    {
        gates ??= new SessionGates(modules, new GateRule(minimumTicks));
        gates.Add(instance, number, module);
    }

    /// <summary>Notes that a log line or a measurement has come.</summary>
    public void Hear()
    {
        SettleGrowth();
        TellGate();
    }

    /// <summary>Notes that the innermost function gave something of its own.</summary>
    private void TellGate()
    {
        if (gates is null || !enabled)
        {
            return;
        }

        if (deepCalls.IsTimed)
        {
            gates.Find(deepCalls.Newest.Module, deepCalls.Newest.Function)?.Tell();
        }
        else if (deepCalls.Open == 0 && InnermostCall() is >= 0 and var index)
        {
            gates.Find(frames[index].Module, frames[index].Function)?.Tell();
        }
    }

    private int InnermostCall()
    {
        var index = depth - 1;
        while (index >= 0 && frames[index].IsManual)
        {
            index--;
        }

        return index;
    }

    private void Judge(int module, int function, int begun, long start, double own, long now)
    {
        if (begun == generation && gates!.Find(module, function) is { } gate && gate.Judge(start, own, now))
        {
            generation++;
        }
    }

    private void EndGates(long now)
    {
        if (gates is null)
        {
            return;
        }

        gates.Look(now);
        gatedAtEnd = gates.SkippedCalls;
        if (gatedAtEnd > 0 && enabled && parent is { } activity)
        {
            maker.SetGated(activity, gates);
        }

        gates = null;
    }
}
