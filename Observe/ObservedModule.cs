using System.Globalization;
using WasmAspire.Wasm;

namespace WasmAspire.Observe;

/// <summary>What telemetry needs to know of a module: its functions' names. Made once a module, used by many sessions at once.</summary>
public sealed class ObservedModule
{
    private const int MaxNameLength = 256;

    private readonly FunctionNames names;
    private readonly Dictionary<int, string> exports = [];
    private readonly Dictionary<int, ObservedFunction> functions = [];
    private readonly int functionCount;
    private int oldNamesWarning;

    private ObservedModule(WasmModule module)
    {
        names = module.FunctionNames;
        functionCount = module.FunctionCount;
        foreach (var export in module.Exports)
        {
            if (export.Kind == ExternalKind.Function)
            {
                exports.TryAdd(export.Index, export.Name);
            }
        }

        UsesOldNames = module.Imports.Any(import => import.Module == ObserveImports.OldModule);
    }

    /// <summary>Reads a module.</summary>
    /// <param name="wasm">The file.</param>
    /// <exception cref="WasmFormatException">It is no WebAssembly module, or cut off.</exception>
    public static ObservedModule Read(ReadOnlySpan<byte> wasm) => new(WasmModule.Read(wasm));

    /// <summary>Whether it imports the Observe API under its old names.</summary>
    public bool UsesOldNames { get; }

    /// <summary>The function's name: from the name section, else its export, else <c>func[12]</c>; at most 256 characters.</summary>
    /// <param name="function">Index in the module's own index space, imports first. Any number: a guest says it.</param>
    public string FunctionName(int function) => Function(function).Name;

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
            if ((uint)index < (uint)functionCount)
            {
                functions[index] = function;
            }

            return function;
        }
    }

    /// <summary>True the first time it is asked, if there is something to warn of.</summary>
    internal bool TakeOldNamesWarning() => UsesOldNames && Interlocked.Exchange(ref oldNamesWarning, 1) == 0;

    private ObservedFunction Describe(int index)
    {
        var raw = names[index] ?? exports.GetValueOrDefault(index) ?? string.Create(CultureInfo.InvariantCulture, $"func[{(uint)index}]");
        return new ObservedFunction(index, GuestText.Cut(raw, MaxNameLength), rawName: null, file: null, line: 0);
    }
}
