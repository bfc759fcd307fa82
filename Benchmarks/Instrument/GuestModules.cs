using System.Runtime.CompilerServices;
using WasmAspire.Wasm;

namespace WasmAspire.Benchmarks.Instrument;

/// <summary>The committed modules.</summary>
internal static class GuestModules
{
    /// <summary>Where they are.</summary>
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "guests", "wasm"));

    /// <summary>The files of all that have no DWARF and that no instrumenter has been at, programs of the benchmark included.</summary>
    public static IReadOnlyList<string> Whole { get; } = [.. Directory
        .GetFiles(Folder, "*.wasm", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .Where(file => IsWhole(File.ReadAllBytes(file)))];

    private static bool IsWhole(byte[] wasm) =>
        wasm.AsSpan().IndexOf(".debug_line"u8) < 0 && ObserveAbi.InstrumenterOf(WasmModule.Read(wasm)) is null;

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
