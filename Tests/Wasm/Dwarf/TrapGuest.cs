namespace WasmAspire.Tests.Wasm.Dwarf;

/// <summary>The guest <c>trap</c>, which is built with debug information, and where things stand in its source.</summary>
internal static class TrapGuest
{
    /// <summary>The source as its DWARF names it.</summary>
    public const string Source = "c/trap.c";

    private static readonly string[] Text = File.ReadAllLines(Path.Combine(RepositoryRoot.Path, "guests", Source));

    public static string ModulePath { get; } = Path.Combine(RepositoryRoot.Path, "guests", "wasm", "c", "trap.wasm");

    /// <summary>Names of its functions, and how each begins.</summary>
    public static IReadOnlyDictionary<string, string> Functions { get; } = new Dictionary<string, string>
    {
        ["reach_unreachable"] = "FRAME void reach_unreachable(",
        ["divide_by_zero"] = "FRAME void divide_by_zero(",
        ["read_out_of_bounds"] = "FRAME void read_out_of_bounds(",
        ["recurse"] = "FRAME int recurse(",
        ["overflow_stack"] = "FRAME void overflow_stack(",
        ["call_with_wrong_signature"] = "FRAME void call_with_wrong_signature(",
        ["inner"] = "FRAME void inner(",
        ["outer"] = "FRAME void outer(",
    };

    /// <summary>Where a function's body opens, the line after this text: there clang puts the function's first row.</summary>
    public static int BodyOf(string text) => LineOf(text) + 1;

    /// <summary>The line of the source, from 1, that has this text; there is one.</summary>
    public static int LineOf(string text) =>
        Enumerable.Range(1, Text.Length).Single(line => Text[line - 1].Contains(text, StringComparison.Ordinal));
}
