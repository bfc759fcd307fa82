namespace WasmAspire.Requester.Api;

/// <summary>A job's label, in a query <c>name:value</c>.</summary>
internal readonly record struct Label(string Name, string Value)
{
    /// <summary>Reads <c>name:value</c>; the name has no colon, the value may.</summary>
    public static Label? Parse(string text) =>
        text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? new Label(text[..colon], text[(colon + 1)..]) : null;
}
