namespace WasmAspire.Tests.Guests;

/// <summary>The guests built anew by guests/build.sh, each language once and when first asked for.</summary>
public sealed class RebuiltGuests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly HashSet<string> built = [];

    /// <summary>The folder of a language's modules.</summary>
    public string FolderOf(string language)
    {
        lock (built)
        {
            if (!built.Contains(language))
            {
                Build(RepositoryRoot.Path, folder["wasm"], language);
                built.Add(language);
            }
        }

        return Path.Combine(folder["wasm"], language);
    }

    /// <summary>Builds a language from a repository into a folder, AssemblyScript by this repository's compiler.</summary>
    public static void Build(string repository, string output, string language)
    {
        string script = Path.Combine(repository, "guests", "build.sh");
        (int exitCode, string said) = Tool.TryRun("bash", [script, "--output", output, language],
            ("ASC", Path.Combine(RepositoryRoot.Path, Toolchain.Asc)));
        Assert.True(exitCode == 0, said);
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();
}
