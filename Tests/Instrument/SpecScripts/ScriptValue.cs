using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using Wasmtime;

namespace WasmAspire.Tests.Instrument.SpecScripts;

/// <summary>An argument or expected result as a script has it.</summary>
/// <param name="Type">Its type's name.</param>
/// <param name="Value">Its value: bits as a decimal number, null, or a NaN's class; of a vector its lanes.</param>
/// <param name="LaneType">The type of a vector's lanes.</param>
internal sealed record ScriptValue(string Type, JsonElement Value, string? LaneType)
{
    public static ScriptValue Read(JsonElement json) => new(
        json.GetProperty("type").GetString()!,
        json.TryGetProperty("value", out var value) ? value : default,
        json.TryGetProperty("lane_type", out var lane) ? lane.GetString() : null);

    /// <summary>The value as Wasmtime takes it.</summary>
    public ValueBox ToArgument() => Type switch
    {
        "i32" => (int)(uint)Bits,
        "i64" => (long)Bits,
        "f32" => BitConverter.UInt32BitsToSingle((uint)Bits),
        "f64" => BitConverter.UInt64BitsToDouble(Bits),
        "v128" => new V128(Lanes()),
        "externref" => IsNull ? ValueBox.AsBox<object>(null!) : ValueBox.AsBox<object>(Value.GetString()!),
        _ when IsNull => (Function)null!,
        _ => throw new NotSupportedException($"an argument of type {Type}"),
    };

    /// <summary>Whether Wasmtime gave this value.</summary>
    public bool Matches(object? actual) => (Type, actual) switch
    {
        ("i32", int number) => (uint)number == (uint)Bits,
        ("i64", long number) => (ulong)number == Bits,
        ("f32", float number) => MatchesFloat(Value.GetString()!, BitConverter.SingleToUInt32Bits(number), 23, 8),
        ("f64", double number) => MatchesFloat(Value.GetString()!, BitConverter.DoubleToUInt64Bits(number), 52, 11),
        ("v128", V128 vector) => MatchesVector(vector),
        ("externref", string text) => text == Value.GetString(),
        ("externref" or "funcref", null) => IsNull,

        // A function of a table, given without a name.
        ("funcref", Function { IsNull: true }) => IsNull,
        ("funcref", Function) => !IsNull,
        _ => false,
    };

    public override string ToString() => $"{Type} {Value}";

    private bool IsNull => Value.ValueKind == JsonValueKind.String && Value.GetString() == "null";

    private ulong Bits => ulong.Parse(Value.GetString()!, CultureInfo.InvariantCulture);

    private int LaneBytes => LaneType switch { "i8" => 1, "i16" => 2, "i32" or "f32" => 4, _ => 8 };

    // Canonical: all of the fraction but its highest bit is 0; arithmetic: its highest bit is 1.
    private static bool MatchesFloat(string expected, ulong bits, int fractionBits, int exponentBits)
    {
        var fraction = bits & ((1UL << fractionBits) - 1);
        var isNan = (bits >> fractionBits & ((1UL << exponentBits) - 1)) == (1UL << exponentBits) - 1;
        return expected switch
        {
            "nan:canonical" => isNan && fraction == 1UL << (fractionBits - 1),
            "nan:arithmetic" => isNan && fraction >> (fractionBits - 1) == 1,
            _ => bits == ulong.Parse(expected, CultureInfo.InvariantCulture),
        };
    }

    private byte[] Lanes()
    {
        var bytes = new byte[16];
        var lane = 0;
        foreach (var value in Value.EnumerateArray())
        {
            var number = new byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(number, ulong.Parse(value.GetString()!, CultureInfo.InvariantCulture));
            number.AsSpan(0, LaneBytes).CopyTo(bytes.AsSpan(lane++ * LaneBytes));
        }

        return bytes;
    }

    private bool MatchesVector(V128 vector)
    {
        var bytes = vector.AsSpan().ToArray();
        var lane = 0;
        foreach (var value in Value.EnumerateArray())
        {
            var number = new byte[8];
            bytes.AsSpan(lane++ * LaneBytes, LaneBytes).CopyTo(number);
            var bits = BinaryPrimitives.ReadUInt64LittleEndian(number);
            var matches = LaneType switch
            {
                "f32" => MatchesFloat(value.GetString()!, bits, 23, 8),
                "f64" => MatchesFloat(value.GetString()!, bits, 52, 11),
                _ => bits == ulong.Parse(value.GetString()!, CultureInfo.InvariantCulture),
            };
            if (!matches)
            {
                return false;
            }
        }

        return true;
    }
}
