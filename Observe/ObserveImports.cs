namespace WasmAspire.Observe;

/// <summary>The names under which guests import the Observe API.</summary>
internal static class ObserveImports
{
    /// <summary>Module of the calls that people write.</summary>
    public const string Api = "dylibso:observe/api";

    /// <summary>Module of the calls that an instrumenter writes.</summary>
    public const string Instrument = "dylibso:observe/instrument";

    /// <summary>Module of both before they were parted.</summary>
    public const string OldModule = "dylibso_observe";
}
