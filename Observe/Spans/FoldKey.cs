namespace WasmAspire.Observe.Spans;

/// <summary>What folded calls are counted by.</summary>
/// <param name="Module">The number of the module in the run; -1 for what is no module's.</param>
/// <param name="Function">The function of an automatic frame; -1 for all else.</param>
/// <param name="Name">The name of a manual span or of a host function; null for an automatic frame.</param>
internal readonly record struct FoldKey(int Module, int Function, string? Name)
{
    /// <summary>Calls that are not told apart.</summary>
    public static FoldKey Other { get; } = new(-1, -1, null);

    public bool Is(in FoldKey other) =>
        Function == other.Function
        && Module == other.Module
        && (ReferenceEquals(Name, other.Name) || string.Equals(Name, other.Name, StringComparison.Ordinal));
}
