using System.Globalization;

namespace WasmAspire.Observe.Metrics;

/// <summary>
/// The tag sets of an instrument, found by a line's text: a text seen before is not read again. Of a set that a guest writes in many
/// ways, some are remembered and the others read each time.
/// </summary>
/// <param name="rateIsTag">Whether measurements of different sample rates are told apart: by an attribute.</param>
internal sealed class TagSets(bool rateIsTag)
{
    /// <summary>The attribute that a sample rate becomes.</summary>
    public const string RateAttribute = "statsd.sample_rate";

    private const int MaxKnownTails = 2 * GuestMetrics.MaxTagSets;
    private const int MaxKnownTailLength = 256;

    private readonly Dictionary<string, TagSet> sets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (TagSet Set, double Rate)> tails = new(StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<TagSet> All => sets.Values;

    /// <summary>The tag set of a line with this tail, and its sample rate.</summary>
    /// <returns>False where the tail makes no sense; the set is null where there are too many, or it is too large.</returns>
    public bool TryFind(ReadOnlySpan<char> tail, out TagSet? set, out double rate)
    {
        if (tails.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(tail, out var known))
        {
            (set, rate) = known;
            return true;
        }

        (set, rate) = (null, 1);
        if (StatsdTail.Parse(tail) is not { } parsed)
        {
            return false;
        }

        rate = parsed.Rate;
        set = parsed.TooMuch ? null : FindOrAdd(parsed);
        if (set is not null && tails.Count < MaxKnownTails && tail.Length <= MaxKnownTailLength)
        {
            tails.Add(tail.ToString(), (set, rate));
        }

        return true;
    }

    private TagSet? FindOrAdd(StatsdTail tail)
    {
        var rate = rateIsTag && tail.Rate < 1 ? tail.Rate : 1;
        // Neither ',' nor '|' can be in a tag, and no ':' in a key, so the text is the set's alone.
        var key = string.Create(CultureInfo.InvariantCulture, $"{string.Join(',', tail.Tags.Select(tag => $"{tag.Key}:{tag.Value}"))}|{rate}");
        if (sets.TryGetValue(key, out var known) || sets.Count == GuestMetrics.MaxTagSets)
        {
            return known;
        }

        List<KeyValuePair<string, object?>> attributes = [.. tail.Tags.Select(tag => new KeyValuePair<string, object?>(tag.Key, tag.Value))];
        if (rate < 1)
        {
            attributes.RemoveAll(attribute => attribute.Key == RateAttribute);
            attributes.Add(new(RateAttribute, rate));
        }

        return sets[key] = new TagSet([.. attributes]);
    }
}
