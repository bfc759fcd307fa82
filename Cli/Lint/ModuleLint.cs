using System.Globalization;
using WasmAspire.Wasm;
using WasmAspire.Wasm.Dwarf;

namespace WasmAspire.Cli.Lint;

/// <summary>Checks what telemetry a module will give.</summary>
internal static class ModuleLint
{
    private const string Wasi = "wasi_snapshot_preview1";

    private static readonly string[] Api = ["span-enter", "span-exit", "span-tags", "metric", "log"];
    private static readonly string[] Instrument = ["enter", "exit", "memory-grow"];
    private static readonly string[] Old = ["span_enter", "span_exit", "span_tags", "metric", "log", "instrument_enter", "instrument_exit", "instrument_memory_grow"];

    /// <exception cref="WasmFormatException">It is no module.</exception>
    public static IReadOnlyList<Finding> Check(byte[] wasm)
    {
        var module = WasmModule.Read(wasm);
        var lines = SourceLines.Read(module, wasm);
        return [.. Spans(module), .. Beginnings(module, wasm), .. Names(module), .. Lines(module, lines), .. Imports(module), .. OpenSpans.Find(wasm, module, lines)];
    }

    private static IEnumerable<Finding> Spans(WasmModule module)
    {
        var instrumenter = ObserveAbi.InstrumenterOf(module);
        var api = module.Imports.Where(ObserveAbi.IsApi).Select(import => import.Name).ToList();
        if (instrumenter is not null)
        {
            yield return Info("I01", $"its functions report themselves: {FunctionLabels.Printable(instrumenter)}");
        }

        if (api.Count > 0)
        {
            yield return Info("I02", $"it calls the Observe API: {string.Join(", ", api)}");
        }

        if (instrumenter is null && api.Count == 0)
        {
            yield return Info("I03", "it opens no spans: only its WASI calls will show; instrument it to see its functions");
        }

        if (api.Any(name => name is "span-enter" or "span_enter") && !api.Any(name => name is "span-exit" or "span_exit"))
        {
            yield return Info("I07", "it imports nothing to close its spans: they end when it does");
        }
    }

    private static IEnumerable<Finding> Beginnings(WasmModule module, byte[] wasm)
    {
        if (HasStart(wasm))
        {
            yield return Info("I08", "it has a start function: what that does shows under 'instantiate', not under 'execute'");
        }

        if (module.Exports.Any(export => export is { Name: "_initialize", Kind: ExternalKind.Function }))
        {
            yield return Info("I09", "it exports _initialize, which runs before an entry point other than _start and shows with it");
        }
    }

    private static bool HasStart(byte[] wasm)
    {
        var sections = new SectionReader(wasm);
        while (sections.TryRead(out var section))
        {
            if (section.Id == SectionId.Start)
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<Finding> Names(WasmModule module)
    {
        var bodies = module.FunctionCount - module.ImportedFunctionCount;
        if (bodies > 0 && module.FunctionNames.Count == 0)
        {
            yield return Warning("W01", "it has no names of functions: they show as their export, or as func[12]; keep the name section when you strip (wasm-ld: --strip-debug, not --strip-all)");
        }
    }

    private static IEnumerable<Finding> Lines(WasmModule module, SourceLines lines)
    {
        var bodies = Enumerable.Range(module.ImportedFunctionCount, module.FunctionCount - module.ImportedFunctionCount).ToList();
        var covered = bodies.Count(function => lines.TryFindFunction(function, out _));
        yield return covered == 0
            ? Info("I04", "it has no line tables: spans and traps will have no source lines; compile with -g")
            : Info("I05", string.Create(CultureInfo.InvariantCulture, $"line tables give {covered} of {bodies.Count} functions their source lines"));
    }

    private static IEnumerable<Finding> Imports(WasmModule module)
    {
        if (module.Imports.Any(import => ObserveAbi.IsApi(import)) && !module.Exports.Any(export => export is { Name: "memory", Kind: ExternalKind.Memory }))
        {
            yield return Warning("W02", "it exports no memory by the name 'memory': the host cannot read names, tags and log lines");
        }

        if (module.Imports.Any(import => import.Module == ObserveAbi.OldModule))
        {
            yield return Info("I06", $"it imports the Observe API by its old name, {ObserveAbi.OldModule}");
        }

        foreach (var import in module.Imports.Where(import => !IsOffered(import)))
        {
            yield return Warning("W03", FunctionLabels.Printable($"it imports {import.Module}.{import.Name}, which a node does not offer: it cannot be instantiated there"));
        }
    }

    private static bool IsOffered(Import import) => import.Kind == ExternalKind.Function && import.Module switch
    {
        Wasi => true,
        ObserveAbi.Api => Api.Contains(import.Name),
        ObserveAbi.Instrument => Instrument.Contains(import.Name),
        ObserveAbi.OldModule => Old.Contains(import.Name),
        _ => false,
    };

    private static Finding Info(string code, string message) => new(code, FindingLevel.Info, message);

    private static Finding Warning(string code, string message) => new(code, FindingLevel.Warning, message);
}
