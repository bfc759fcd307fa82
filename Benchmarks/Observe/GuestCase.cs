namespace WasmAspire.Benchmarks.Observe;

/// <summary>What a guest's calls meet.</summary>
internal enum GuestCase
{
    /// <summary>Callbacks that do nothing.</summary>
    EmptyCallbacks,

    /// <summary>A session that keeps no call: all are too short.</summary>
    Filtered,

    /// <summary>A session of a trace that is not sampled.</summary>
    TracingOff,

    /// <summary>A session that keeps each call.</summary>
    Kept,

    /// <summary>Log lines instead of calls.</summary>
    Log,
}
