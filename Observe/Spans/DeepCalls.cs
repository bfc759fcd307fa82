using System.Diagnostics;

namespace WasmAspire.Observe.Spans;

/// <summary>
/// Open calls too deep for a span: timed, so that their functions can be judged, and else only counted. It grows on
/// demand, up to a bound.
/// </summary>
internal sealed class DeepCalls
{
    /// <summary>Calls nested deeper are not timed.</summary>
    public const int MaxTimed = 16_384;

    private DeepCall[] calls = [];
    private long open;
    private int timed;

    /// <summary>All that are open.</summary>
    public long Open => open;

    /// <summary>Whether the newest is timed.</summary>
    public bool IsTimed => open > 0 && open == timed;

    /// <summary>The newest, where it is timed.</summary>
    public ref DeepCall Newest => ref calls[timed - 1];

    /// <summary>Opens a call.</summary>
    /// <returns>Whether it is timed; where not, the time that it takes is in that of the calls above it.</returns>
    public bool Push(int module, int function, int generation)
    {
        if (open++ > timed || timed == MaxTimed)
        {
            return false;
        }

        if (timed == calls.Length)
        {
            Array.Resize(ref calls, Math.Max(64, 2 * timed));
        }

        ref var call = ref calls[timed++];
        call = new DeepCall { Module = module, Function = function, Generation = generation, Start = Stopwatch.GetTimestamp() };
        return true;
    }

    /// <summary>Closes the newest.</summary>
    public void Pop()
    {
        if (IsTimed)
        {
            timed--;
        }

        open--;
    }

    public void Clear()
    {
        open = timed = 0;
    }
}
