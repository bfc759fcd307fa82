using System.Text;
using WasmAspire.Wasi.Files;

namespace WasmAspire.Tests.Wasi;

/// <summary>One tree, as a virtual one and as a folder of the host's.</summary>
public sealed class ReadOnlyTree : IDisposable
{
    /// <summary>A text that takes many reads.</summary>
    public static readonly string Big = string.Join('\n', Enumerable.Range(0, 50_000));

    private static readonly (string Path, string Text)[] Files =
    [
        ("/big", Big),
        ("/data/empty", ""),
        ("/data/folder/only", "x"),
        ("/data/one.txt", "first file\n"),
        ("/data/two.txt", "second file\n"),
        ("/top", "0123456789"),
        ("/ä/ö", "umlaut"),
    ];

    public ReadOnlyTree()
    {
        foreach (var (path, text) in Files)
        {
            Virtual.AddFile(path, Encoding.UTF8.GetBytes(text));
            var file = new FileInfo(Path.Combine(Folder.FullName, path[1..]));
            file.Directory!.Create();
            File.WriteAllText(file.FullName, text);
        }
    }

    public VirtualTree Virtual { get; } = new();

    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("wasmaspire-tree-");

    public void Dispose() => Folder.Delete(recursive: true);
}
