namespace WasmAspire.Jobs;

/// <summary>A file or folder that a job has made or changed under its output paths.</summary>
/// <param name="Path">Absolute path in the guest's tree.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
/// <param name="Bytes">A file's length.</param>
/// <param name="Modified">When it last changed.</param>
/// <param name="Pieces">A file's content, one blob after another, by their SHA-256.</param>
public sealed record OutputFile(string Path, bool IsFolder, long Bytes, DateTimeOffset Modified, IReadOnlyList<string> Pieces)
{
    /// <summary>Bytes of each piece but the last: Redis holds 512 MiB as one value, and a reader holds a piece in memory.</summary>
    public const int PieceBytes = 8 << 20;
}
