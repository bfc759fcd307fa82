using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Guests;

/// <summary>The committed modules are what their sources make.</summary>
public sealed class RebuiltGuestsTests(RebuiltGuests rebuilt) : IClassFixture<RebuiltGuests>
{
    private const string AptGet = "apt-get install -y --no-install-recommends";

    public static TheoryData<string> CCases => GuestCases.Names("c/");

    public static TheoryData<string> CppCases => GuestCases.Names("cpp/");

    public static TheoryData<string> RustCases => GuestCases.Names("rust/");

    public static TheoryData<string> AssemblyScriptCases => GuestCases.Names("assemblyscript/");

    public static TheoryData<string> WatCases => GuestCases.Names("wat/");

    [RequiresToolTheory(Toolchain.Bash, Toolchain.Clang, Toolchain.WasmLd, Toolchain.WasiLibc)]
    [MemberData(nameof(CCases))]
    public void CGuestsDoWhatTheCommittedOnesDo(string name) => AssertSameBehaviour(name);

    [RequiresToolTheory(
        Toolchain.Bash, Toolchain.ClangXx, Toolchain.WasmLd, Toolchain.WasiLibc, Toolchain.LibCxx, Toolchain.LibCxxAbi)]
    [MemberData(nameof(CppCases))]
    public void CppGuestsDoWhatTheCommittedOnesDo(string name) => AssertSameBehaviour(name);

    [RequiresToolTheory(Toolchain.Bash, Toolchain.Rustc, Toolchain.RustStd, Toolchain.WasmLd)]
    [MemberData(nameof(RustCases))]
    public void RustGuestsDoWhatTheCommittedOnesDo(string name) => AssertSameBehaviour(name);

    [RequiresToolTheory(Toolchain.Bash, Toolchain.Node, Toolchain.Asc)]
    [MemberData(nameof(AssemblyScriptCases))]
    public void AssemblyScriptGuestsDoWhatTheCommittedOnesDo(string name) => AssertSameBehaviour(name);

    [RequiresToolTheory(Toolchain.Bash, Toolchain.Wat2Wasm)]
    [MemberData(nameof(WatCases))]
    public void WatGuestsDoWhatTheCommittedOnesDo(string name) => AssertSameBehaviour(name);

    [RequiresToolFact(Toolchain.Bash, Toolchain.Clang, Toolchain.WasmLd, Toolchain.WasiLibc)]
    public void CGuestsAreTheSameBytesWhereverTheyAreBuilt() => AssertSameBytesFromAnotherFolder("c");

    [RequiresToolFact(
        Toolchain.Bash, Toolchain.ClangXx, Toolchain.WasmLd, Toolchain.WasiLibc, Toolchain.LibCxx, Toolchain.LibCxxAbi)]
    public void CppGuestsAreTheSameBytesWhereverTheyAreBuilt() => AssertSameBytesFromAnotherFolder("cpp");

    [RequiresToolFact(Toolchain.Bash, Toolchain.Rustc, Toolchain.RustStd, Toolchain.WasmLd)]
    public void RustGuestsAreTheSameBytesWhereverTheyAreBuilt() => AssertSameBytesFromAnotherFolder("rust");

    [RequiresToolFact(Toolchain.Bash, Toolchain.Node, Toolchain.Asc)]
    public void AssemblyScriptGuestsAreTheSameBytesWhereverTheyAreBuilt() =>
        AssertSameBytesFromAnotherFolder("assemblyscript");

    /// <remarks>This compiler is pinned with the repository, so the committed bytes can be asked for.</remarks>
    [RequiresToolFact(Toolchain.Bash, Toolchain.Node, Toolchain.Asc)]
    public void AssemblyScriptGuestsAreTheCommittedBytes()
    {
        string[] committed = Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "guests", "wasm", "assemblyscript"));
        Assert.NotEmpty(committed);
        Assert.All(committed, module => Assert.Equal(
            File.ReadAllBytes(module),
            File.ReadAllBytes(Path.Combine(rebuilt.FolderOf("assemblyscript"), Path.GetFileName(module)))));
    }

    [RequiresToolTheory(Toolchain.Bash)]
    [InlineData("c", "CLANG", $"{AptGet} clang lld wasi-libc libclang-rt-dev-wasm32")]
    [InlineData("cpp", "CLANGXX", $"{AptGet} clang lld wasi-libc libclang-rt-dev-wasm32 libc++-14-dev-wasm32 libc++abi-14-dev-wasm32")]
    [InlineData("rust", "RUSTC", $"{AptGet} rustc libstd-rust-dev-wasm32 lld")]
    [InlineData("assemblyscript", "ASC",
        "Node.js 20 or later with npm, and an npm registry: npm ci --prefix guests/bindings/assemblyscript")]
    [InlineData("wat", "WAT2WASM", $"{AptGet} wabt")]
    public void BuildSaysHowToInstallWhatIsMissing(string language, string variable, string command)
    {
        using TemporaryFolder output = new();
        string script = Path.Combine(RepositoryRoot.Path, "guests", "build.sh");

        (int exitCode, string said) = Tool.TryRun(
            "bash", [script, "--output", output.Path, language], (variable, "/no/such/compiler"));

        Assert.Equal(1, exitCode);
        Assert.Contains($"cannot build {language}:", said, StringComparison.Ordinal);
        Assert.EndsWith($"install its toolchain: {command}\n", said, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(output.Path));
    }

    private void AssertSameBehaviour(string name)
    {
        GuestCase guest = GuestCases.Get(name);
        string module = guest.Module + ".wasm";
        string language = guest.Module.Split('/')[0];

        GuestRun committed = RecordingHost.Run(guest, Path.Combine(RepositoryRoot.Path, "guests", "wasm", module));
        GuestRun anew = RecordingHost.Run(guest, Path.Combine(rebuilt.FolderOf(language), "..", module));

        Assert.Equal(committed.Transcript, anew.Transcript);
    }

    private void AssertSameBytesFromAnotherFolder(string language)
    {
        using TemporaryFolder elsewhere = new();
        Copy(Path.Combine(RepositoryRoot.Path, "guests"), elsewhere["guests"]);
        RebuiltGuests.Build(elsewhere.Path, elsewhere["wasm"], language);

        string[] modules = Directory.GetFiles(rebuilt.FolderOf(language));
        Assert.NotEmpty(modules);
        Assert.All(modules, module => Assert.Equal(
            File.ReadAllBytes(module),
            File.ReadAllBytes(Path.Combine(elsewhere["wasm"], language, Path.GetFileName(module)))));
    }

    /// <remarks>An installed compiler stays where it is; see <see cref="RebuiltGuests.Build"/>.</remarks>
    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.GetFiles(from, "*", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/node_modules/", StringComparison.Ordinal)))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
