namespace WasmAspire.Observe.Metrics;

/// <summary>
/// How many different values there were, in at most 2 KB: exact up to <see cref="MaxExact"/>, beyond that an estimate with a standard
/// error of 4.5%. Only the smallest hashes are kept: how densely they lie tells how many there are (k minimum values;
/// Bar-Yossef and others, "Counting distinct elements in a data stream", 2002).
/// </summary>
internal sealed class DistinctCount
{
    /// <summary>The largest count that is exact.</summary>
    public const int MaxExact = 512;

    private uint[] smallest = new uint[8];
    private int kept;
    private bool hasMore;

    /// <summary>The number of different values.</summary>
    public long Value => hasMore ? (long)Math.Round((MaxExact - 1) * (uint.MaxValue + 1.0) / (smallest[MaxExact - 1] + 1.0)) : kept;

    /// <summary>Counts a value, if it is a new one.</summary>
    public void Add(ReadOnlySpan<char> value)
    {
        var hash = Hash(value);
        var index = Array.BinarySearch(smallest, 0, kept, hash);
        if (index >= 0)
        {
            return;
        }

        index = ~index;
        if (kept == MaxExact)
        {
            hasMore = true;
            if (index == MaxExact)
            {
                return;
            }

            kept--;
        }
        else if (kept == smallest.Length)
        {
            Array.Resize(ref smallest, 2 * kept);
        }

        Array.Copy(smallest, index, smallest, index + 1, kept - index);
        smallest[index] = hash;
        kept++;
    }

    // FNV-1a, 64 bits, folded by a multiplication: its upper bits alone lie too near to each other for short values. A
    // guest that looks for values with the same hash spoils its own count.
    private static uint Hash(ReadOnlySpan<char> value)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in value)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        hash = (hash ^ (hash >> 32)) * 0x9E3779B97F4A7C15UL;
        return (uint)(hash >> 32);
    }
}
