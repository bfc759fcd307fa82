using System.Buffers.Binary;
using WasmAspire.Wasm.Dwarf;

namespace WasmAspire.Tests.Wasm.Dwarf;

/// <summary>One unit of <c>.debug_line</c>, written by hand: sound as it is, each part to be replaced by a worse one.</summary>
internal sealed record LineUnit
{
    /// <summary>The length of the code that all these units are about.</summary>
    public const int CodeLength = 1_000;

    /// <summary>Ends a sequence.</summary>
    public static readonly byte[] End = [0, 1, 1];

    /// <summary>Makes a row.</summary>
    public static readonly byte[] Copy = [1];

    private static readonly byte[] StandardOperands = [0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1];

    public ushort Version { get; init; } = 4;

    public bool Wide { get; init; }

    public byte InstructionLength { get; init; } = 1;

    public byte LineRange { get; init; } = 14;

    public byte OpcodeBase { get; init; } = 13;

    /// <summary>The directories and files: <c>src</c> and in it <c>a.c</c> and <c>b.c</c>.</summary>
    public byte[] Tables { get; init; } = [.. "src\0\0a.c\0"u8, 1, 0, 0, .. "b.c\0"u8, 1, 0, 0, 0];

    public byte[] Program { get; init; } = [];

    /// <summary>Sets the address.</summary>
    public static byte[] SetAddress(uint address) => [0, 5, 2, .. LittleEndian(address, 4)];

    /// <summary>A sequence of one row, in line 1 of file 1, and four bytes of code.</summary>
    public static byte[] Sequence(uint address) => [.. SetAddress(address), .. Copy, 2, 4, .. End];

    /// <summary>Reads such units; <paramref name="lineStr"/> and <paramref name="str"/> are the other sections.</summary>
    public static LineTable Read(byte[] section, byte[]? lineStr = null, byte[]? str = null) =>
        LineTableReader.Read(new DebugSections(section, lineStr, str), CodeLength);

    /// <summary>All that a table says: <c>first-last file:line:column</c>, in the order of the addresses.</summary>
    public static string[] Describe(LineTable table)
    {
        var lines = Enumerable.Range(0, CodeLength + 10).Select(address => table.TryFind((uint)address, out var line) ? line : default).ToArray();
        var starts = Enumerable.Range(0, lines.Length).Where(address => address == 0 || lines[address] != lines[address - 1]).Append(lines.Length).ToArray();
        return [.. starts.Zip(starts.Skip(1)).Where(range => lines[range.First] != default).Select(range => $"{range.First}-{range.Second - 1} {lines[range.First].File}:{lines[range.First].Line}:{lines[range.First].Column}")];
    }

    public byte[] ToBytes()
    {
        byte[] operands = [.. StandardOperands, .. Enumerable.Repeat((byte)2, 242)];
        byte[] fields = [InstructionLength, .. Version >= 4 ? [1] : Array.Empty<byte>(), 1, unchecked((byte)-5), LineRange, OpcodeBase, .. operands.Take(Math.Max(OpcodeBase - 1, 0)), .. Tables];
        byte[] unit = [.. LittleEndian(Version, 2), .. Version >= 5 ? [4, 0] : Array.Empty<byte>(), .. Length(fields.Length), .. fields, .. Program];
        return [.. Wide ? [0xFF, 0xFF, 0xFF, 0xFF] : Array.Empty<byte>(), .. Length(unit.Length), .. unit];
    }

    private static byte[] LittleEndian(ulong number, int bytes)
    {
        var all = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(all, number);
        return all[..bytes];
    }

    private byte[] Length(int length) => LittleEndian((ulong)length, Wide ? 8 : 4);
}
