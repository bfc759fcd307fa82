using System.Globalization;
using WasmAspire.Wasm;
using WasmAspire.Wasm.Demangling;

namespace WasmAspire.Instrument.Choice;

/// <summary>Chooses the functions of a module that are instrumented.</summary>
internal sealed class FunctionChoice
{
    // What Wasmtime accepts; the rest is for what is added.
    private const int MaxLocals = 50_000 - 1;
    private const int MaxBodyBytes = 7_654_321 - 100_000;

    // A wrapper of a wrapper is one too; nobody nests them deeper.
    private const int MaxWrapperDepth = 4;

    private readonly WasmModule module;
    private readonly InstrumentOptions options;
    private readonly BodyFacts[] facts;
    private readonly NamePatterns include;
    private readonly NamePatterns exclude;
    private readonly Dictionary<int, string> exports = [];
    private readonly HashSet<uint> wrappers = [];

    /// <param name="module">The module.</param>
    /// <param name="options">What the user wants.</param>
    /// <param name="facts">What its bodies are like, in order.</param>
    public FunctionChoice(WasmModule module, InstrumentOptions options, BodyFacts[] facts)
    {
        this.module = module;
        this.options = options;
        this.facts = facts;
        include = new NamePatterns(options.Include);
        exclude = new NamePatterns(options.Exclude);
        foreach (var export in module.Exports)
        {
            if (export.Kind == ExternalKind.Function)
            {
                exports.TryAdd(export.Index, export.Name);
            }
        }

        FindWrappers();
    }

    /// <summary>The patterns of the options that no function has matched.</summary>
    public IReadOnlyList<string> UnmatchedPatterns => [.. include.Unused, .. exclude.Unused];

    /// <summary>What becomes of each body's function.</summary>
    /// <param name="shift">How far the indices of functions with a body move.</param>
    public FunctionReport[] Choose(int shift)
    {
        var reports = new FunctionReport[facts.Length];
        for (var body = 0; body < facts.Length; body++)
        {
            var function = module.ImportedFunctionCount + body;
            var raw = module.FunctionNames[function]
                ?? exports.GetValueOrDefault(function)
                ?? string.Create(CultureInfo.InvariantCulture, $"func[{function + shift}]");
            var name = Demangler.Demangle(raw);
            var own = facts[body];
            reports[body] = new FunctionReport(function + shift, name, own.Instructions, own.Calls || own.Loops, Judge(body, name, raw));
        }

        return reports;
    }

    private LeftOut? Judge(int body, string name, string raw)
    {
        // Both are asked, so that a pattern counts as matched whatever else decides.
        var included = include.Match(name) | include.Match(raw);
        if (exclude.Match(name) | exclude.Match(raw))
        {
            return LeftOut.Excluded;
        }

        if (wrappers.Contains((uint)(module.ImportedFunctionCount + body)))
        {
            return LeftOut.WrapsObserveApi;
        }

        if (facts[body].Locals > MaxLocals || module.Bodies[body].Length > MaxBodyBytes)
        {
            return LeftOut.TooLarge;
        }

        if (!include.IsEmpty)
        {
            return included ? null : LeftOut.NotIncluded;
        }

        if (options.All)
        {
            return null;
        }

        if (DefaultExclusions.Match(name) || DefaultExclusions.Match(raw))
        {
            return LeftOut.Runtime;
        }

        return facts[body] is { Calls: false, Loops: false } && facts[body].Instructions < options.MinInstructions ? LeftOut.SmallLeaf : null;
    }

    private void FindWrappers()
    {
        var imported = 0u;
        foreach (var import in module.Imports.Where(import => import.Kind == ExternalKind.Function))
        {
            if (ObserveAbi.IsApi(import))
            {
                wrappers.Add(imported);
            }

            imported++;
        }

        for (var (depth, before) = (0, 0); depth < MaxWrapperDepth && wrappers.Count > before; depth++)
        {
            before = wrappers.Count;
            for (var body = 0; body < facts.Length; body++)
            {
                if (facts[body].Callees is { } callees && callees.All(wrappers.Contains))
                {
                    wrappers.Add((uint)(module.ImportedFunctionCount + body));
                }
            }
        }
    }
}
