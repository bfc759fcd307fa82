using System.Globalization;

namespace WasmAspire.Wasm;

/// <summary>The names by which guests, instrumenters and hosts of the Observe API find each other in a module.</summary>
public static class ObserveAbi
{
    /// <summary>Imported module of the calls that people write.</summary>
    public const string Api = "dylibso:observe/api";

    /// <summary>Imported module of the calls that an instrumenter writes.</summary>
    public const string Instrument = "dylibso:observe/instrument";

    /// <summary>Imported module of both before they were parted.</summary>
    public const string OldModule = "dylibso_observe";

    /// <summary>How our instrumenter names itself in the section <c>producers</c>; only then are a module's exported gates gates.</summary>
    public const string Producer = "wasmaspire-instrument";

    private const string GatePrefix = "wasmaspire:gate/";

    // What the hosted compiler writes from its version 0.5 on, and the global that it exports before.
    private const string HostedProducer = "observe-sdk-autoinstr";
    private const string HostedVersionGlobal = "wasm_instr_version_major";

    /// <summary>
    /// The export of a function's gate: a mutable i32 global. While it is above 0, a call of the function takes 1 from it
    /// and reports nothing.
    /// </summary>
    /// <param name="function">The function's index in the instrumented module.</param>
    public static string GateName(int function) => string.Create(CultureInfo.InvariantCulture, $"{GatePrefix}{function}");

    /// <summary>Reads a name that <see cref="GateName"/> has made.</summary>
    /// <returns>False for any other name.</returns>
    public static bool TryReadGateName(string name, out int function)
    {
        ArgumentNullException.ThrowIfNull(name);
        function = 0;
        return name.StartsWith(GatePrefix, StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(GatePrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out function)
            && name == GateName(function);
    }

    /// <summary>The functions of a module that have a gate, as it exports them.</summary>
    /// <remarks>Only of our instrumenter's modules: a global of the same name may be anything in another, and is not to be written.</remarks>
    public static IEnumerable<int> GatedFunctions(WasmModule module)
    {
        ArgumentNullException.ThrowIfNull(module);
        if (!module.Producers.Any(producer => producer is { Field: "processed-by", Name: Producer }))
        {
            yield break;
        }

        foreach (var export in module.Exports)
        {
            if (export.Kind == ExternalKind.Global && TryReadGateName(export.Name, out var function) && function < module.FunctionCount)
            {
                yield return function;
            }
        }
    }

    /// <summary>Whether an import is a function of the API that people call; not one of those that an instrumenter calls.</summary>
    public static bool IsApi(Import import)
    {
        ArgumentNullException.ThrowIfNull(import);
        return import.Kind == ExternalKind.Function
            && (import.Module == Api || (import.Module == OldModule && !import.Name.StartsWith("instrument_", StringComparison.Ordinal)));
    }

    /// <summary>Who has instrumented a module: a producer's name and version, or just what its imports tell; null if nobody has.</summary>
    public static string? InstrumenterOf(WasmModule module)
    {
        ArgumentNullException.ThrowIfNull(module);
        if (module.Producers.FirstOrDefault(producer => producer.Name is Producer or HostedProducer) is { } producer)
        {
            return $"{producer.Name} {producer.Version}".TrimEnd();
        }

        if (module.Exports.Any(export => export is { Name: HostedVersionGlobal, Kind: ExternalKind.Global }))
        {
            return HostedProducer;
        }

        return module.Imports.Any(IsInstrument) ? "an instrumenter that does not name itself" : null;
    }

    private static bool IsInstrument(Import import) => import.Kind == ExternalKind.Function
        && (import.Module == Instrument || (import.Module == OldModule && import.Name.StartsWith("instrument_", StringComparison.Ordinal)));
}
