namespace WasmAspire.ComputeNode.Telemetry;

/// <summary>Text of others as the value of an attribute.</summary>
internal static class AttributeText
{
    /// <summary>Characters of a value; a longer one is cut.</summary>
    public const int MaxLength = 256;

    /// <summary>The text, cut to <see cref="MaxLength"/> characters, the last of which then is an ellipsis.</summary>
    public static string Cut(string text)
    {
        if (text.Length <= MaxLength)
        {
            return text;
        }

        // Half of a surrogate pair is no text.
        var end = char.IsHighSurrogate(text[MaxLength - 2]) ? MaxLength - 2 : MaxLength - 1;
        return $"{text.AsSpan(0, end)}…";
    }
}
