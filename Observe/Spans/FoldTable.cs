using System.Diagnostics;

namespace WasmAspire.Observe.Spans;

/// <summary>
/// Calls without a span of their own, by function: how many, and their self time. It has a fixed size, so adding a call
/// and adding another table take bounded time and no memory.
/// </summary>
internal sealed class FoldTable
{
    /// <summary>So many functions are told apart; the calls of others are counted together.</summary>
    public const int MaxFunctions = 16;

    private const int ToldFunctions = 10;

    private readonly Row[] rows = new Row[MaxFunctions];
    private int count;
    private int latest;
    private Row other = new() { Key = FoldKey.Other };

    /// <summary>All calls.</summary>
    public long Calls { get; private set; }

    /// <summary>Their self time, in <see cref="Stopwatch"/> ticks.</summary>
    public long Ticks { get; private set; }

    public void Add(in FoldKey key, long calls, long ticks)
    {
        Calls += calls;
        Ticks += ticks;
        ref var row = ref Find(key);
        row.Calls += calls;
        row.Ticks += ticks;
    }

    public void Add(FoldTable table)
    {
        for (var i = 0; i < table.count; i++)
        {
            ref var row = ref table.rows[i];
            Add(row.Key, row.Calls, row.Ticks);
        }

        Calls += table.other.Calls;
        Ticks += table.other.Ticks;
        other.Calls += table.other.Calls;
        other.Ticks += table.other.Ticks;
    }

    /// <summary>The longest ones, longest first; those not told apart are one of them.</summary>
    public IEnumerable<(FoldKey Key, long Calls, long Ticks)> Longest() => rows[..count]
        .Append(other)
        .Where(row => row.Calls > 0)
        .OrderByDescending(row => row.Ticks)
        .Take(ToldFunctions)
        .Select(row => (row.Key, row.Calls, row.Ticks));

    /// <summary>Makes it as new.</summary>
    public void Clear()
    {
        Array.Clear(rows, 0, count);
        other = new Row { Key = FoldKey.Other };
        count = latest = 0;
        Calls = Ticks = 0;
    }

    private ref Row Find(in FoldKey key)
    {
        if (key.Is(other.Key))
        {
            return ref other;
        }

        // A loop calls the same function again.
        if (latest < count && rows[latest].Key.Is(key))
        {
            return ref rows[latest];
        }

        for (var i = 0; i < count; i++)
        {
            if (rows[i].Key.Is(key))
            {
                latest = i;
                return ref rows[i];
            }
        }

        if (count == MaxFunctions)
        {
            return ref other;
        }

        latest = count++;
        rows[latest].Key = key;
        return ref rows[latest];
    }

    private struct Row
    {
        public FoldKey Key;
        public long Calls;
        public long Ticks;
    }
}
