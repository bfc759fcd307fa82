using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace WasmAspire.Observe.Spans;

/// <summary>The tags of one span, from the texts of <c>span-tags</c>: <c>key:value</c>, comma-separated.</summary>
internal sealed class SpanTags
{
    /// <summary>No more tags than this; the rest is counted.</summary>
    public const int MaxTags = 64;

    /// <summary>Characters of a key; a longer one is cut.</summary>
    public const int MaxKeyLength = 128;

    /// <summary>Characters of a value; a longer one is cut.</summary>
    public const int MaxValueLength = 1024;

    /// <summary>Bytes of all keys and values in UTF-8: with what the host adds, a span has at most 4 KB of attributes.</summary>
    public const int MaxLength = 3072;

    private readonly List<KeyValuePair<string, object?>> tags = new(4);
    private int length;
    private long dropped;

    /// <summary>
    /// Adds the tags of a text; the last value of a key counts. The first ':' ends the key, so a value may hold more; a tag
    /// without one is true. Values that read as a whole number, a number or a boolean are such.
    /// </summary>
    /// <returns>The same tags, or new ones; null where there is still none.</returns>
    public static SpanTags? Add(SpanTags? tags, ReadOnlySpan<char> text)
    {
        foreach (var range in text.Split(','))
        {
            var part = text[range].Trim();
            var colon = part.IndexOf(':');
            var key = (colon < 0 ? part : part[..colon]).TrimEnd();
            if (key.Length > 0)
            {
                tags ??= new SpanTags();
                tags.Set(GuestText.Cut(key, MaxKeyLength), colon < 0 ? true : ParseValue(part[(colon + 1)..].TrimStart()));
            }
        }

        return tags;
    }

    /// <summary>Puts them on a span.</summary>
    public void CopyTo(Activity activity)
    {
        foreach (var (key, value) in tags)
        {
            activity.SetTag(key, value);
        }

        if (dropped > 0)
        {
            activity.SetTag("wasm.tags.dropped", dropped);
        }
    }

    private void Set(string key, object value)
    {
        var known = tags.FindIndex(tag => tag.Key == key);
        var added = Length(key, value) - (known < 0 ? 0 : Length(key, tags[known].Value));
        if (length + added > MaxLength || (known < 0 && tags.Count == MaxTags))
        {
            dropped++;
            return;
        }

        length += added;
        if (known >= 0)
        {
            tags[known] = new(key, value);
        }
        else
        {
            tags.Add(new(key, value));
        }
    }

    private static int Length(string key, object? value) =>
        Encoding.UTF8.GetByteCount(key) + (value is string text ? Encoding.UTF8.GetByteCount(text) : sizeof(long));

    private static object ParseValue(ReadOnlySpan<char> value) => value switch
    {
        "true" => true,
        "false" => false,
        _ when long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
        _ when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        _ => GuestText.Cut(value, MaxValueLength),
    };
}
