using System.Runtime.Versioning;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using WasmAspire.ComputeNode;
using WasmAspire.ComputeNode.Compilation;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.ComputeNode.Compilation;

public sealed class ArtifactStoreTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"wasmaspire-{Guid.NewGuid():N}");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void WhatIsAddedIsFoundByTheNextProcess()
    {
        Create().Add("aa", countsFuel: false, [1, 2, 3]);

        Assert.Equal([1, 2, 3], Create().Find("aa", countsFuel: false));
        Assert.Null(Create().Find("aa", countsFuel: true));
        Assert.Null(Create().Find("bb", countsFuel: false));
    }

    [Fact]
    public void OneThatDoesNotLoadIsGivenUp()
    {
        var store = Create();
        store.Add("aa", countsFuel: true, [1, 2, 3]);

        store.Remove("aa", countsFuel: true);

        Assert.Null(store.Find("aa", countsFuel: true));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(34)]
    public void ADamagedOneIsNotFoundAndDeleted(int place)
    {
        var store = Create();
        store.Add("aa", countsFuel: false, [1, 2, 3]);
        var file = Assert.Single(Files());
        var bytes = File.ReadAllBytes(file);
        bytes[place] ^= 1;
        File.WriteAllBytes(file, bytes);

        Assert.Null(store.Find("aa", countsFuel: false));
        Assert.Empty(Files());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    [InlineData(33)]
    public void OneThatIsCutOffIsNotFound(int length)
    {
        var store = Create();
        store.Add("aa", countsFuel: false, [1, 2, 3]);
        var file = Assert.Single(Files());
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..length]);

        Assert.Null(store.Find("aa", countsFuel: false));
    }

    [Fact]
    public void TheLeastRecentlyUsedGoesWhereThereIsNoRoom()
    {
        var store = Create(capacity: 2 * (32 + 100));
        store.Add("aa", countsFuel: false, new byte[100]);
        store.Add("bb", countsFuel: false, new byte[100]);
        foreach (var file in Files())
        {
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(-1));
        }

        Assert.NotNull(store.Find("aa", countsFuel: false));
        store.Add("cc", countsFuel: false, new byte[100]);

        Assert.NotNull(store.Find("aa", countsFuel: false));
        Assert.Null(store.Find("bb", countsFuel: false));
        Assert.NotNull(store.Find("cc", countsFuel: false));
    }

    [LinuxFact]
    [SupportedOSPlatform("linux")]
    public void TheFolderIsTheUsersAlone()
    {
        Create().Add("aa", countsFuel: false, [1]);

        var inner = Assert.Single(Directory.GetDirectories(folder));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(inner));
    }

    [Fact]
    public void AFolderThatCannotBeUsedIsNone()
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "file");
        File.WriteAllText(file, "");
        var store = new ArtifactStore(Options.Create(new NodeOptions { CompiledFolder = file }), NullLogger<ArtifactStore>.Instance);

        store.Add("aa", countsFuel: false, [1]);

        Assert.Null(store.Find("aa", countsFuel: false));
    }

    private ArtifactStore Create(long capacity = 1 << 20) =>
        new(Options.Create(new NodeOptions { CompiledFolder = folder, CompiledFolderBytes = capacity }), NullLogger<ArtifactStore>.Instance);

    private string[] Files() => Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
}
