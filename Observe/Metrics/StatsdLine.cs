using System.Globalization;

namespace WasmAspire.Observe.Metrics;

/// <summary>A measurement in statsd's text form with DogStatsD's tags: <c>name:value|type|@rate|#key:value,key</c>.</summary>
/// <param name="Name">The instrument.</param>
/// <param name="Value">The number.</param>
/// <param name="HasSign">Whether the number is written with a sign: a change, for a gauge.</param>
/// <param name="Type"><c>c</c>, <c>g</c>, <c>ms</c>, <c>h</c> or <c>d</c>.</param>
/// <param name="Rate">The sample rate; 1 where none is given.</param>
/// <param name="Tags">The tags.</param>
internal sealed record StatsdLine(
    string Name,
    double Value,
    bool HasSign,
    string Type,
    double Rate,
    KeyValuePair<string, object?>[] Tags)
{
    private const int MaxTags = 16;

    /// <summary>Reads a line; null where it is not one.</summary>
    public static StatsdLine? Parse(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var parts = line[(colon + 1)..].Split('|');
        if (colon <= 0 || parts.Length < 2 || parts[0].Length == 0
            || !double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            || !double.IsFinite(value)
            || parts[1] is not ("c" or "g" or "ms" or "h" or "d"))
        {
            return null;
        }

        var rate = 1.0;
        KeyValuePair<string, object?>[] tags = [];
        foreach (var part in parts.Skip(2))
        {
            if (part.StartsWith('@'))
            {
                if (!double.TryParse(part[1..], NumberStyles.Float, CultureInfo.InvariantCulture, out rate) || rate is not (> 0 and <= 1))
                {
                    return null;
                }
            }
            else if (part.StartsWith('#'))
            {
                tags = ParseTags(part[1..]);
            }
        }

        return new StatsdLine(line[..colon], value, parts[0][0] is '+' or '-', parts[1], rate, tags);
    }

    private static KeyValuePair<string, object?>[] ParseTags(string text) =>
    [
        .. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Take(MaxTags)
            .Select(tag => tag.IndexOf(':', StringComparison.Ordinal) is var colon and > 0
                ? new KeyValuePair<string, object?>(tag[..colon], tag[(colon + 1)..])
                : new KeyValuePair<string, object?>(tag, "true")),
    ];
}
