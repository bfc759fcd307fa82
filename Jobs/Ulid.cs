using System.Buffers.Binary;
using System.Security.Cryptography;

namespace WasmAspire.Jobs;

/// <summary>Job ids: 48 bits of milliseconds and 80 random bits as 26 digits of Crockford's base 32, sorted by time (github.com/ulid/spec).</summary>
internal static class Ulid
{
    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 26;

    /// <summary>A new id.</summary>
    public static string New()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        var random = BinaryPrimitives.ReadUInt128BigEndian(bytes) >> 48;
        var value = ((UInt128)(ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() << 80) | random;
        return string.Create(Length, value, static (text, value) =>
        {
            for (var i = text.Length - 1; i >= 0; i--)
            {
                text[i] = Digits[(int)(value & 31)];
                value >>= 5;
            }
        });
    }

    /// <summary>Whether a text from outside can be an id: what cannot never becomes part of a key.</summary>
    public static bool IsValid(string id) => id.Length == Length && id.All(Digits.Contains);
}
