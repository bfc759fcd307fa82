using System.Globalization;

namespace WasmAspire.Observe.Spans;

/// <summary>The text of <c>span-tags</c>: <c>key:value</c>, comma-separated.</summary>
internal static class SpanTags
{
    /// <summary>No more tags than this on a span; the rest is left out.</summary>
    public const int MaxTags = 64;

    /// <summary>
    /// Adds the tags of a text. The first ':' ends the key, so a value may hold more; a tag without one is true. Values
    /// that read as a whole number, a number or a boolean are such.
    /// </summary>
    public static void Parse(string text, List<KeyValuePair<string, object?>> tags)
    {
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (tags.Count == MaxTags)
            {
                return;
            }

            var colon = part.IndexOf(':', StringComparison.Ordinal);
            if (colon != 0)
            {
                tags.Add(colon < 0 ? new(part, true) : new(part[..colon].TrimEnd(), ParseValue(part[(colon + 1)..].TrimStart())));
            }
        }
    }

    private static object ParseValue(string value) => value switch
    {
        "true" => true,
        "false" => false,
        _ when long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
        _ when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        _ => value,
    };
}
