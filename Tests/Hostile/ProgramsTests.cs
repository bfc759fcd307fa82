using WasmAspire.Tests.Guests;
using WasmAspire.Tests.Requires;
using WasmAspire.Wasm;

namespace WasmAspire.Tests.Hostile;

/// <summary>The committed programs of <c>guests/hostile</c>.</summary>
public sealed class ProgramsTests(RebuiltGuests rebuilt) : IClassFixture<RebuiltGuests>
{
    private static readonly string Sources = Path.Combine(RepositoryRoot.Path, "guests", "hostile");
    private static readonly string Modules = Path.Combine(RepositoryRoot.Path, "guests", "wasm", "hostile");

    [Fact]
    public void HaveASourceThatSaysWhatItTriesAndATest()
    {
        string[] sources = [.. Directory.GetFiles(Sources).Where(file => !file.EndsWith(".h", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        var tests = string.Concat(Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "Tests", "Hostile"), "*.cs").Select(File.ReadAllText));

        Assert.InRange(sources.Length, 30, int.MaxValue);
        Assert.Equal(sources.Select(Path.GetFileNameWithoutExtension), Names(Modules));
        Assert.All(sources, source => Assert.Matches(source.EndsWith(".c", StringComparison.Ordinal) ? @"^/\* \w" : @"^;; \w", File.ReadAllText(source)));
        Assert.All(sources, source => Assert.Contains($"\"{Path.GetFileNameWithoutExtension(source)}\"", tests, StringComparison.Ordinal));
    }

    [RequiresToolFact(Toolchain.Bash, Toolchain.Clang, Toolchain.WasmLd, Toolchain.WasiLibc, Toolchain.Wat2Wasm)]
    public void AreWhatTheirSourcesMake()
    {
        var folder = rebuilt.FolderOf("hostile");

        Assert.Equal(Names(Modules), Names(folder));
        // Compilers differ in what they make of a body; not in what it calls and can be called by.
        Assert.All(Names(folder), name => Assert.Equal(Interface(Modules, name), Interface(folder, name)));
    }

    private static string[] Names(string folder) =>
        [.. Directory.GetFiles(folder).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    private static string Interface(string folder, string name)
    {
        var module = WasmModule.Read(File.ReadAllBytes(Path.Combine(folder, name + ".wasm")));
        return string.Join('\n', module.Imports.Select(import => $"{import.Module} {import.Name}").Concat(module.Exports.Select(export => $"{export.Kind} {export.Name}")).Order(StringComparer.Ordinal));
    }
}
