using WasmAspire.Wasm;

namespace WasmAspire.Requester.Submission;

/// <summary>What guests import from the node itself; no module of a job takes its place.</summary>
internal static class HostModules
{
    private static readonly string[] All = ["wasi_snapshot_preview1", "wasi_unstable", ObserveAbi.Api, ObserveAbi.Instrument, ObserveAbi.OldModule, "wasmaspire:memory"];

    /// <summary>Their names, for a message.</summary>
    public static string Names { get; } = string.Join(", ", All);

    /// <summary>Whether a name is one of theirs.</summary>
    public static bool IsReserved(string name) => All.Contains(name, StringComparer.Ordinal);
}
