using WasmAspire.Wasi;
using WasmAspire.Wasi.Files;

namespace WasmAspire.Tests.Wasi;

/// <summary>A tree takes no more than it may, and what is removed makes room.</summary>
public sealed class TreeLimitTests
{
    // Opens a file for reading and writing, as 4 where nothing else is open.
    private const string Open = "path_open 3 0 'f' 1 66 66 0 @u32";

    [Theory]
    // bytes: 100
    [InlineData("fd_write 4 ['a'*60] @u32; fd_write 4 ['b'*60] @u32; fd_write 4 ['c'] @u32", "success 60; success 40; nospc", 100)]
    [InlineData("fd_write 4 ['a'*60 'b'*60 'c'] @u32", "success 100", 100)]
    [InlineData("fd_pwrite 4 ['a'] 99 @u32; fd_pwrite 4 ['b'*9] 95 @u32; fd_pwrite 4 ['b'] 100 @u32", "success 1; success 5; nospc", 100)]
    [InlineData("fd_pwrite 4 ['a'] 100 @u32; fd_filestat_get 4 @stat", "nospc; success device 1 file links 1 size 0", 0)]
    [InlineData("fd_filestat_set_size 4 101; fd_filestat_set_size 4 100; fd_filestat_set_size 4 30", "nospc; success; success", 30)]
    [InlineData("fd_write 4 ['a'*100] @u32; path_open 3 0 'f' 8 64 64 0 @u32", "success 100; success 5", 0)]
    // far off: nothing is taken
    [InlineData("fd_pwrite 4 ['a'] 140737488289791 @u32", "nospc", 0)]
    [InlineData("fd_pwrite 4 ['a'] 140737488289792 @u32; fd_filestat_set_size 4 140737488289793", "fbig; fbig", 0)]
    [InlineData("fd_pwrite 4 ['a'] 9223372036854775806 @u32; fd_pwrite 4 ['a'] 9223372036854775807 @u32; fd_pwrite 4 ['a'] -1 @u32", "fbig; inval; inval", 0)]
    [InlineData("fd_filestat_set_size 4 9223372036854775807; fd_filestat_set_size 4 -1", "fbig; inval", 0)]
    [InlineData("fd_seek 4 9223372036854775807 0 @u64; fd_write 4 ['a'] @u32; fd_read 4 [1] @u32", "success 9223372036854775807; inval; success [.] 0", 0)]
    // names of one file count each
    [InlineData("fd_write 4 ['a'*40] @u32; path_link 3 0 'f' 3 'g'; path_link 3 0 'f' 3 'h'; fd_write 4 ['b'*40] @u32; path_unlink_file 3 'f'", "success 40; success; nospc; success 10; success", 50)]
    // unlinked, but open
    [InlineData("fd_write 4 ['a'*70] @u32; path_unlink_file 3 'f'; path_open 3 0 'g' 1 66 66 0 @u32; fd_write 5 ['b'*40] @u32; fd_close 4; fd_write 5 ['c'*70] @u32", "success 70; success; success 5; success 30; success; success 70", 100)]
    [InlineData("path_open 3 0 'f' 0 2 2 0 @u32; fd_write 4 ['a'*70] @u32; path_unlink_file 3 'f'; fd_close 4; fd_read 5 [1] @u32; fd_renumber 3 5", "success 5; success 70; success; success; success [a] 1; success", 0)]
    // replaced by a rename
    [InlineData("fd_write 4 ['a'*70] @u32; fd_close 4; path_open 3 0 'g' 1 66 66 0 @u32; path_rename 3 'g' 3 'f'; fd_write 4 ['b'*100] @u32", "success 70; success; success 4; success; success 100", 100)]
    // symbolic links
    [InlineData("path_symlink 'a'*60 3 'l'; path_symlink 'a'*60 3 'm'; path_link 3 0 'l' 3 'm'; path_unlink_file 3 'l'; path_symlink 'a'*60 3 'm'", "success; nospc; nospc; success; success", 60)]
    public void BytesAreCounted(string calls, string answers, long left)
    {
        var tree = Tree(new TreeLimits { MaxBytes = 100 });
        using var guest = Guest(tree);
        Assert.Equal("success 4", CallScript.Run(guest, Open));

        Assert.Equal(answers, CallScript.Run(guest, calls));
        Assert.Equal(left, tree.Bytes);
    }

    [Fact]
    public void BytesThatTheHostHasGivenCountFromTheirFirstChange()
    {
        var tree = Tree(new TreeLimits { MaxBytes = 100 });
        tree.AddFile("/f", new byte[80]);
        tree.AddFile("/large", new byte[200]);
        using var guest = Guest(tree);

        Assert.Equal("success 4; success 5", CallScript.Run(guest, $"{Open}; path_open 3 0 'large' 0 66 66 0 @u32"));
        Assert.Equal("nospc; nospc; success 1", CallScript.Run(guest, "fd_pwrite 5 ['a'] 0 @u32; fd_filestat_set_size 5 201; fd_pwrite 4 ['a'] 7 @u32"));
        Assert.Equal(80, tree.Bytes);
        Assert.Equal("success; nospc; success", CallScript.Run(guest, "fd_filestat_set_size 5 50; fd_pwrite 5 ['a'] 0 @u32; fd_filestat_set_size 5 0"));
        Assert.Equal("success 20; success; success", CallScript.Run(guest, "fd_pwrite 5 ['a'*30] 0 @u32; path_unlink_file 3 'f'; fd_close 4"));
        Assert.Equal(20, tree.Bytes);
    }

    [Fact]
    public void MoreNamesOfWhatTheHostHasGivenCount()
    {
        var tree = Tree(new TreeLimits { MaxBytes = 100 });
        tree.AddFile("/f", new byte[60]);
        using var guest = Guest(tree);

        Assert.Equal("success; nospc; success; success", CallScript.Run(guest, "path_link 3 0 'f' 3 'g'; path_link 3 0 'f' 3 'h'; path_unlink_file 3 'f'; path_link 3 0 'g' 3 'h'"));
        Assert.Equal(60, tree.Bytes);
        Assert.Equal("success; success", CallScript.Run(guest, "path_unlink_file 3 'g'; path_unlink_file 3 'h'"));
        Assert.Equal(0, tree.Bytes);
    }

    [Fact]
    public void EntriesAreCounted()
    {
        var tree = Tree(new TreeLimits { MaxEntries = 3 });
        tree.AddFile("/given", default);
        using var guest = Guest(tree);

        Assert.Equal(
            "success 4; success; nospc; nospc; nospc; nospc; success; success; success; nospc; success; success 5",
            CallScript.Run(guest, $"{Open}; path_create_directory 3 'd'; path_create_directory 3 'e'; path_open 3 0 'g' 1 2 2 0 @u32; path_symlink 'f' 3 'l'; path_link 3 0 'f' 3 'h'; "
                + "path_rename 3 'f' 3 'd/f'; path_unlink_file 3 'given'; path_symlink 'f' 3 'l'; path_symlink 'f' 3 'm'; path_rename 3 'd/f' 3 'l'; path_open 3 0 'd/f' 1 2 2 0 @u32"));
        Assert.Equal(3, tree.Entries);
    }

    [Fact]
    public void APathFromTheRootHasAtMost4095Bytes()
    {
        using var guest = Guest(Tree(new TreeLimits()));
        Assert.Equal("success; success; success", CallScript.Run(guest, "path_create_directory 3 'short'; path_create_directory 3 'short/below'; path_symlink 'x' 3 'short/below/ten-bytes'"));
        // 3 leads to the deepest folder; 4 stays the root.
        Assert.Equal("success 4", CallScript.Run(guest, "path_open 3 0 '.' 2 2 2 0 @u32"));
        for (var depth = 1; depth <= 16; depth++)
        {
            var name = $"'{(char)('a' + depth)}'*{(depth < 16 ? 255 : 238)}";
            Assert.Equal("success; success 5; success", CallScript.Run(guest, $"path_create_directory 3 {name}; path_open 3 0 {name} 2 2 2 0 @u32; fd_renumber 5 3"));
        }

        // 15 * 256 + 239 = 4079 bytes: 15 are left, and the slash
        Assert.Equal("nametoolong; success", CallScript.Run(guest, "path_create_directory 3 'a'*16; path_create_directory 3 'a'*15"));
        Assert.Equal(
            "nametoolong; nametoolong; nametoolong; success",
            CallScript.Run(guest, "path_open 3 0 'b'*16 1 2 2 0 @u32; path_symlink 'x' 3 'b'*16; path_rename 4 'short' 3 'b'; path_rename 4 'short/below/ten-bytes' 3 'b'*15"));
    }

    private static VirtualTree Tree(TreeLimits limits)
    {
        var tree = new VirtualTree(limits);
        tree.MakeWritable("/");
        return tree;
    }

    private static ProbeGuest Guest(VirtualTree tree) =>
        ProbeGuest.OnVirtualWasi(new WasiOptions { Tree = tree, Stdout = new CapturedOutput(), Stderr = new CapturedOutput() });
}
