namespace WasmAspire.Observe.Metrics;

/// <summary>
/// A measurement in statsd's text form with DogStatsD's additions: <c>name:value|type|@rate|#key:value,key</c>. Only taken
/// apart here; what the parts say is for the instrument to judge.
/// </summary>
internal readonly ref struct StatsdLine
{
    private StatsdLine(ReadOnlySpan<char> name, ReadOnlySpan<char> values, InstrumentKind kind, bool isTime, ReadOnlySpan<char> tail)
    {
        Name = name;
        Values = values;
        Kind = kind;
        IsTime = isTime;
        Tail = tail;
    }

    /// <summary>The instrument, as the guest wrote it. Never empty.</summary>
    public ReadOnlySpan<char> Name { get; }

    /// <summary>One value, or several with ':' between them (DogStatsD 1.1); a set's is always one.</summary>
    public ReadOnlySpan<char> Values { get; }

    /// <summary>The instrument's kind.</summary>
    public InstrumentKind Kind { get; }

    /// <summary>Whether the values are milliseconds.</summary>
    public bool IsTime { get; }

    /// <summary>Sample rate, tags and whatever else follows the type.</summary>
    public ReadOnlySpan<char> Tail { get; }

    /// <summary>How many measurements the line is.</summary>
    public int Count => Kind == InstrumentKind.Set ? 1 : Values.Count(':') + 1;

    /// <summary>Takes a line apart; false where it is none.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out StatsdLine line)
    {
        line = default;
        var colon = text.IndexOf(':');
        var rest = text[(colon + 1)..];
        var bar = rest.IndexOf('|');
        if (colon <= 0 || bar <= 0)
        {
            return false;
        }

        var type = rest[(bar + 1)..];
        var end = type.IndexOf('|');
        var tail = end < 0 ? default : type[(end + 1)..];
        type = end < 0 ? type : type[..end];
        if (KindOf(type) is not { } kind)
        {
            return false;
        }

        line = new StatsdLine(text[..colon], rest[..bar], kind, type is "ms", tail);
        return true;
    }

    private static InstrumentKind? KindOf(ReadOnlySpan<char> type) => type switch
    {
        "c" => InstrumentKind.Counter,
        "g" => InstrumentKind.Gauge,
        "ms" or "h" or "d" => InstrumentKind.Histogram,
        "s" => InstrumentKind.Set,
        _ => null,
    };
}
