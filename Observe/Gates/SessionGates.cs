using Wasmtime;

namespace WasmAspire.Observe.Gates;

/// <summary>The gates of a run's functions, by module and function.</summary>
internal sealed class SessionGates(int modules, GateRule rule)
{
    /// <summary>So many functions of a run are judged; each call of others is seen.</summary>
    public const int MaxFunctions = 16_384;

    private readonly Instance?[] instances = new Instance?[modules];

    // By module, then by function; what is known of a function is made when there is something to know.
    private readonly FunctionGate?[][] places = new FunctionGate?[modules][];
    private readonly List<FunctionGate> gates = [];
    private readonly bool[][] gated = new bool[modules][];

    /// <summary>Calls that were not seen, up to the last look at each gate.</summary>
    public long SkippedCalls => gates.Sum(gate => gate.SkippedCalls);

    /// <summary>The functions with calls that were not seen, most first.</summary>
    public IEnumerable<FunctionGate> Gated => gates.Where(gate => gate.SkippedCalls > 0).OrderByDescending(gate => gate.SkippedCalls);

    /// <summary>Takes the gates of an instance, if it is the first of its number.</summary>
    public void Add(Instance instance, int number, ObservedModule module)
    {
        if (module.Gated is { } functions && instances[number] is null)
        {
            instances[number] = instance;
            gated[number] = functions;
            places[number] = new FunctionGate?[functions.Length];
        }
    }

    /// <summary>The gate of a function, or null where it has none. Any numbers: a guest says them.</summary>
    public FunctionGate? Find(int module, int function)
    {
        if ((uint)module >= (uint)places.Length || places[module] is not { } functions || (uint)function >= (uint)functions.Length)
        {
            return null;
        }

        return functions[function] ?? Create(module, function);
    }

    /// <summary>Looks at every gate a last time.</summary>
    public void Look(long now) => gates.ForEach(gate => gate.Look(now));

    private FunctionGate? Create(int module, int function)
    {
        if (!gated[module][function] || gates.Count == MaxFunctions)
        {
            return null;
        }

        var gate = new FunctionGate(instances[module]!, module, function, rule);
        gates.Add(gate);
        return places[module][function] = gate;
    }
}
