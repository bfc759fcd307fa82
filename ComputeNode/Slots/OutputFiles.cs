using System.Buffers;
using WasmAspire.Jobs;
using WasmAspire.Wasi.Files;

namespace WasmAspire.ComputeNode.Slots;

/// <summary>Stores what guests have made.</summary>
internal static class OutputFiles
{
    /// <summary>Stores what a guest has made or changed under its output paths, but for symbolic links.</summary>
    /// <returns>Each file and folder once, as stored.</returns>
    /// <exception cref="Exception">Redis cannot be reached: see <see cref="RedisOutage"/>; to call again is safe.</exception>
    public static IReadOnlyList<OutputFile> Store(BlobStore blobs, JobSpec spec, VirtualTree tree) =>
    [
        .. Outermost(spec.Outputs)
            .SelectMany(tree.Changes)
            .Where(change => change.Kind != TreeChangeKind.SymbolicLink)
            .Select(change => new OutputFile(
                change.Path,
                change.Kind == TreeChangeKind.Folder,
                change.Content.Length,
                DateTimeOffset.UnixEpoch.AddTicks((long)(change.ModificationTime / 100)),
                Store(blobs, change.Content))),
    ];

    // A folder in another is told with it.
    private static IEnumerable<string> Outermost(IReadOnlyList<string> paths) =>
        paths.Distinct(StringComparer.Ordinal).Where(path => !paths.Any(other => other != path && (other == "/" || path.StartsWith(other + "/", StringComparison.Ordinal))));

    private static List<string> Store(BlobStore blobs, ReadOnlySequence<byte> content)
    {
        var pieces = new List<string>();
        while (content.Length > 0)
        {
            var length = Math.Min(content.Length, OutputFile.PieceBytes);
            pieces.Add(blobs.Put(content.Slice(0, length).ToArray()).Sha256);
            content = content.Slice(length);
        }

        return pieces;
    }
}
