using System.Text;
using WasmAspire.Wasi;
using WasmAspire.Wasi.Files;

namespace WasmAspire.Tests.Wasi;

public sealed class VirtualTreeTests
{
    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("relative")]
    [InlineData("./relative")]
    [InlineData("/folder/")]
    [InlineData("//double")]
    [InlineData("/a//b")]
    [InlineData("/.")]
    [InlineData("/..")]
    [InlineData("/a/../b")]
    [InlineData("/a/./b")]
    [InlineData("/nul\0")]
    public void AddFileRefusesWhatIsNoAbsolutePathOfPlainNames(string path)
    {
        var error = Assert.Throws<ArgumentException>(() => new VirtualTree().AddFile(path, default));

        Assert.Equal($"'{path}' is not an absolute path of plain names. (Parameter 'path')", error.Message);
    }

    [Fact]
    public void ANameHasAtMost255Bytes()
    {
        var tree = new VirtualTree();

        tree.AddFile("/" + new string('a', 255), default);
        tree.AddFile("/" + new string('ä', 127), default);
        Assert.Throws<ArgumentException>(() => tree.AddFile("/" + new string('a', 256), default));
        Assert.Throws<ArgumentException>(() => tree.AddFile("/" + new string('ä', 128), default));
    }

    [Theory]
    [InlineData("/a/b", "'/a/b' is there already. (Parameter 'path')")]
    [InlineData("/a", "'/a' is there already. (Parameter 'path')")]
    [InlineData("/a/b/c", "'/a/b/c' leads through 'b', which is a file. (Parameter 'path')")]
    public void AddFileRefusesAPathThatIsTaken(string path, string message)
    {
        var tree = new VirtualTree();
        tree.AddFile("/a/b", default);

        Assert.Equal(message, Assert.Throws<ArgumentException>(() => tree.AddFile(path, default)).Message);
    }

    [Fact]
    public void InodesAreUniqueInATreeAndTellNothingOfOtherTrees()
    {
        Assert.Equal([1, 2, 3, 4, 5], Inodes());
        Assert.Equal([1, 2, 3, 4, 5], Inodes());

        static ulong[] Inodes()
        {
            var tree = new VirtualTree();
            tree.AddFile("/a/b", default);
            tree.AddFile("/a/c", default);
            tree.AddFile("/d", default);
            string[] paths = [".", "a", "a/b", "a/c", "d"];
            return [.. paths.Select(path => PathLookup.FindNode(tree.Root, path, follow: true, out var node) == Errno.Success ? node!.Inode : 0)];
        }
    }

    /// <summary>As wasi-libc reads a directory: through a small buffer, from the last entry on that it has seen whole.</summary>
    [Theory]
    [InlineData(40)]
    [InlineData(64)]
    [InlineData(100)]
    [InlineData(4096)]
    public void AListingIsReadInPartsByCookie(int bufferSize)
    {
        string[] names = [".", "..", "a", "bb", "ccccccccc", "dddddd", "ä"];
        var tree = new VirtualTree();
        foreach (var name in names[2..])
        {
            tree.AddFile("/" + name, default);
        }

        using var guest = ProbeGuest.OnVirtualWasi(new WasiOptions { Stdout = new CapturedOutput(), Stderr = new CapturedOutput(), Tree = tree });
        List<string> seen = [];
        var cookie = 0L;
        int used;
        do
        {
            Assert.Equal(0, guest.Call("fd_readdir", 3, 1024, bufferSize, cookie, 0));
            used = guest.Memory.ReadInt32(0);
            var at = 1024;
            while (at + 24 <= 1024 + used && at + 24 + guest.Memory.ReadInt32(at + 16) <= 1024 + used)
            {
                cookie = guest.Memory.ReadInt64(at);
                seen.Add(guest.Memory.ReadString(at + 24, guest.Memory.ReadInt32(at + 16), Encoding.UTF8));
                at += 24 + guest.Memory.ReadInt32(at + 16);
            }
        }
        while (used == bufferSize);

        Assert.Equal(names, seen);
    }
}
