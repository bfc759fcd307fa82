namespace WasmAspire.Observe.Metrics;

/// <summary>What an instrument is. A name keeps the first kind it is given.</summary>
internal enum InstrumentKind
{
    /// <summary>statsd's <c>c</c>: a sum of what is added, never negative.</summary>
    Counter,

    /// <summary>statsd's <c>g</c>: the last value, given as such or as a change.</summary>
    Gauge,

    /// <summary>statsd's <c>ms</c>, <c>h</c> and <c>d</c>: how values are distributed. Only the unit tells them apart.</summary>
    Histogram,

    /// <summary>statsd's <c>s</c>: how many different values there were since the last look.</summary>
    Set,
}
