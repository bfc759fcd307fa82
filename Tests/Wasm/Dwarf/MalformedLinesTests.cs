using WasmAspire.Tests.Guests;
using WasmAspire.Tests.Requires;
using WasmAspire.Wasm;
using WasmAspire.Wasm.Dwarf;

namespace WasmAspire.Tests.Wasm.Dwarf;

/// <summary>Line tables that are wrong: they give fewer lines, and the sound unit after them keeps its own.</summary>
public sealed class MalformedLinesTests
{
    private static readonly byte[] Endless = [.. Enumerable.Repeat((byte)0xFF, 200), 1];
    private static readonly byte[] Sound = new LineUnit { Program = LineUnit.Sequence(500) }.ToBytes();

    public static TheoryData<string, byte[]> Units
    {
        get
        {
            var row = LineUnit.Sequence(10);
            byte[] begin = [.. LineUnit.SetAddress(10), 1, 2, 4];
            var all = new Dictionary<string, LineUnit>
            {
                ["version 0"] = new() { Version = 0, Program = row },
                ["version 1"] = new() { Version = 1, Program = row },
                ["version 6"] = new() { Version = 6, Program = row },
                ["line_range 0"] = new() { LineRange = 0, Program = row },
                ["opcode_base 0"] = new() { OpcodeBase = 0, Program = row },
                ["min_inst_length 0"] = new() { InstructionLength = 0, Program = row },
                ["no tables"] = new() { Tables = [], Program = [] },
                ["directories that do not end"] = new() { Tables = [.. "src"u8] },
                ["files that do not end"] = new() { Tables = [.. "src\0\0a.c\0"u8, 1, 0, 0] },
                ["a program that does not end"] = new() { Program = begin },
                ["a program that makes rows for ever"] = new() { Program = [.. begin, .. Enumerable.Repeat((byte)30, 100_000)] },
                ["a sequence without an address"] = new() { Program = [1, 2, 4, .. LineUnit.End] },
                ["a sequence without rows"] = new() { Program = [.. LineUnit.SetAddress(10), 2, 4, .. LineUnit.End] },
                ["an address of 3 bytes"] = new() { Program = [0, 4, 2, 10, 0, 0, 1, 2, 4, .. LineUnit.End] },
                ["an address of no bytes"] = new() { Program = [0, 1, 2, 1, 2, 4, .. LineUnit.End] },
                ["an address of 8 bytes past the code"] = new() { Program = [0, 9, 2, 10, 0, 0, 0, 1, 0, 0, 0, 1, 2, 4, .. LineUnit.End] },
                ["addresses that go back"] = new() { Program = [.. begin, 1, .. LineUnit.SetAddress(8), 1, 2, 20, .. LineUnit.End] },
                ["an address that wraps around"] = new() { Program = [.. begin, 1, 2, .. Enumerable.Repeat((byte)0xFF, 9), 1, .. LineUnit.End] },
                ["a file that does not exist"] = new() { Program = [.. LineUnit.SetAddress(10), 4, 9, 1, 2, 4, .. LineUnit.End] },
                ["file 0"] = new() { Program = [.. LineUnit.SetAddress(10), 4, 0, 1, 2, 4, .. LineUnit.End] },
                ["a negative line"] = new() { Program = [.. LineUnit.SetAddress(10), 3, 0x40, 1, 2, 4, .. LineUnit.End] },
                ["a line past 31 bits"] = new() { Program = [.. LineUnit.SetAddress(10), 3, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 1, 2, 4, .. LineUnit.End] },
                ["an endless number"] = new() { Program = [.. begin, 2, .. Endless, .. LineUnit.End] },
                ["an endless line"] = new() { Program = [.. begin, 3, .. Endless, .. LineUnit.End] },
                ["an endless file"] = new() { Program = [.. begin, 4, .. Endless, .. LineUnit.End] },
                ["an endless length"] = new() { Program = [.. begin, 0, .. Endless, .. LineUnit.End] },
                ["a name too long for a path"] = new() { Tables = [0, .. Enumerable.Repeat((byte)'a', 4_096), 0, 0, 0, 0, 0], Program = row },
                ["a directory too long for a path"] = new() { Tables = [.. Enumerable.Repeat((byte)'a', 4_096), 0, 0, .. "a.c\0"u8, 1, 0, 0, 0], Program = row },
                ["version 5, 2^63 files without parts"] = new() { Version = 5, Tables = [0, 0, 0, .. Enumerable.Repeat((byte)0x80, 9), 1], Program = row },
                ["version 5, 2^63 files of a byte"] = new() { Version = 5, Tables = [0, 0, 1, 2, 0x0B, .. Enumerable.Repeat((byte)0x80, 9), 1, 0, 0], Program = row },
                ["version 5, an unknown form"] = new() { Version = 5, Tables = [0, 0, 1, 1, 0x21, 2, 0, 0, 0], Program = row },
                ["version 5, a form of no bytes"] = new() { Version = 5, Tables = [0, 0, 1, 1, 0x19, .. Enumerable.Repeat((byte)0x80, 9), 1], Program = row },
                ["version 5, an endless block"] = new() { Version = 5, Tables = [0, 0, 1, 1, 0x09, 2, .. Endless], Program = row },
                ["version 5, a path outside its section"] = new() { Version = 5, Tables = [0, 0, 1, 1, 0x1F, 2, 0, 0, 0, 0, 255, 255, 255, 255], Program = row },
                ["version 5, a wide path outside its section"] = new() { Version = 5, Wide = true, Tables = [0, 0, 1, 1, 0x1F, 2, .. new byte[8], .. Enumerable.Repeat((byte)255, 8)], Program = row },
            };
            var data = new TheoryData<string, byte[]>();
            foreach (var (name, unit) in all)
            {
                data.Add(name, unit.ToBytes());
            }

            data.Add("a unit of no bytes", [0, 0, 0, 0]);
            data.Add("a header longer than its unit", [10, 0, 0, 0, 4, 0, 0xFF, 0xFF, 0, 0, 1, 1, 1, 1]);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Units))]
    public void AFaultCostsOnlyItsOwnUnit(string fault, byte[] unit) =>
        Assert.Equal((fault, "500-503 src/a.c:1:0"), (fault, string.Join(", ", LineUnit.Describe(LineUnit.Read([.. unit, .. Sound])))));

    [Theory]
    [InlineData(0xF0)]
    [InlineData(0xFE)]
    public void AReservedLengthEndsTheSection(int first) =>
        Assert.Equal(["500-503 src/a.c:1:0"], LineUnit.Describe(LineUnit.Read([.. Sound, (byte)first, 0xFF, 0xFF, 0xFF, .. new LineUnit { Program = LineUnit.Sequence(10) }.ToBytes()])));

    [Theory]
    [InlineData("FFFFFF7F")]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFF")]
    [InlineData("FFFFFFFF00")]
    public void ALengthPastTheSectionEndsIt(string length) =>
        Assert.Equal(["500-503 src/a.c:1:0"], LineUnit.Describe(LineUnit.Read([.. Sound, .. Convert.FromHexString(length)])));

    [Fact]
    public void AColumnTooLargeIsUnknown()
    {
        var unit = new LineUnit { Program = [.. LineUnit.SetAddress(10), 5, 0x80, 0x80, 0x04, 1, 2, 4, .. LineUnit.End] };

        Assert.Equal(["10-13 src/a.c:1:0"], LineUnit.Describe(LineUnit.Read(unit.ToBytes())));
    }

    [Fact]
    public void KeepsNoMoreRowsThanAllowed()
    {
        // Line + 8 and address + 0, five million times: the program is given up with all that it had not ended.
        byte[] program = [.. LineUnit.Sequence(10), .. LineUnit.SetAddress(20), .. Enumerable.Repeat((byte)26, 5_000_000), 2, 4, .. LineUnit.End, .. LineUnit.Sequence(30)];

        var table = LineUnit.Read(new LineUnit { Program = program }.ToBytes());

        Assert.Equal(["10-13 src/a.c:1:0"], LineUnit.Describe(table));
        Assert.Equal(2, table.Count);
    }

    [Fact]
    public void KeepsNoMorePathsThanAllowed()
    {
        // Each with a sequence of one byte in code long enough for all.
        const uint Files = 70_000;
        var section = new List<byte>();
        for (var unit = 0; unit < 7; unit++)
        {
            section.AddRange(UnitOfManyFiles(unit * 10_000, 10_000));
        }

        var table = LineTableReader.Read(new DebugSections(section.ToArray(), default, default), codeLength: Files + 2);

        Assert.Equal(
            [true, true, false, false],
            new uint[] { 1, SourcePaths.MaxPaths, SourcePaths.MaxPaths + 1, Files }.Select(address => table.TryFind(address, out var line) && line.File == $"{address}"));
    }

    [RequiresToolTheory(Toolchain.Clang, Toolchain.WasmLd)]
    [InlineData(4)]
    [InlineData(5)]
    public void EachPrefixOfASectionHasLinesOfTheWholeOrNone(int version)
    {
        var (sections, codeLength) = Compile(version);
        var whole = Lines(sections, codeLength);
        Assert.True(whole.Count(line => line.Line != 0) > 20);

        for (var length = 0; length < sections.Line.Length; length++)
        {
            AssertHasNoOthers(whole, Lines(sections with { Line = sections.Line[..length] }, codeLength), $"{length} bytes of .debug_line");
        }

        for (var length = 0; length < sections.LineStr.Length; length++)
        {
            Assert.All(Lines(sections with { LineStr = sections.LineStr[..length] }, codeLength).Zip(whole), pair => Assert.True(pair.First == default || pair.First.Line == pair.Second.Line));
        }
    }

    [RequiresToolTheory(Toolchain.Clang, Toolchain.WasmLd)]
    [InlineData(4)]
    [InlineData(5)]
    public void RandomFaultsNeverThrow(int version)
    {
        var (sections, codeLength) = Compile(version);
        var random = new Random(20_251_122 + version);
        var different = 0;
        var whole = Lines(sections, codeLength);
        for (var i = 0; i < 5_000; i++)
        {
            var line = sections.Line.ToArray();
            for (var flips = random.Next(1, 8); flips > 0; flips--)
            {
                line[random.Next(line.Length)] ^= (byte)(1 << random.Next(8));
            }

            var table = LineTableReader.Read(sections with { Line = line }, (uint)codeLength);
            Assert.InRange(table.Count, 0, line.Length);
            different += Lines(table, codeLength).AsSpan().SequenceEqual(whole) ? 0 : 1;
        }

        // They were faults.
        Assert.InRange(different, 3_000, 5_000);
    }

    private static byte[] UnitOfManyFiles(int first, int count)
    {
        var tables = new List<byte> { 0 };
        var program = new List<byte>();
        for (var i = 1; i <= count; i++)
        {
            tables.AddRange([.. System.Text.Encoding.ASCII.GetBytes($"{first + i}"), 0, 0, 0, 0]);
            program.AddRange([.. LineUnit.SetAddress((uint)(first + i)), 4, (byte)(i | 0x80), (byte)((i >> 7) | 0x80), (byte)(i >> 14), 1, 2, 1, .. LineUnit.End]);
        }

        return new LineUnit { Tables = [.. tables, 0], Program = [.. program] }.ToBytes();
    }

    private static void AssertHasNoOthers(SourceLine[] whole, SourceLine[] part, string what)
    {
        for (var address = 0; address < whole.Length; address++)
        {
            Assert.True(part[address] == default || part[address] == whole[address], $"{what}: {address} is {part[address]}");
        }
    }

    private static SourceLine[] Lines(DebugSections sections, int codeLength) => Lines(LineTableReader.Read(sections, (uint)codeLength), codeLength);

    private static SourceLine[] Lines(LineTable table, int codeLength) =>
        [.. Enumerable.Range(0, codeLength).Select(address => table.TryFind((uint)address, out var line) ? line : default)];

    private static (DebugSections Sections, int CodeLength) Compile(int version)
    {
        using var folder = new TemporaryFolder();
        var source = Path.Combine(RepositoryRoot.Path, "Tests", "Wasm", "Dwarf", "Programs", "area.c");
        Tool.Run(Toolchain.Clang, "--target=wasm32-wasi", "-nostdlib", "-Wl,--no-entry", "-Wl,--export-all", "-O0", $"-gdwarf-{version}", source, "-o", folder["area.wasm"]);
        var bytes = File.ReadAllBytes(folder["area.wasm"]);
        var module = WasmModule.Read(bytes);
        ReadOnlyMemory<byte> section(string name) => module.CustomSections.SingleOrDefault(section => section.Name == name) is { } found ? bytes.AsMemory(found.Content.Start, found.Content.Length) : default;
        return (new DebugSections(section(".debug_line"), section(".debug_line_str"), section(".debug_str")), module.Code.Length);
    }
}
