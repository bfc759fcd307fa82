using System.Text;
using Wasmtime;

namespace WasmAspire.Observe;

/// <summary>Text from a guest's memory.</summary>
internal static class GuestText
{
    /// <summary>Reads UTF-8 text; at most <paramref name="maxBytes"/> of it, invalid bytes as U+FFFD.</summary>
    /// <returns>Null where pointer and length lie outside the guest's memory, or it exports none by the name <c>memory</c>.</returns>
    public static string? Read(Caller caller, long pointer, int length, int maxBytes)
    {
        if (!TrySlice(caller, pointer, length, out var bytes))
        {
            return null;
        }

        return Decode(bytes, maxBytes);
    }

    /// <summary>Decodes UTF-8; at most <paramref name="maxBytes"/> of it, invalid bytes as U+FFFD.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, int maxBytes) => bytes.Length <= maxBytes
        ? Encoding.UTF8.GetString(bytes)
        : Encoding.UTF8.GetString(WholeCharacters(bytes, maxBytes)) + "…";

    /// <summary>At most so many bytes of UTF-8; no character is cut.</summary>
    public static ReadOnlySpan<byte> WholeCharacters(ReadOnlySpan<byte> bytes, int maxBytes)
    {
        if (bytes.Length <= maxBytes)
        {
            return bytes;
        }

        // A cut inside a character would show as an error that the guest did not make.
        bytes = bytes[..maxBytes];
        var end = bytes.Length;
        while (end > 0 && end > bytes.Length - 4 && (bytes[end - 1] & 0xC0) == 0x80)
        {
            end--;
        }

        return end > 0 && bytes[end - 1] >= 0xC0 ? bytes[..(end - 1)] : bytes;
    }

    /// <summary>Text of at most so many characters; where it is cut, a mark is the last.</summary>
    public static string Cut(ReadOnlySpan<char> text, int maxLength)
    {
        if (text.Length <= maxLength)
        {
            return text.ToString();
        }

        var end = maxLength - 1;
        return string.Concat(text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)], "…");
    }

    /// <summary>The bytes of a text in the guest's memory, or false where they are not all in it.</summary>
    public static bool TrySlice(Caller caller, long pointer, int length, out Span<byte> bytes)
    {
        bytes = default;
        try
        {
            return pointer is >= 0 and <= uint.MaxValue && length >= 0 && caller.TryGetMemorySpan("memory", pointer, length, out bytes);
        }
        catch (ArgumentException)
        {
            // "Try" is about the name: outside of memory it throws. Asking for the memory's length first would allocate
            // at each call; this costs the guests that lie.
            return false;
        }
    }
}
