using System.Globalization;

namespace WasmAspire.Observe.Metrics;

/// <summary>What follows the type of a statsd line, read.</summary>
/// <param name="Rate">The sample rate; 1 where none is given.</param>
/// <param name="Tags">The tags in order of their keys, each key once.</param>
/// <param name="TooMuch">Whether there are more tags than are taken.</param>
internal sealed record StatsdTail(double Rate, KeyValuePair<string, string>[] Tags, bool TooMuch)
{
    /// <summary>Tags of a measurement.</summary>
    public const int MaxTags = 16;

    /// <summary>Characters of all tags of a measurement: an instrument keeps 100 sets of them, a node 200 instruments.</summary>
    public const int MaxLength = 512;

    /// <summary>Reads the text; null where the sample rate makes no sense. Fields of other kinds are of newer versions, and skipped.</summary>
    public static StatsdTail? Parse(ReadOnlySpan<char> text)
    {
        var rate = 1.0;
        ReadOnlySpan<char> tags = default;
        foreach (var range in text.Split('|'))
        {
            var field = text[range];
            if (field.StartsWith('@'))
            {
                if (!double.TryParse(field[1..], NumberStyles.Float, CultureInfo.InvariantCulture, out rate) || rate is not (> 0 and <= 1))
                {
                    return null;
                }
            }
            else if (field.StartsWith('#'))
            {
                tags = field[1..];
            }
        }

        // Refused and not cut: with a tag less, a measurement would count for something else.
        return tags.Length > MaxLength || tags.Count(',') >= MaxTags
            ? new StatsdTail(rate, [], TooMuch: true)
            : new StatsdTail(rate, ParseTags(tags), TooMuch: false);
    }

    private static KeyValuePair<string, string>[] ParseTags(ReadOnlySpan<char> text)
    {
        var tags = new SortedList<string, string>(StringComparer.Ordinal);
        foreach (var range in text.Split(','))
        {
            var tag = text[range].Trim();
            var colon = tag.IndexOf(':');
            if (colon > 0)
            {
                tags[tag[..colon].ToString()] = tag[(colon + 1)..].ToString();
            }
            else if (tag.Length > 0)
            {
                tags[tag.ToString()] = "true";
            }
        }

        return [.. tags];
    }
}
