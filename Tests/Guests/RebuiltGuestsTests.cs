using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Guests;

/// <summary>The committed modules are what their sources make.</summary>
public sealed class RebuiltGuestsTests(RebuiltGuests rebuilt) : IClassFixture<RebuiltGuests>
{
    public static TheoryData<string> CCases => GuestCases.Names("c/");

    public static TheoryData<string> RustCases => GuestCases.Names("rust/");

    public static TheoryData<string> WatCases => GuestCases.Names("wat/");

    [RequiresToolTheory(Toolchain.Bash, Toolchain.Clang, Toolchain.WasmLd, Toolchain.WasiLibc)]
    [MemberData(nameof(CCases))]
    public void CGuestsDoWhatTheCommittedOnesDo(string name) => AssertSameBehaviour(name);

    [RequiresToolTheory(Toolchain.Bash, Toolchain.Rustc, Toolchain.RustStd, Toolchain.WasmLd)]
    [MemberData(nameof(RustCases))]
    public void RustGuestsDoWhatTheCommittedOnesDo(string name) => AssertSameBehaviour(name);

    [RequiresToolTheory(Toolchain.Bash, Toolchain.Wat2Wasm)]
    [MemberData(nameof(WatCases))]
    public void WatGuestsDoWhatTheCommittedOnesDo(string name) => AssertSameBehaviour(name);

    [RequiresToolFact(Toolchain.Bash, Toolchain.Clang, Toolchain.WasmLd, Toolchain.WasiLibc)]
    public void CGuestsAreTheSameBytesWhereverTheyAreBuilt() => AssertSameBytesFromAnotherFolder("c");

    [RequiresToolFact(Toolchain.Bash, Toolchain.Rustc, Toolchain.RustStd, Toolchain.WasmLd)]
    public void RustGuestsAreTheSameBytesWhereverTheyAreBuilt() => AssertSameBytesFromAnotherFolder("rust");

    [RequiresToolTheory(Toolchain.Bash)]
    [InlineData("c", "CLANG", "clang lld wasi-libc libclang-rt-dev-wasm32")]
    [InlineData("rust", "RUSTC", "rustc libstd-rust-dev-wasm32 lld")]
    [InlineData("wat", "WAT2WASM", "wabt")]
    public void BuildSaysHowToInstallWhatIsMissing(string language, string variable, string packages)
    {
        using TemporaryFolder output = new();
        string script = Path.Combine(RepositoryRoot.Path, "guests", "build.sh");

        (int exitCode, string said) = Tool.TryRun(
            "bash", [script, "--output", output.Path, language], (variable, "/no/such/compiler"));

        Assert.Equal(1, exitCode);
        Assert.Contains($"cannot build {language}:", said, StringComparison.Ordinal);
        Assert.EndsWith($"apt-get install -y --no-install-recommends {packages}\n", said, StringComparison.Ordinal);
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

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
