using WasmAspire.Wasm;
using WasmAspire.Wasm.Dwarf;

namespace WasmAspire.Instrument.Rewriting;

/// <summary>
/// Gathers where instructions stand now. Within a body places count from the new body's beginning, which is known only
/// once the body's length is.
/// </summary>
/// <param name="code">The old code section's content.</param>
internal sealed class CodeMapBuilder(ByteRange code)
{
    private readonly List<(int Old, int New)> body = [];
    private int distance;

    /// <summary>The places of all bodies so far.</summary>
    public CodeMap Map { get; } = new();

    /// <summary>Notes an instruction of the body.</summary>
    /// <param name="offset">Where it stands, in the old file.</param>
    /// <param name="place">Where it stands in the new body.</param>
    public void Add(int offset, int place)
    {
        // As far from the one before as it was: nothing new.
        if (body.Count == 0 || place - offset != distance)
        {
            body.Add((offset, place));
            distance = place - offset;
        }
    }

    /// <summary>Ends the body.</summary>
    /// <param name="end">Where it ended, in the old file.</param>
    /// <param name="start">Where the new body begins, in the new code section's content.</param>
    /// <param name="length">The new body's length.</param>
    public void EndBody(int end, int start, int length)
    {
        foreach (var (offset, place) in body)
        {
            Map.Add(offset - code.Start, start + place);
        }

        Map.Add(end - code.Start, start + length);
        body.Clear();
    }
}
