namespace WasmAspire.Wasm.Dwarf;

/// <summary>The sections that line tables are made of.</summary>
/// <param name="Line"><c>.debug_line</c>: the tables.</param>
/// <param name="LineStr"><c>.debug_line_str</c>: paths, from DWARF 5 on.</param>
/// <param name="Str"><c>.debug_str</c>: all other text, which may hold paths too.</param>
internal sealed record DebugSections(ReadOnlyMemory<byte> Line, ReadOnlyMemory<byte> LineStr, ReadOnlyMemory<byte> Str)
{
    /// <summary>How much of a section is looked at.</summary>
    public const int MaxBytes = 64 << 20;

    /// <summary>A text up to its zero byte; empty outside the section, and cut one byte after the longest path.</summary>
    public ReadOnlySpan<byte> Text(TextPlace place)
    {
        var section = place.Section switch
        {
            TextSection.Line => Line.Span,
            TextSection.LineStr => LineStr.Span,
            TextSection.Str => Str.Span,
            _ => default,
        };
        if (place.Start >= (ulong)section.Length)
        {
            return default;
        }

        var rest = section[(int)place.Start..];
        var text = rest[..Math.Min(rest.Length, SourcePaths.MaxPathBytes + 1)];
        var length = text.IndexOf((byte)0);
        return length >= 0 ? text[..length] : text;
    }
}
