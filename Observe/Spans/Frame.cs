using System.Diagnostics;

namespace WasmAspire.Observe.Spans;

/// <summary>One open call or span of the guest. It costs two clock reads; it becomes an Activity only once it is known to be kept.</summary>
internal struct Frame
{
    /// <summary>The number of its module in the run.</summary>
    public int Module;

    /// <summary>The function of an automatic frame; -1 for a manual span.</summary>
    public int Function;

    /// <summary>The name of a manual span; null for an automatic frame.</summary>
    public string? Name;

    /// <summary><see cref="Stopwatch.GetTimestamp"/> at its begin.</summary>
    public long Start;

    /// <summary>Fuel left at its begin, where fuel is measured.</summary>
    public ulong Fuel;

    /// <summary>The time of the calls directly below it, in <see cref="Stopwatch"/> ticks.</summary>
    public long ChildTicks;

    /// <summary>How many calls and spans of the guest were directly below it.</summary>
    public long Children;

    /// <summary>How many were below it at all levels.</summary>
    public long CallsBelow;

    /// <summary>How often gates had been set at its begin.</summary>
    public int Generation;

    /// <summary>The span, once made.</summary>
    public Activity? Activity;

    /// <summary>Tags, once there is one.</summary>
    public SpanTags? Tags;

    /// <summary>Calls below it that have no span, once there is one.</summary>
    public FoldTable? Folds;

    /// <summary>Pages that memory grew by while this was the innermost frame.</summary>
    public long GrownPages;

    public readonly bool IsManual => Name is not null;

    /// <summary>Whether it becomes a span however short it is.</summary>
    public readonly bool MustKeep => Activity is not null || Tags is not null || GrownPages > 0;

    /// <summary>What its calls are counted under when it is folded.</summary>
    public readonly FoldKey Key => new(Module, Function, Name);
}
