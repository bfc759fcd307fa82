namespace WasmAspire.Wasm.Dwarf;

/// <summary>All rows of a module in the order of their addresses.</summary>
internal sealed class LineTable(LineRow[] rows, string[] paths)
{
    public static LineTable Empty { get; } = new([], []);

    /// <summary>How many rows there are, those without a line included.</summary>
    public int Count => rows.Length;

    public bool TryFind(uint address, out SourceLine line)
    {
        var after = FirstAbove(address);
        return TryGet(after - 1, out line);
    }

    /// <summary>The first row with a line from <paramref name="start"/> on and before <paramref name="end"/>.</summary>
    public bool TryFindFirst(uint start, uint end, out SourceLine line)
    {
        // Two rows without a line never follow each other: this loop looks at two at most.
        for (var row = start == 0 ? 0 : FirstAbove(start - 1); row < rows.Length && rows[row].Address < end; row++)
        {
            if (TryGet(row, out line))
            {
                return true;
            }
        }

        line = default;
        return false;
    }

    private int FirstAbove(uint address)
    {
        var low = 0;
        var high = rows.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (rows[middle].Address <= address)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private bool TryGet(int row, out SourceLine line)
    {
        if (row < 0 || rows[row].Line == 0)
        {
            line = default;
            return false;
        }

        line = new SourceLine(paths[rows[row].File], rows[row].Line, rows[row].Column);
        return true;
    }
}
