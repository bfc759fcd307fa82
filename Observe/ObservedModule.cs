using System.Globalization;
using WasmAspire.Wasm;

namespace WasmAspire.Observe;

/// <summary>What telemetry needs to know of a module: its functions' names. Made once a module, used by many sessions at once.</summary>
public sealed class ObservedModule
{
    private const int MaxNameLength = 256;

    private readonly FunctionNames names;
    private readonly Dictionary<int, string> exports;
    private readonly Dictionary<int, string> decoded = [];
    private int oldNamesWarning;

    /// <param name="module">The module, read.</param>
    public ObservedModule(WasmModule module)
    {
        names = module.FunctionNames;
        exports = [];
        foreach (var export in module.Exports)
        {
            if (export.Kind == ExternalKind.Function)
            {
                exports.TryAdd(export.Index, export.Name);
            }
        }

        UsesOldNames = module.Imports.Any(import => import.Module == ObserveImports.OldModule);
    }

    /// <summary>Whether it imports the Observe API under its old names.</summary>
    public bool UsesOldNames { get; }

    /// <summary>The function's name: from the name section, else its export, else <c>func[12]</c>; at most 256 characters.</summary>
    /// <param name="function">Index in the module's own index space, imports first. Any number: a guest says it.</param>
    public string FunctionName(int function)
    {
        lock (decoded)
        {
            if (decoded.TryGetValue(function, out var known))
            {
                return known;
            }

            var name = names[function] ?? exports.GetValueOrDefault(function);
            if (name is null)
            {
                // Not remembered: a guest may ask for four thousand million of them.
                return string.Create(CultureInfo.InvariantCulture, $"func[{(uint)function}]");
            }

            return decoded[function] = name.Length <= MaxNameLength ? name : name[..(MaxNameLength - 1)] + "…";
        }
    }

    /// <summary>True the first time it is asked, if there is something to warn of.</summary>
    internal bool TakeOldNamesWarning() => UsesOldNames && Interlocked.Exchange(ref oldNamesWarning, 1) == 0;
}
