namespace WasmAspire.Cli.Commands;

/// <summary>What <c>inspect</c> shows.</summary>
internal sealed record InspectedModule(
    long Bytes,
    IReadOnlyList<InspectedSection> Sections,
    IReadOnlyList<string> Imports,
    IReadOnlyList<string> Exports,
    int Functions,
    int NamedFunctions,
    int Memories,
    int Tables,
    int Globals,
    IReadOnlyList<string> Producers,
    string? InstrumentedBy,
    int Gates);
