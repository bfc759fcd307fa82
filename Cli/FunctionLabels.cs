using System.Globalization;
using WasmAspire.Wasm;
using WasmAspire.Wasm.Demangling;

namespace WasmAspire.Cli;

/// <summary>What to call the functions of a module: as hosts call them.</summary>
internal sealed class FunctionLabels(WasmModule module)
{
    private readonly Dictionary<int, string> others = Others(module);

    /// <summary>The name in the module: from the name section, else its import or export, else <c>func[12]</c>.</summary>
    public string Raw(int function) =>
        module.FunctionNames[function] ?? others.GetValueOrDefault(function) ?? string.Create(CultureInfo.InvariantCulture, $"func[{function}]");

    /// <summary>The name for people: demangled, and without control characters, which a terminal would obey.</summary>
    public string Name(int function) => Printable(Demangler.Demangle(Raw(function)));

    /// <summary>A text without control characters.</summary>
    public static string Printable(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}") : c.ToString())) : text;

    private static Dictionary<int, string> Others(WasmModule module)
    {
        var names = new Dictionary<int, string>();
        foreach (var import in module.Imports.Where(import => import.Kind == ExternalKind.Function))
        {
            names[names.Count] = $"{import.Module}.{import.Name}";
        }

        foreach (var export in module.Exports.Where(export => export.Kind == ExternalKind.Function))
        {
            names.TryAdd(export.Index, export.Name);
        }

        return names;
    }
}
