using System.Text.Json.Serialization;

namespace WasmAspire.Instrument;

/// <summary>What was done to a module.</summary>
public sealed record InstrumentReport
{
    /// <summary>Who had instrumented the module before, if so: then it was left as it was; else null.</summary>
    public string? InstrumentedBefore { get; init; }

    /// <summary>The functions that have a body, in order.</summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyList<FunctionReport> Functions { get; init; } = [];

    /// <summary>How many of them were instrumented.</summary>
    public int Instrumented => Functions.Count(function => function.LeftOut is null);

    /// <summary>How many instructions <c>memory.grow</c> report the growth first, those of functions left out included.</summary>
    public int MemoryGrows { get; init; }

    /// <summary>Length of the module before, in bytes.</summary>
    public long BytesBefore { get; init; }

    /// <summary>Length of the module after, in bytes.</summary>
    public long BytesAfter { get; init; }

    /// <summary>Whether the instrumented functions have gates.</summary>
    public bool Gates { get; init; }

    /// <summary>Patterns of the options that no function matches.</summary>
    public IReadOnlyList<string> UnmatchedPatterns { get; init; } = [];

    /// <summary>Custom sections that were taken out.</summary>
    public IReadOnlyList<DroppedSection> DroppedSections { get; init; } = [];
}
