namespace WasmAspire.Requester;

/// <summary>What a request may carry, in bytes. Checked before memory is taken.</summary>
internal static class Sizes
{
    /// <summary>A module.</summary>
    public const int Module = 64 << 20;

    /// <summary>A whole body.</summary>
    public const int Body = 96 << 20;
}
