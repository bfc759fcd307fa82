using System.Buffers;
using System.Text;
using WasmAspire.Wasi;
using WasmAspire.Wasi.Files;

namespace WasmAspire.Tests.Wasi;

/// <summary>What a guest may change, and what the host is told of it.</summary>
public sealed class TreeChangesTests
{
    // Everything that is there at first, but for what each test makes writable.
    private static readonly string[] Given = ["/in/a", "/in/sub/b", "/out/c", "/out/sub/d", "/out/sub/deep/e"];

    [Theory]
    [InlineData("", "")]
    [InlineData("path_open 3 0 'out/c' 0 66 66 0 @u32; fd_read 4 [9] @u32", "")]
    [InlineData("path_open 3 0 'out/c' 0 66 66 0 @u32; fd_pwrite 4 ['X'] 1 @u32", "/out/c = /Xut/c")]
    [InlineData("path_open 3 0 'out/c' 0 66 66 0 @u32; fd_filestat_set_size 4 3", "/out/c = /ou")]
    [InlineData("path_open 3 0 'out/c' 9 66 66 0 @u32", "/out/c = ")]
    [InlineData("path_filestat_set_times 3 0 'out/c' 5 7 5", "")]
    [InlineData("path_unlink_file 3 'out/c'", "")]
    [InlineData("path_unlink_file 3 'out/c'; path_open 3 0 'out/c' 1 66 66 0 @u32", "/out/c = ")]
    [InlineData("path_create_directory 3 'out/z'; path_create_directory 3 'out/z/b'; path_create_directory 3 'out/a'; path_symlink 'nothing' 3 'out/z.l'", "/out/a/|/out/z/|/out/z/b/|/out/z.l -> nothing")]
    [InlineData("path_rename 3 'out/c' 3 'out/a'", "/out/a = /out/c")]
    [InlineData("path_rename 3 'out/c' 3 'out/a'; path_rename 3 'out/a' 3 'out/c'", "/out/c = /out/c")]
    [InlineData("path_link 3 0 'out/c' 3 'out/a'", "/out/a = /out/c")]
    [InlineData("path_rename 3 'out/sub' 3 'out/new'", "/out/new/|/out/new/d = /out/sub/d|/out/new/deep/|/out/new/deep/e = /out/sub/deep/e")]
    [InlineData("path_rename 3 'out/c' 3 'out/sub/d'", "/out/sub/d = /out/c")]
    [InlineData("path_open 3 0 'tmp/t' 1 66 66 0 @u32", "")]
    public void ChangesAreWhatTheGuestMadeMovedOrWroteTo(string calls, string changes)
    {
        var tree = Tree("/out", "/tmp");
        using var guest = Guest(tree);

        Assert.All(calls.Length > 0 ? CallScript.Run(guest, calls).Split("; ") : [], answer => Assert.StartsWith("success", answer));

        Assert.Equal(changes, Text(tree.Changes("/out")));
    }

    [Theory]
    [InlineData("/", "/out/new/|/out/new/d = /out/sub/d|/out/new/deep/|/out/new/deep/e = /out/sub/deep/e|/tmp/t = ")]
    [InlineData("/out/new", "/out/new/|/out/new/d = /out/sub/d|/out/new/deep/|/out/new/deep/e = /out/sub/deep/e")]
    [InlineData("/out/new/deep", "/out/new/deep/|/out/new/deep/e = /out/sub/deep/e")]
    [InlineData("/out/new/deep/e", "/out/new/deep/e = /out/sub/deep/e")]
    [InlineData("/tmp/t", "/tmp/t = ")]
    [InlineData("/out/sub", "")]
    [InlineData("/nothing/at/all", "")]
    [InlineData("/tmp/t/x", "")]
    public void ChangesAreTakenFromAnyPath(string path, string changes)
    {
        var tree = Tree("/out", "/tmp");
        using var guest = Guest(tree);

        CallScript.Run(guest, "path_rename 3 'out/sub' 3 'out/new'; path_open 3 0 'tmp/t' 1 66 66 0 @u32");

        Assert.Equal(changes, Text(tree.Changes(path)));
    }

    [Fact]
    public void ALargeFileWithAHoleIsGivenWhole()
    {
        var tree = Tree("/");
        using var guest = Guest(tree);

        CallScript.Run(guest, "path_open 3 0 'f' 1 66 66 0 @u32; fd_pwrite 4 ['a'*70000] 10 @u32; fd_pwrite 4 ['b'] 300000 @u32; fd_filestat_set_size 4 400000");

        var content = Assert.Single(tree.Changes("/")).Content;
        Assert.Equal([.. new byte[10], .. Bytes('a', 70_000), .. new byte[229_990], .. Bytes('b', 1), .. new byte[99_999]], content.ToArray());

        static byte[] Bytes(char character, int count) => [.. Enumerable.Repeat((byte)character, count)];
    }

    [Fact]
    public void WhatTheHostHasGivenIsNotTouched()
    {
        var given = "given"u8.ToArray();
        var tree = new VirtualTree();
        tree.AddFile("/f", given);
        tree.MakeWritable("/");
        using var guest = Guest(tree);

        Assert.Equal("success 4; success 1; success [Xiven....] 5", CallScript.Run(guest, "path_open 3 0 'f' 0 66 66 0 @u32; fd_pwrite 4 ['X'] 0 @u32; fd_pread 4 [9] 0 @u32"));

        Assert.Equal("given"u8.ToArray(), given);
    }

    /// <summary>Beside writable folders, the rest of the tree stays as it is.</summary>
    [Theory]
    [InlineData("path_open 3 0 'in/a' 0 66 66 0 @u32", "perm")]
    [InlineData("path_open 3 0 'in/a' 1 2 2 0 @u32", "perm")]
    [InlineData("path_open 3 0 'in/a' 8 2 2 0 @u32", "perm")]
    [InlineData("path_open 3 0 'in/new' 1 2 2 0 @u32", "perm")]
    [InlineData("path_open 3 0 'in/a' 5 2 2 0 @u32", "exist")]
    [InlineData("path_open 3 0 'in/a' 0 2 2 0 @u32; fd_write 4 ['x'] @u32; fd_filestat_set_size 4 0; fd_filestat_set_times 4 0 0 5", "success 4; badf; perm; perm")]
    [InlineData("path_create_directory 3 'new'; path_create_directory 3 'in/new'; path_create_directory 3 'in'; path_create_directory 3 'out'", "perm; perm; exist; exist")]
    [InlineData("path_remove_directory 3 'in'; path_remove_directory 3 'out'; path_remove_directory 3 'tmp'; path_remove_directory 3 'nothing'", "perm; perm; perm; noent")]
    [InlineData("path_unlink_file 3 'in/a'; path_unlink_file 3 'in/nothing'", "perm; noent")]
    [InlineData("path_rename 3 'in/a' 3 'out/a'; path_rename 3 'out/c' 3 'in/a'; path_rename 3 'out/c' 3 'in/new'; path_rename 3 'out' 3 'tmp/out'; path_rename 3 'tmp' 3 'out'", "perm; perm; perm; perm; perm")]
    [InlineData("path_link 3 0 'in/a' 3 'out/a'; path_link 3 0 'out/c' 3 'in/c'", "perm; perm")]
    [InlineData("path_symlink 'a' 3 'in/l'; path_filestat_set_times 3 0 'in/a' 0 0 5", "perm; perm")]
    [InlineData("path_symlink '../in/a' 3 'out/l'; path_open 3 1 'out/l' 0 66 66 0 @u32; path_open 3 1 'out/l' 0 2 2 0 @u32; fd_read 4 [9] @u32", "success; perm; success 4; success [/in/a....] 5")]
    [InlineData("path_symlink '../in/new' 3 'out/l'; path_open 3 1 'out/l' 1 66 66 0 @u32", "success; perm")]
    [InlineData("path_open 3 0 'in' 2 2 2 0 @u32; path_create_directory 4 'nothing/x'; path_unlink_file 4 '/'", "success 4; perm; perm")]
    [InlineData("path_open 3 0 'out' 2 2 2 0 @u32; path_create_directory 4 'x'; path_rename 4 'x' 3 'tmp/x'; path_filestat_set_times 4 0 '.' 5 7 5", "success 4; success; success; success")]
    [InlineData("path_rename 3 'out/sub' 3 'tmp/sub'; path_open 3 0 'tmp/sub/deep/e' 0 66 66 0 @u32; fd_write 4 ['x'] @u32", "success; success 4; success 1")]
    public void OnlyWritableFoldersAreTheGuestsToChange(string calls, string answers)
    {
        using var guest = Guest(Tree("/out", "/tmp"));

        Assert.Equal(answers, CallScript.Run(guest, calls));
    }

    [Fact]
    public void WhatIsAddedToAWritableFolderIsWritable()
    {
        var tree = new VirtualTree();
        tree.MakeWritable("/out/results");
        tree.AddFile("/out/results/more/f", "x"u8.ToArray());
        tree.AddFolder("/out/results/g");
        using var guest = Guest(tree);

        Assert.Equal(
            "success 4; success 5; success; perm",
            CallScript.Run(guest, "path_open 3 0 'out/results/more/f' 0 64 64 0 @u32; path_open 3 0 'out/results/g/h' 1 64 64 0 @u32; path_unlink_file 3 'out/results/more/f'; path_create_directory 3 'out/new'"));
    }

    [Theory]
    [InlineData("/in/a")]
    [InlineData("/in/a/x")]
    public void AFileIsNoFolder(string path)
    {
        var tree = Tree();

        Assert.Equal($"'{path}' leads through 'a', which is a file. (Parameter 'path')", Assert.Throws<ArgumentException>(() => tree.MakeWritable(path)).Message);
        Assert.Equal($"'{path}' leads through 'a', which is a file. (Parameter 'path')", Assert.Throws<ArgumentException>(() => tree.AddFolder(path)).Message);
    }

    private static VirtualTree Tree(params string[] writable)
    {
        var tree = new VirtualTree();
        foreach (var path in Given)
        {
            tree.AddFile(path, Encoding.UTF8.GetBytes(path));
        }

        Array.ForEach(writable, tree.MakeWritable);
        return tree;
    }

    private static ProbeGuest Guest(VirtualTree tree) =>
        ProbeGuest.OnVirtualWasi(new WasiOptions { Tree = tree, Stdout = new CapturedOutput(), Stderr = new CapturedOutput() });

    private static string Text(IEnumerable<TreeChange> changes) => string.Join('|', changes.Select(change => change.Kind switch
    {
        TreeChangeKind.Folder => $"{change.Path}/",
        TreeChangeKind.SymbolicLink => $"{change.Path} -> {change.Target}",
        _ => $"{change.Path} = {Encoding.UTF8.GetString(change.Content)}",
    }));
}
