using System.Text;

namespace WasmAspire.Observe;

/// <summary>
/// Names of manual spans as strings. A guest gives the same few again and again, so they are kept: a table of fixed size,
/// in which a new name takes the place of another.
/// </summary>
internal sealed class GuestNames
{
    /// <summary>Bytes of a name; a longer one is cut.</summary>
    public const int MaxBytes = 256;

    private const int Places = 256;

    private readonly (byte[] Bytes, string Name)[] table = new (byte[], string)[Places];

    /// <summary>The name that the bytes are; invalid UTF-8 as U+FFFD.</summary>
    public string Get(ReadOnlySpan<byte> bytes)
    {
        // Longer ones are cut, which takes looking at them each time.
        if (bytes.Length > MaxBytes)
        {
            return GuestText.Decode(bytes, MaxBytes);
        }

        ref var place = ref table[Hash(bytes) % Places];
        if (place.Name is null || !bytes.SequenceEqual(place.Bytes))
        {
            place = (bytes.ToArray(), Encoding.UTF8.GetString(bytes));
        }

        return place.Name;
    }

    // FNV-1a (www.isthe.com/chongo/tech/comp/fnv): a collision costs a decoding, so nothing better is needed.
    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261;
        foreach (var value in bytes)
        {
            hash = (hash ^ value) * 16777619;
        }

        return hash;
    }
}
