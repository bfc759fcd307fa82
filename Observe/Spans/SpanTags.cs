using System.Globalization;

namespace WasmAspire.Observe.Spans;

/// <summary>The text of <c>span-tags</c>: <c>key:value</c>, comma-separated.</summary>
internal static class SpanTags
{
    /// <summary>No more tags than this on a span; the rest is left out.</summary>
    public const int MaxTags = 64;

    /// <summary>No more characters of keys and values than this on a span; a tag that does not fit is left out.</summary>
    public const int MaxLength = 4096;

    /// <summary>
    /// Adds the tags of a text to those that a span has; the last value of a key counts. The first ':' ends the key, so a
    /// value may hold more; a tag without one is true. Values that read as a whole number, a number or a boolean are such.
    /// </summary>
    /// <param name="tags">The tags so far, or null.</param>
    /// <param name="text">From the guest.</param>
    /// <returns>The same list, or a new one; null where there is still no tag.</returns>
    public static List<KeyValuePair<string, object?>>? Add(List<KeyValuePair<string, object?>>? tags, string text)
    {
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            if (colon != 0)
            {
                tags ??= [];
                Set(tags, colon < 0 ? new(part, true) : new(part[..colon].TrimEnd(), ParseValue(part[(colon + 1)..].TrimStart())));
            }
        }

        return tags;
    }

    private static void Set(List<KeyValuePair<string, object?>> tags, KeyValuePair<string, object?> tag)
    {
        var known = -1;
        var length = Length(tag);
        for (var i = 0; i < tags.Count; i++)
        {
            if (tags[i].Key == tag.Key)
            {
                known = i;
            }
            else
            {
                length += Length(tags[i]);
            }
        }

        if (length > MaxLength)
        {
            return;
        }

        if (known >= 0)
        {
            tags[known] = tag;
        }
        else if (tags.Count < MaxTags)
        {
            tags.Add(tag);
        }
    }

    private static int Length(KeyValuePair<string, object?> tag) => tag.Key.Length + ((tag.Value as string)?.Length ?? 0);

    private static object ParseValue(string value) => value switch
    {
        "true" => true,
        "false" => false,
        _ when long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
        _ when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        _ => value,
    };
}
