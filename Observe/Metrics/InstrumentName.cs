namespace WasmAspire.Observe.Metrics;

/// <summary>Makes OpenTelemetry's instrument names of whatever a guest wrote: a letter, then letters, digits and <c>_ . - /</c>.</summary>
internal static class InstrumentName
{
    /// <summary>Characters of a name; a longer one is cut.</summary>
    public const int MaxLength = 255;

    /// <summary>Writes the name that a guest's text stands for; other characters become <c>_</c>.</summary>
    /// <param name="text">What the guest wrote; not empty.</param>
    /// <param name="buffer">Room for <see cref="MaxLength"/> characters.</param>
    /// <returns>The part of the buffer that the name fills.</returns>
    public static ReadOnlySpan<char> Sanitize(ReadOnlySpan<char> text, Span<char> buffer)
    {
        var length = 0;
        if (!char.IsAsciiLetter(text[0]))
        {
            buffer[length++] = 'x';
        }

        foreach (var c in text[..Math.Min(text.Length, MaxLength - 1)])
        {
            buffer[length++] = char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' or '/' ? c : '_';
        }

        return buffer[..length];
    }
}
