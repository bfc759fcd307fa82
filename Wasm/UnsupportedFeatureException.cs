namespace WasmAspire.Wasm;

/// <summary>A module that uses a proposal beyond what is read here: WebAssembly 2.0 with tail calls, extended constants and multi-memory.</summary>
public sealed class UnsupportedFeatureException : WasmFormatException
{
    /// <param name="detail">What is there, without a place.</param>
    /// <param name="feature">The proposal's name.</param>
    /// <param name="section">The section it is in; null outside any.</param>
    /// <param name="offset">Where it is, in bytes from the start of the file.</param>
    public UnsupportedFeatureException(string detail, string feature, string? section, int offset)
        : base($"{detail}: {feature} {(feature.EndsWith('s') ? "are" : "is")} not supported", section, offset)
    {
        Feature = feature;
    }

    /// <summary>The proposal's name, such as <c>exception handling</c>.</summary>
    public string Feature { get; }
}
