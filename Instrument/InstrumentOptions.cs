namespace WasmAspire.Instrument;

/// <summary>What is instrumented. A pattern is a glob over a function's demangled or raw name: <c>*</c> any text, <c>?</c> a character.</summary>
public sealed record InstrumentOptions
{
    /// <summary>Only functions that match one of these; where there is none, all that nothing else leaves out. They overrule <see cref="MinInstructions"/> and the default exclusions.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>Functions that match one of these are left out, whatever else says.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Functions without calls and loops that have fewer instructions are left out; 24 by default, 0 instruments them all.</summary>
    public int MinInstructions { get; init; } = 24;

    /// <summary>Every function but those of <see cref="Exclude"/> and those that only wrap the Observe API.</summary>
    public bool All { get; init; }

    /// <summary>Whether each function gets a gate, by which a host that knows of them makes its calls next to free.</summary>
    public bool Gates { get; init; } = true;
}
