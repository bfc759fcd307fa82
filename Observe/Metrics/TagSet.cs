namespace WasmAspire.Observe.Metrics;

/// <summary>One set of tags of an instrument, with what the instrument must remember of it.</summary>
/// <param name="tags">The attributes of its measurements.</param>
internal sealed class TagSet(KeyValuePair<string, object?>[] tags)
{
    /// <summary>The attributes of its measurements.</summary>
    public KeyValuePair<string, object?>[] Tags => tags;

    /// <summary>A gauge's last value; of counters and histograms the sum.</summary>
    public double Kept { get; set; }

    /// <summary>A set's values since the last look.</summary>
    public DistinctCount? Distinct { get; set; }

    /// <summary>Adds to what is kept, if the sum stays a number: an infinite one would spoil the stream for good.</summary>
    public bool TryAdd(double amount)
    {
        var sum = Kept + amount;
        if (!double.IsFinite(sum))
        {
            return false;
        }

        Kept = sum;
        return true;
    }
}
