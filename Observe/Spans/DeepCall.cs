using System.Diagnostics;

namespace WasmAspire.Observe.Spans;

/// <summary>An open call too deep for a span.</summary>
internal struct DeepCall
{
    /// <summary>The number of its module in the run.</summary>
    public int Module;

    /// <summary>Its function.</summary>
    public int Function;

    /// <summary>How many gates had been set at its begin.</summary>
    public int Generation;

    /// <summary><see cref="Stopwatch.GetTimestamp"/> at its begin.</summary>
    public long Start;

    /// <summary>The time of the calls directly below it, in <see cref="Stopwatch"/> ticks.</summary>
    public long ChildTicks;

    /// <summary>How many calls directly below it were observed.</summary>
    public long Children;
}
