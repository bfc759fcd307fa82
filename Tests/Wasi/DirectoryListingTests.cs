using System.Text;
using WasmAspire.Wasi;
using WasmAspire.Wasi.Files;

namespace WasmAspire.Tests.Wasi;

/// <summary>A directory that changes while it is listed: what is there throughout comes exactly once.</summary>
public sealed class DirectoryListingTests
{
    private const int Buffer = 1024;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void WhatIsThereThroughoutComesOnce(int seed)
    {
        var random = new Random(seed);
        for (var run = 0; run < 20; run++)
        {
            using var guest = Guest();
            SortedSet<string> throughout = [.. Enumerable.Range(0, 60).Select(i => $"f{i}")];
            HashSet<string> ever = [.. throughout, ".", ".."];
            foreach (var name in throughout.OrderBy(_ => random.Next()).ToArray())
            {
                CallScript.Run(guest, $"path_create_directory 3 '{name}'");
            }

            List<string> seen = [];
            var cookie = 0L;
            while (Read(guest, ref cookie, random.Next(30, 200)) is { Count: > 0 } names)
            {
                seen.AddRange(names);
                Change(guest, random, throughout, ever);
            }

            Assert.Equal([".", "..", .. throughout], seen.Where(name => name[0] == '.' || throughout.Contains(name)).Order(StringComparer.Ordinal));
            Assert.Equal(seen.Distinct(), seen);
            Assert.Subset(ever, seen.ToHashSet());
        }
    }

    [Fact]
    public void AnEntryThatIsReplacedKeepsItsPlace()
    {
        using var guest = Guest();

        Assert.Equal(
            "success; success; success; success",
            CallScript.Run(guest, "path_create_directory 3 'a'; path_create_directory 3 'b'; path_create_directory 3 'c'; path_rename 3 'c' 3 'a'"));
        Assert.Equal("success 3 a directory, 4 b directory 50", CallScript.Run(guest, "fd_readdir 3 @entries:500 2 @u32"));
    }

    [Fact]
    public void ADirectoryCanBeEmptiedWhileItIsListed()
    {
        using var guest = Guest();
        for (var i = 0; i < 500; i++)
        {
            CallScript.Run(guest, $"path_create_directory 3 'f{i}'");
        }

        var (cookie, removed) = (0L, 0);
        while (Read(guest, ref cookie, 200) is { Count: > 0 } names)
        {
            foreach (var name in names.Where(name => name[0] != '.'))
            {
                Assert.Equal("success", CallScript.Run(guest, $"path_remove_directory 3 '{name}'"));
                removed++;
            }
        }

        Assert.Equal(500, removed);
    }

    /// <summary>Removes and moves what is there, also to names that are taken, and makes more.</summary>
    private static void Change(ProbeGuest guest, Random random, SortedSet<string> throughout, HashSet<string> ever)
    {
        var name = throughout.ElementAt(random.Next(throughout.Count));
        var added = $"g{ever.Count}";
        switch (random.Next(4))
        {
            case 0:
                CallScript.Run(guest, $"path_remove_directory 3 '{name}'");
                throughout.Remove(name);
                break;
            case 1:
                CallScript.Run(guest, $"path_create_directory 3 '{added}'");
                ever.Add(added);
                break;
            case 2:
                CallScript.Run(guest, $"path_rename 3 '{name}' 3 '{added}'");
                throughout.Remove(name);
                ever.Add(added);
                break;
            default:
                // The other name goes on, for something else.
                CallScript.Run(guest, $"path_create_directory 3 '{added}'; path_rename 3 '{added}' 3 '{name}'");
                ever.Add(added);
                break;
        }
    }

    /// <summary>Reads a part as wasi-libc does: entries that came whole, and the last one's cookie.</summary>
    private static List<string> Read(ProbeGuest guest, ref long cookie, int size)
    {
        List<string> names = [];
        Assert.Equal(0, guest.Call("fd_readdir", 3, Buffer, size, cookie, 0));
        var end = Buffer + guest.Memory.ReadInt32(0);
        for (var at = Buffer; at + 24 <= end && at + 24 + guest.Memory.ReadInt32(at + 16) <= end; at += 24 + guest.Memory.ReadInt32(at + 16))
        {
            cookie = guest.Memory.ReadInt64(at);
            names.Add(guest.Memory.ReadString(at + 24, guest.Memory.ReadInt32(at + 16), Encoding.UTF8));
        }

        return names;
    }

    private static ProbeGuest Guest()
    {
        var tree = new VirtualTree();
        tree.MakeWritable("/");
        return ProbeGuest.OnVirtualWasi(new WasiOptions { Tree = tree, Stdout = new CapturedOutput(), Stderr = new CapturedOutput() });
    }
}
