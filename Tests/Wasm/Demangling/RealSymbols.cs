namespace WasmAspire.Tests.Wasm.Demangling;

/// <summary>The table in symbols.tsv, which says how it was made.</summary>
internal static class RealSymbols
{
    /// <summary>Family, symbol and name.</summary>
    public static IReadOnlyList<(string Family, string Symbol, string Name)> All { get; } =
    [
        .. File.ReadLines(Path.Combine(RepositoryRoot.Path, "Tests", "Wasm", "Demangling", "symbols.tsv"))
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split('\t'))
            .Select(columns => (columns[0], columns[1], columns[2])),
    ];
}
