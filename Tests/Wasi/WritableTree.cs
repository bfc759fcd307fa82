using System.Buffers;
using System.Text;
using WasmAspire.Wasi;
using WasmAspire.Wasi.Files;
using Wasmtime;

namespace WasmAspire.Tests.Wasi;

/// <summary>A tree that a guest may change, as a virtual one or as a folder of the host's, and a guest on it.</summary>
internal sealed class WritableTree : IDisposable
{
    // Both start with this, made by the guest itself.
    private const string Start = """
        path_create_directory 3 'd'; path_create_directory 3 'e'; path_create_directory 3 'd/s';
        path_open 3 0 'f' 1 66 66 0 @u32; fd_write 4 ['0123456789'] @u32; fd_close 4; path_open 3 0 'd/x' 1 66 66 0 @u32; fd_close 4;
        path_symlink 'f' 3 'l'; path_symlink 'd' 3 'ld'; path_symlink 'nothing' 3 'dang'; path_symlink 'loop' 3 'loop';
        path_symlink '../x' 3 'up'; path_symlink 'd/' 3 'lds'; path_symlink 'f/' 3 'lfs'; path_symlink 'nd/x' 3 'ndx'
        """;

    private readonly Func<IEnumerable<string>> list;

    private WritableTree(ProbeGuest guest, Func<IEnumerable<string>> list, DirectoryInfo? folder)
    {
        Guest = guest;
        this.list = list;
        Folder = folder;
    }

    public ProbeGuest Guest { get; }

    /// <summary>The folder; null of a virtual tree.</summary>
    public DirectoryInfo? Folder { get; }

    /// <summary>What is in it: a line for each file, folder and link, in order.</summary>
    public string Content => Join(list());

    /// <summary>What is in a virtual tree that a guest has filled.</summary>
    public static string ContentOf(VirtualTree tree) => Join(tree.Changes("/").Select(Line));

    /// <summary>On the WASI that is tested.</summary>
    public static WritableTree Virtual()
    {
        var tree = new VirtualTree();
        tree.MakeWritable("/");
        var guest = ProbeGuest.OnVirtualWasi(new WasiOptions { Tree = tree, Stdout = new CapturedOutput(), Stderr = new CapturedOutput() });
        return new WritableTree(guest, () => tree.Changes("/").Select(Line), folder: null);
    }

    /// <summary>On Wasmtime's own WASI.</summary>
    public static WritableTree OfTheHost()
    {
        var folder = Directory.CreateTempSubdirectory("wasmaspire-tree-");
        var guest = ProbeGuest.OnWasmtimesWasi(new WasiConfiguration().WithPreopenedDirectory(folder.FullName, "/", mutable: true));
        return new WritableTree(guest, () => Lines(folder, ""), folder);
    }

    /// <summary>Makes what the cases work on.</summary>
    public WritableTree Filled()
    {
        Assert.All(CallScript.Run(Guest, Start).Split("; "), answer => Assert.StartsWith("success", answer));
        return this;
    }

    public void Dispose()
    {
        Guest.Dispose();
        Folder?.Delete(recursive: true);
    }

    private static string Join(IEnumerable<string> lines) => string.Join('\n', lines.Order(StringComparer.Ordinal));

    private static string Line(TreeChange change) => change.Kind switch
    {
        TreeChangeKind.Folder => $"{change.Path}/",
        TreeChangeKind.SymbolicLink => $"{change.Path} -> {change.Target}",
        _ => $"{change.Path} {Encoding.Latin1.GetString(change.Content.ToArray())}",
    };

    private static IEnumerable<string> Lines(DirectoryInfo folder, string path)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos())
        {
            var name = $"{path}/{entry.Name}";
            yield return (entry, entry.LinkTarget) switch
            {
                (_, { } target) => $"{name} -> {target}",
                (DirectoryInfo, _) => $"{name}/",
                _ => $"{name} {Encoding.Latin1.GetString(File.ReadAllBytes(entry.FullName))}",
            };
            if (entry is DirectoryInfo { LinkTarget: null } below)
            {
                foreach (var line in Lines(below, name))
                {
                    yield return line;
                }
            }
        }
    }
}
