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
            if (!TryReadUnit(ref reader, out var unit, out var wide))
            {
                break;
            }

            if (LineHeader.TryRead(ref unit, wide, files, out var header))
            {
                LineProgram.Run(header, unit, files, rows);
            }
        }

        return rows.Build(paths);
    }

    /// <summary>Passes over a unit.</summary>
    /// <param name="reader">At the unit's length; afterwards behind the unit.</param>
    /// <param name="unit">The unit after its length.</param>
    /// <param name="wide">Whether it is in the 64-bit format.</param>
    /// <returns>False where its length is a reserved value: where the next unit begins cannot be known.</returns>
    public static bool TryReadUnit(ref DwarfReader reader, out DwarfReader unit, out bool wide)
    {
        var length = reader.ReadFixed(4);
        wide = length == WideFormat;
        if (!wide && length >= FirstReservedLength)
        {
            unit = default;
            return false;
        }

        unit = reader.Take(wide ? reader.ReadFixed(8) : length);
        return true;
    }
}
