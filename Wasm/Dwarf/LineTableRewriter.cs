using System.Buffers.Binary;

namespace WasmAspire.Wasm.Dwarf;

/// <summary>Writes the line tables of a rewritten code section: the same rows, each at the new place of its instruction.</summary>
public static class LineTableRewriter
{
    // Each row may take a few bytes more than before; only a table made to grow takes so many more.
    private const int MostTimesLonger = 4;

    /// <summary>Rewrites a section <c>.debug_line</c> (DWARF 2 to 5).</summary>
    /// <param name="debugLine">Its content, untrusted.</param>
    /// <param name="code">Where the code stands now.</param>
    /// <param name="codeLength">The length of the old code section's content.</param>
    /// <param name="droppedUnits">How many units could not be understood, or are beyond the first that could not be passed over: they are left out.</param>
    /// <returns>The new content; null where it would be out of proportion.</returns>
    public static byte[]? Rewrite(ReadOnlySpan<byte> debugLine, CodeMap code, int codeLength, out int droppedUnits)
    {
        ArgumentNullException.ThrowIfNull(code);
        droppedUnits = 0;
        var output = new WasmWriter(debugLine.Length + (debugLine.Length / 4) + 16);
        var reader = new DwarfReader(debugLine);
        while (reader.Left > 0)
        {
            if (!LineTableReader.TryReadUnit(ref reader, out var unit, out var wide))
            {
                droppedUnits++;
                break;
            }

            var start = unit.Position;
            if (!LineHeader.TryReadFields(ref unit, wide, out var header, out _))
            {
                droppedUnits++;
                continue;
            }

            var program = new WasmWriter(unit.Left + (unit.Left / 4));
            LineProgramRewriter.Run(debugLine, header, unit, code, (uint)codeLength, program);
            WriteUnit(output, wide, debugLine[start..unit.Position], program.Written);
            if (output.Length > (long)MostTimesLonger * debugLine.Length)
            {
                return null;
            }
        }

        return output.Written.ToArray();
    }

    private static void WriteUnit(WasmWriter output, bool wide, ReadOnlySpan<byte> header, ReadOnlySpan<byte> program)
    {
        var length = (ulong)header.Length + (ulong)program.Length;
        Span<byte> bytes = stackalloc byte[12];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, wide ? uint.MaxValue : (uint)length);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[4..], length);
        output.WriteBytes(wide ? bytes : bytes[..4]);
        output.WriteBytes(header);
        output.WriteBytes(program);
    }
}
