using WasmAspire.Tests.Guests;

namespace WasmAspire.Tests.Instrument.SpecScripts;

/// <summary>The official WebAssembly 2.0 test scripts, as wabt's wast2json converts them: once a run.</summary>
internal static class ScriptFolder
{
    /// <summary>Where they lie, beside the repository.</summary>
    public const string Archive = "../shared/spec/wasm-2.0-core.wast.tar.xz";

    private static readonly Lazy<string> Folder = new(Convert);

    /// <summary>A converted script's commands; the modules lie beside them.</summary>
    public static string PathOf(string script) => Path.Combine(Folder.Value, $"{script}.json");

    /// <summary>The scripts' names; none where the archive is absent.</summary>
    public static IEnumerable<string> Scripts()
    {
        var archive = Path.Combine(RepositoryRoot.Path, Archive);
        if (!File.Exists(archive))
        {
            return [];
        }

        var (exitCode, listing) = Tool.TryRun("tar", ["-tf", archive]);
        Assert.Equal(0, exitCode);
        return listing.Split('\n').Where(name => name.EndsWith(".wast", StringComparison.Ordinal)).Select(name => Path.GetFileNameWithoutExtension(name)).Order(StringComparer.Ordinal);
    }

    private static string Convert()
    {
        var folder = Directory.CreateTempSubdirectory("wasmaspire-spec-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        Tool.Run("tar", "-xf", Path.Combine(RepositoryRoot.Path, Archive), "-C", folder);
        foreach (var script in Directory.GetFiles(folder, "*.wast", SearchOption.AllDirectories))
        {
            Tool.Run("wast2json", script, "-o", Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(script)}.json"));
        }

        return folder;
    }
}
