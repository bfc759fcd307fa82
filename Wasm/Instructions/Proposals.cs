using System.Globalization;

namespace WasmAspire.Wasm.Instructions;

/// <summary>To which proposals the bytes belong that are no instructions here.</summary>
internal static class Proposals
{
    /// <summary>The error for an instruction that <see cref="Opcodes"/> does not have.</summary>
    public static WasmFormatException Unknown(Opcode opcode, uint? number, string? section, int offset)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"instruction 0x{(byte)opcode:X2}") + (number is null ? "" : string.Create(CultureInfo.InvariantCulture, $" {number}"));
        return FeatureOf((byte)opcode, number) is { } feature
            ? new UnsupportedFeatureException(text, feature, section, offset)
            : new WasmFormatException($"{text} does not exist", section, offset);
    }

    private static string? FeatureOf(byte opcode, uint? number) => opcode switch
    {
        0x06 or 0x07 or 0x09 or 0x18 or 0x19 => "legacy exception handling",
        0x08 or 0x0A or 0x1F => "exception handling",
        0x14 or 0x15 or 0xD4 or 0xD5 or 0xD6 => "typed function references",
        0xD3 or 0xFB => "garbage collection",
        >= 0xE0 and <= 0xE6 => "stack switching",
        0xFE => "threads",
        0xFC when number is >= 19 and <= 22 => "wide arithmetic",
        0xFD when number is >= 256 and <= 275 => "relaxed SIMD",
        _ => null,
    };
}
