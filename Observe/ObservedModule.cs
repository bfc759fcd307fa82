using System.Globalization;
using WasmAspire.Wasm;
using WasmAspire.Wasm.Demangling;
using WasmAspire.Wasm.Dwarf;

namespace WasmAspire.Observe;

/// <summary>What telemetry needs to know of a module: its functions' names and source lines. Made once a module, used by many sessions at once.</summary>
public sealed class ObservedModule
{
    private const int MaxNameLength = 256;
    private const int MaxPathLength = 256;

    private readonly WasmModule module;
    private readonly SourceLines lines;
    private readonly Dictionary<int, string> exports = [];
    private readonly Dictionary<int, ObservedFunction> functions = [];
    private int oldNamesWarning;

    private ObservedModule(WasmModule module, SourceLines lines)
    {
        this.module = module;
        this.lines = lines;
        foreach (var export in module.Exports)
        {
            if (export.Kind == ExternalKind.Function)
            {
                exports.TryAdd(export.Index, export.Name);
            }
        }

        ExportsItsOnlyMemory = module.MemoryCount == 1 && module.Exports.Any(export => export is { Name: "memory", Kind: ExternalKind.Memory });
        Gated = ReadGates(module);
        UsesOldNames = module.Imports.Any(import => import.Module == ObserveAbi.OldModule);
    }

    /// <summary>Reads a module.</summary>
    /// <param name="wasm">The file. Where it has line tables it is held until the first line is asked for, and not to be changed before.</param>
    /// <exception cref="WasmFormatException">It is no WebAssembly module, or cut off.</exception>
    public static ObservedModule Read(ReadOnlyMemory<byte> wasm)
    {
        var module = WasmModule.Read(wasm.Span);
        return new ObservedModule(module, SourceLines.Read(module, wasm));
    }

    /// <summary>Whether it imports the Observe API under its old names.</summary>
    public bool UsesOldNames { get; }

    /// <summary>The function's name: from the name section, demangled, else its export, else <c>func[12]</c>; at most 256 characters.</summary>
    /// <param name="function">Index in the module's own index space, imports first. Any number: a guest says it.</param>
    public string FunctionName(int function) => Function(function).Name;

    /// <summary>Whether its memory is one, and exported as <c>memory</c>: then a host sees it grow.</summary>
    internal bool ExportsItsOnlyMemory { get; }

    /// <summary>By function, whether it has a gate; null where none has.</summary>
    internal bool[]? Gated { get; }

    internal ObservedFunction Function(int index)
    {
        lock (functions)
        {
            if (functions.TryGetValue(index, out var known))
            {
                return known;
            }

            var function = Describe(index);
            // Of others a guest may ask for four thousand million.
            if ((uint)index < (uint)module.FunctionCount)
            {
                functions[index] = function;
            }

            return function;
        }
    }

    /// <summary>True the first time it is asked, if there is something to warn of.</summary>
    internal bool TakeOldNamesWarning() => UsesOldNames && Interlocked.Exchange(ref oldNamesWarning, 1) == 0;

    /// <summary>The name of the function that holds a place of the module's code, or null.</summary>
    /// <param name="offset">Bytes from the module's beginning.</param>
    internal string? FunctionNameAt(long offset) => FunctionAt(offset) is { } function ? FunctionName(function) : null;

    /// <summary>Whether the function that holds a place of the module's code has this name in its name section.</summary>
    /// <param name="offset">Bytes from the module's beginning.</param>
    /// <param name="rawName">The name as it stands there; null for none.</param>
    internal bool HasFunctionAt(long offset, string? rawName) => FunctionAt(offset) is { } function && module.FunctionNames[function] == rawName;

    /// <summary>The source line of a place of the module's code.</summary>
    /// <param name="offset">Bytes from the module's beginning.</param>
    /// <param name="line">The line.</param>
    internal bool TryFindLine(long offset, out SourceLine line) => lines.TryFind(offset - module.Code.Start, out line);

    private int? FunctionAt(long offset)
    {
        var (low, high) = (0, module.Bodies.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var body = module.Bodies[middle];
            if (offset >= body.Start && offset < body.End)
            {
                return module.ImportedFunctionCount + middle;
            }

            (low, high) = offset < body.Start ? (low, middle - 1) : (middle + 1, high);
        }

        return null;
    }

    private static bool[]? ReadGates(WasmModule module)
    {
        bool[]? gated = null;
        foreach (var function in ObserveAbi.GatedFunctions(module))
        {
            gated ??= new bool[module.FunctionCount];
            gated[function] = true;
        }

        return gated;
    }

    private ObservedFunction Describe(int index)
    {
        var raw = module.FunctionNames[index] ?? exports.GetValueOrDefault(index) ?? string.Create(CultureInfo.InvariantCulture, $"func[{(uint)index}]");
        var name = Demangler.Demangle(raw);
        var known = lines.TryFindFunction(index, out var line);
        return new ObservedFunction(
            index,
            GuestText.Cut(name, MaxNameLength),
            name == raw ? null : GuestText.Cut(raw, MaxNameLength),
            known ? GuestText.Cut(line.File, MaxPathLength) : null,
            line.Line);
    }
}
