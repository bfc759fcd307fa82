using System.Runtime.InteropServices;

namespace WasmAspire.Wasm.Dwarf;

/// <summary>
/// Collects rows by sequences: stretches of code whose addresses only grow. A sequence counts once it has ended, and as
/// a whole: one of removed code, which linkers give an address where no code can be, vanishes with all its rows.
/// </summary>
/// <param name="codeLength">The length of the code section's content.</param>
internal sealed class LineTableBuilder(uint codeLength)
{
    /// <summary>The most rows kept, 48 MB of them.</summary>
    public const int MaxRows = 4_000_000;

    private readonly List<LineRow> rows = [];
    private readonly List<Sequence> sequences = [];
    private int sequenceStart;
    private ulong lastAddress;
    private bool dead;

    /// <summary>Whether there is no place for another row.</summary>
    public bool IsFull => rows.Count >= MaxRows;

    /// <summary>Adds a row to the sequence.</summary>
    /// <param name="address">Any number: one that is no address in the code, or less than the last, ends the sequence's life.</param>
    /// <param name="line">0 for none.</param>
    /// <param name="file">The path's number.</param>
    /// <param name="column">0 for none.</param>
    public void Add(ulong address, int line, ushort file, ushort column)
    {
        dead |= address == 0 || address > codeLength || address < lastAddress;
        if (dead)
        {
            return;
        }

        lastAddress = address;
        var nothingBefore = rows.Count == sequenceStart || rows[^1].Line == 0;
        if (line != 0 || !nothingBefore)
        {
            rows.Add(new LineRow((uint)address, line, file, column));
        }
    }

    /// <summary>Ends the sequence at the first address after its code.</summary>
    public void End(ulong address)
    {
        Add(address, line: 0, file: 0, column: 0);
        if (dead || rows.Count == sequenceStart || rows[sequenceStart].Address == lastAddress)
        {
            Abandon();
            return;
        }

        sequences.Add(new Sequence(rows[sequenceStart].Address, (uint)lastAddress, sequenceStart, rows.Count - sequenceStart));
        Begin();
    }

    /// <summary>Gives up a sequence that did not end.</summary>
    public void Abandon()
    {
        rows.RemoveRange(sequenceStart, rows.Count - sequenceStart);
        Begin();
    }

    /// <summary>All rows in the order of their addresses. Of sequences that overlap, the one that begins first stays.</summary>
    public LineTable Build(SourcePaths paths)
    {
        sequences.Sort();
        var sorted = new LineRow[rows.Count];
        var count = 0;
        uint end = 0;
        foreach (var sequence in sequences)
        {
            if (sequence.Start >= end)
            {
                CollectionsMarshal.AsSpan(rows).Slice(sequence.FirstRow, sequence.Rows).CopyTo(sorted.AsSpan(count));
                count += sequence.Rows;
                end = sequence.End;
            }
        }

        Array.Resize(ref sorted, count);
        return new LineTable(sorted, paths.ToArray());
    }

    private void Begin()
    {
        sequenceStart = rows.Count;
        lastAddress = 0;
        dead = false;
    }

    private readonly record struct Sequence(uint Start, uint End, int FirstRow, int Rows) : IComparable<Sequence>
    {
        // Among equals the first in the file: the sort alone does not keep them in order.
        public int CompareTo(Sequence other) => (Start, FirstRow).CompareTo((other.Start, other.FirstRow));
    }
}
