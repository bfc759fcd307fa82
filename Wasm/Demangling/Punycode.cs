using System.Text;

namespace WasmAspire.Wasm.Demangling;

/// <summary>Punycode (RFC 3492), as Rust v0 uses it for identifiers that are not ASCII. IdnMapping does not do: it decodes host names only.</summary>
internal static class Punycode
{
    private const int Base = 36;
    private const int MinThreshold = 1;
    private const int MaxThreshold = 26;
    private const int Skew = 38;
    private const int Damp = 700;
    private const int InitialBias = 72;
    private const int InitialCode = 128;

    // Each insertion moves what stands behind it.
    private const int MaxLength = 512;

    /// <summary>The text, or null where the encoding is malformed or longer than 512 characters.</summary>
    /// <param name="ascii">The characters that are ASCII, in their order.</param>
    /// <param name="insertions">Which others stand where, as lower-case digits in base 36.</param>
    public static string? Decode(string ascii, ReadOnlySpan<byte> insertions)
    {
        var runes = new List<Rune>(ascii.EnumerateRunes());
        var (code, bias, place, position, isFirst) = (InitialCode, InitialBias, 0L, 0, true);
        while (position < insertions.Length)
        {
            var start = place;
            if (!ReadDelta(insertions, ref position, bias, ref place) || runes.Count >= MaxLength)
            {
                return null;
            }

            var count = runes.Count + 1;
            bias = Adapt(place - start, count, isFirst);
            isFirst = false;
            code += (int)Math.Min(place / count, int.MaxValue - code);
            place %= count;
            if (!Rune.IsValid(code))
            {
                return null;
            }

            runes.Insert((int)place++, new Rune(code));
        }

        return string.Concat(runes);
    }

    private static bool ReadDelta(ReadOnlySpan<byte> digits, ref int position, int bias, ref long place)
    {
        var weight = 1L;
        for (var k = Base; position < digits.Length; k += Base)
        {
            var digit = digits[position++] switch
            {
                >= (byte)'a' and <= (byte)'z' and var c => c - 'a',
                >= (byte)'0' and <= (byte)'9' and var c => c - '0' + 26,
                _ => Base,
            };
            place += digit * weight;
            if (digit == Base || place > int.MaxValue)
            {
                return false;
            }

            var threshold = Math.Clamp(k - bias, MinThreshold, MaxThreshold);
            if (digit < threshold)
            {
                return true;
            }

            weight = Math.Min(weight * (Base - threshold), int.MaxValue);
        }

        return false;
    }

    private static int Adapt(long delta, int count, bool isFirst)
    {
        delta = isFirst ? delta / Damp : delta / 2;
        delta += delta / count;
        var k = 0;
        while (delta > (Base - MinThreshold) * MaxThreshold / 2)
        {
            delta /= Base - MinThreshold;
            k += Base;
        }

        return k + (int)((Base - MinThreshold + 1) * delta / (delta + Skew));
    }
}
