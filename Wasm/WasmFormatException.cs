namespace WasmAspire.Wasm;

/// <summary>Bytes that are not a WebAssembly module, or not one that this reader knows.</summary>
public class WasmFormatException : Exception
{
    /// <param name="detail">What is wrong, without a place.</param>
    /// <param name="section">The section it is in, such as <c>import</c>; null outside any.</param>
    /// <param name="offset">Where it is, in bytes from the start of the file.</param>
    public WasmFormatException(string detail, string? section, int offset)
        : base(section is null ? $"{detail} (at byte {offset})" : $"{detail} (in the {section} section, at byte {offset})")
    {
        Section = section;
        Offset = offset;
    }

    /// <summary>The section it is in, such as <c>import</c>; null outside any.</summary>
    public string? Section { get; }

    /// <summary>Where it is, in bytes from the start of the file.</summary>
    public int Offset { get; }
}
