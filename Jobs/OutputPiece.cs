namespace WasmAspire.Jobs;

/// <summary>A piece of what a job has written, and where it belongs.</summary>
/// <param name="Offset">How many bytes come before it.</param>
/// <param name="Bytes">The piece.</param>
public readonly record struct OutputPiece(long Offset, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>All of what a job has written.</summary>
    public static implicit operator OutputPiece(byte[] all) => new(0, all);
}
