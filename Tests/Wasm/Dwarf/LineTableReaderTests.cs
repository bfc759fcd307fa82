namespace WasmAspire.Tests.Wasm.Dwarf;

/// <summary>What compilers for WebAssembly seldom write, or never: units by hand.</summary>
public sealed class LineTableReaderTests
{
    // A path and a directory's index: line_strp and udata; directory 0 is /build, directory 1 is src.
    private static readonly byte[] LineStrTables = [1, 1, 0x1F, 2, 0, 0, 0, 0, 7, 0, 0, 0, 2, 1, 0x1F, 2, 0x0B, 2, 11, 0, 0, 0, 0, 15, 0, 0, 0, 1];
    private static readonly byte[] LineStr = [.. "/build\0src\0a.c\0b.c\0"u8];

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void EachOpcodeDoesItsPart(int version)
    {
        var unit = new LineUnit
        {
            Version = (ushort)version,
            InstructionLength = 2,
            Program =
            [
                .. LineUnit.SetAddress(100), 5, 7, 3, 9, 1, // column 7, line 10: row at 100
                2, 5, 4, 2, 6, 10, 7, 11, 12, 0, 1, // address + 5 * 2, file 2, what changes no line: row at 110
                9, 40, 0, 3, 0x7D, 1, // address + 40, line - 3: row at 150
                8, 1, // address + 17 * 2: row at 184
                13 + (3 * 14) + 6, // address + 3 * 2, line + 1: row at 190
                2, 5, .. LineUnit.End,
                .. LineUnit.Sequence(300),
            ],
        };

        Assert.Equal(
            ["100-109 src/a.c:10:7", "110-149 src/b.c:10:7", "150-189 src/b.c:7:7", "190-199 src/b.c:8:7", "300-307 src/a.c:1:0"],
            LineUnit.Describe(LineUnit.Read(unit.ToBytes())));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void TheWideFormatHasLongerLengths(int version)
    {
        byte[] units = [.. new LineUnit { Version = (ushort)version, Wide = true, Program = LineUnit.Sequence(10) }.ToBytes(), .. new LineUnit { Program = LineUnit.Sequence(20) }.ToBytes()];

        Assert.Equal(["10-13 src/a.c:1:0", "20-23 src/a.c:1:0"], LineUnit.Describe(LineUnit.Read(units)));
    }

    [Fact]
    public void Version5TakesPathsFromThreeSections()
    {
        byte[] paths(byte form) => [1, 1, form, 1, 6, 0, 0, 0, 1, 1, form, 1, 0, 0, 0, 0];
        byte[] section =
        [
            .. new LineUnit { Version = 5, Tables = [1, 1, 0x08, 1, .. "/in\0"u8, 1, 1, 0x08, 2, .. "x.c\0y.c\0"u8], Program = LineUnit.Sequence(10) }.ToBytes(),
            .. new LineUnit { Version = 5, Tables = paths(0x0E), Program = [.. LineUnit.SetAddress(20), 4, 0, 1, 2, 4, .. LineUnit.End] }.ToBytes(),
            .. new LineUnit { Version = 5, Tables = paths(0x1F), Program = [.. LineUnit.SetAddress(30), 4, 0, 1, 2, 4, .. LineUnit.End] }.ToBytes(),
            .. new LineUnit { Version = 5, Wide = true, Tables = [1, 1, 0x1F, 1, 6, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0x0E, 1, 0, 0, 0, 0, 0, 0, 0, 0], Program = [.. LineUnit.SetAddress(40), 4, 0, 1, 2, 4, .. LineUnit.End] }.ToBytes(),
        ];

        Assert.Equal(
            ["10-13 /in/y.c:1:0", "20-23 str.c:1:0", "30-33 /line/str.c:1:0", "40-43 /line/str.c:1:0"],
            LineUnit.Describe(LineUnit.Read(section, [.. "str.c\0/line\0"u8], [.. "str.c\0"u8])));
    }

    [Fact]
    public void Version5CountsFromZeroAndJoinsRelativeDirectories()
    {
        var unit = new LineUnit { Version = 5, Tables = LineStrTables, Program = [.. LineUnit.SetAddress(10), 4, 0, 1, 2, 4, 4, 1, 1, 2, 4, .. LineUnit.End] };

        Assert.Equal(["10-13 /build/a.c:1:0", "14-17 /build/src/b.c:1:0"], LineUnit.Describe(LineUnit.Read(unit.ToBytes(), LineStr)));
    }

    [Fact]
    public void Version5PassesOverWhatItDoesNotNeed()
    {
        // A path, its MD5, a time, a size, and something of the producer's own as a block.
        byte[] tables = [1, 1, 0x08, 1, .. "d\0"u8, 6, 1, 0x08, 2, 0x0F, 5, 0x1E, 3, 0x06, 4, 0x07, 0x81, 0x40, 0x09, 2, .. Entry("a.c\0"u8), .. Entry("b.c\0"u8)];

        Assert.Equal(["10-13 d/b.c:1:0"], LineUnit.Describe(LineUnit.Read(new LineUnit { Version = 5, Tables = tables, Program = LineUnit.Sequence(10) }.ToBytes())));

        static byte[] Entry(ReadOnlySpan<byte> name) => [.. name, 0, .. new byte[16 + 4 + 8], 3, 9, 9, 9];
    }

    [Fact]
    public void DirectoriesOfNoPartsAreNone()
    {
        // 2^63 of them: they take no bytes.
        byte[] tables = [0, .. Enumerable.Repeat((byte)0x80, 9), 1, 1, 1, 0x08, 2, .. "a.c\0b.c\0"u8];

        Assert.Equal(["10-13 b.c:1:0"], LineUnit.Describe(LineUnit.Read(new LineUnit { Version = 5, Tables = tables, Program = LineUnit.Sequence(10) }.ToBytes())));
    }

    [Theory]
    [InlineData("/abs/c.c", "/abs/c.c")]
    [InlineData("C:\\abs\\c.c", "C:\\abs\\c.c")]
    [InlineData("\\\\host\\c.c", "\\\\host\\c.c")]
    [InlineData("c.c", "src/c.c")]
    [InlineData("ü/c.c", "src/ü/c.c")]
    public void AProgramMayDefineAFile(string name, string path)
    {
        byte[] text = System.Text.Encoding.UTF8.GetBytes(name);
        var unit = new LineUnit { Program = [0, (byte)(text.Length + 5), 3, .. text, 0, 1, 0, 0, .. LineUnit.SetAddress(10), 4, 3, 1, 2, 4, .. LineUnit.End] };

        Assert.Equal([$"10-13 {path}:1:0"], LineUnit.Describe(LineUnit.Read(unit.ToBytes())));
    }

    [Fact]
    public void OpcodesBelowTheBaseAreStandardAndOthersSpecial()
    {
        // Base 4: 4 is special and advances the line by -5. Base 15: 13 is unknown and has two operands.
        byte[] section =
        [
            .. new LineUnit { OpcodeBase = 4, Program = [.. LineUnit.SetAddress(10), 3, 20, 4, 2, 4, .. LineUnit.End] }.ToBytes(),
            .. new LineUnit { OpcodeBase = 15, Program = [.. LineUnit.SetAddress(20), 13, 0x81, 0x01, 1, .. LineUnit.Copy, 2, 4, .. LineUnit.End] }.ToBytes(),
        ];

        Assert.Equal(["10-13 src/a.c:16:0", "20-23 src/a.c:1:0"], LineUnit.Describe(LineUnit.Read(section)));
    }

    [Fact]
    public void UnitsAndSequencesMayStandInAnyOrder()
    {
        byte[] section = [.. new LineUnit { Program = [.. LineUnit.Sequence(50), .. LineUnit.Sequence(14)] }.ToBytes(), .. new LineUnit { Program = [.. LineUnit.Sequence(30), .. LineUnit.Sequence(10)] }.ToBytes()];

        Assert.Equal(["10-17 src/a.c:1:0", "30-33 src/a.c:1:0", "50-53 src/a.c:1:0"], LineUnit.Describe(LineUnit.Read(section)));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(LineUnit.CodeLength)]
    [InlineData(LineUnit.CodeLength - 3u)]
    [InlineData(uint.MaxValue)]
    [InlineData(uint.MaxValue - 1)]
    public void LinesOfRemovedCodeVanish(uint tombstone)
    {
        var unit = new LineUnit { Program = [.. LineUnit.Sequence(tombstone), .. LineUnit.Sequence(10)] };

        Assert.Equal(["10-13 src/a.c:1:0"], LineUnit.Describe(LineUnit.Read(unit.ToBytes())));
    }

    [Fact]
    public void OfSequencesThatOverlapTheOneThatBeginsFirstStays()
    {
        var unit = new LineUnit { Program = [.. LineUnit.Sequence(12), .. LineUnit.Sequence(10), .. LineUnit.Sequence(14), .. LineUnit.SetAddress(10), 3, 5, 1, 2, 9, .. LineUnit.End] };

        Assert.Equal(["10-17 src/a.c:1:0"], LineUnit.Describe(LineUnit.Read(unit.ToBytes())));
    }

    [Fact]
    public void CodeWithoutALineHasNone()
    {
        // Line 0 for 4 bytes, twice; a line; line 0 to the end. The first row with a line is a function's beginning.
        var unit = new LineUnit { Program = [.. LineUnit.SetAddress(10), 3, 0x7F, 1, 2, 4, 1, 2, 4, 3, 5, 1, 2, 4, 3, 0x7B, 1, 2, 4, .. LineUnit.End] };

        var table = LineUnit.Read(unit.ToBytes());

        Assert.Equal(["18-21 src/a.c:5:0"], LineUnit.Describe(table));
        Assert.True(table.TryFindFirst(10, 26, out var line));
        Assert.Equal(5, line.Line);
        Assert.False(table.TryFindFirst(10, 18, out _));
        Assert.False(table.TryFindFirst(19, 26, out _));
    }

    [Fact]
    public void OfRowsAtOneAddressTheLastCoversTheCodeAndTheFirstBeginsTheFunction()
    {
        var unit = new LineUnit { Program = [.. LineUnit.SetAddress(10), 1, 3, 1, 1, 3, 1, 1, 2, 4, .. LineUnit.End] };

        var table = LineUnit.Read(unit.ToBytes());

        Assert.Equal(["10-13 src/a.c:3:0"], LineUnit.Describe(table));
        Assert.True(table.TryFindFirst(10, 14, out var line));
        Assert.Equal(1, line.Line);
    }
}
