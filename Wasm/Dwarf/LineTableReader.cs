namespace WasmAspire.Wasm.Dwarf;

/// <summary>Reads all units of <c>.debug_line</c>.</summary>
internal static class LineTableReader
{
    private const uint WideFormat = 0xFFFF_FFFF;
    private const uint FirstReservedLength = 0xFFFF_FFF0;

    /// <param name="sections">The sections, untrusted.</param>
    /// <param name="codeLength">The length of the code section's content.</param>
    public static LineTable Read(DebugSections sections, uint codeLength)
    {
        var paths = new SourcePaths();
        var files = new FileTable(sections, paths);
        var rows = new LineTableBuilder(codeLength);
        var reader = new DwarfReader(sections.Line.Span);
        while (reader.Left > 0 && !rows.IsFull)
        {
            var length = reader.ReadFixed(4);
            var wide = length == WideFormat;
            if (!wide && length >= FirstReservedLength)
            {
                // Where the next unit begins cannot be known.
                break;
            }

            var unit = reader.Take(wide ? reader.ReadFixed(8) : length);
            if (LineHeader.TryRead(ref unit, wide, files, out var header))
            {
                LineProgram.Run(header, unit, files, rows);
            }
        }

        return rows.Build(paths);
    }
}
