namespace WasmAspire.Wasm;

/// <summary>A stretch of a module's file.</summary>
/// <param name="Start">Its first byte, from the start of the file.</param>
/// <param name="Length">How many bytes it has.</param>
public readonly record struct ByteRange(int Start, int Length)
{
    /// <summary>The byte after its last.</summary>
    public int End => Start + Length;
}
