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

    /// <summary>Builds a language from a repository into a folder.</summary>
    public static void Build(string repository, string output, string language) =>
        Tool.Run("bash", Path.Combine(repository, "guests", "build.sh"), "--output", output, language);

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();
}
