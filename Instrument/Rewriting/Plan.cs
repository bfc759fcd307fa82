using WasmAspire.Wasm;

namespace WasmAspire.Instrument.Rewriting;

/// <summary>
/// What a module gets, and where: imports behind its own, so that functions with a body move up; types, globals and
/// functions behind all others, so that none of those moves.
/// </summary>
internal sealed class Plan
{
    private static readonly FunctionType Report = new([Wasm.ValueType.I32], []);
    private static readonly FunctionType Grow = new([Wasm.ValueType.I32], [Wasm.ValueType.I32]);

    private readonly Dictionary<FunctionType, uint> types = [];
    private readonly List<FunctionType> addedTypes = [];
    private readonly int[] gates;

    /// <param name="module">The module.</param>
    /// <param name="functions">What becomes of each function with a body.</param>
    /// <param name="gates">Whether instrumented functions get a gate.</param>
    /// <param name="grownMemories">The memories that grow.</param>
    /// <param name="guard">Whether the growth of memories is guarded (<see cref="MemoryGuard"/>) and nothing reported.</param>
    public Plan(WasmModule module, IReadOnlyList<FunctionReport> functions, bool gates, IEnumerable<uint> grownMemories, bool guard = false)
    {
        Module = module;
        Guards = guard;
        PagesLeft = (uint)module.Imports.Count(import => import.Kind == ExternalKind.Global);
        Functions = functions;
        GrownMemories = [.. grownMemories.Order()];
        for (var type = 0; type < module.Types.Count; type++)
        {
            types.TryAdd(module.Types[type], (uint)type);
        }

        Enter = (uint)module.ImportedFunctionCount;
        ReportType = guard ? 0 : TypeIndex(Report);
        GrowType = GrownMemories.Count > 0 ? TypeIndex(Grow) : 0;
        foreach (var function in functions.Where(function => function.LeftOut is null))
        {
            BlockType(module.TypeOf(function.Index - Shift).Results);
        }

        this.gates = new int[functions.Count];
        Array.Fill(this.gates, -1);
        if (gates)
        {
            AssignGates();
        }
    }

    /// <summary>The module.</summary>
    public WasmModule Module { get; }

    /// <summary>What becomes of each function with a body.</summary>
    public IReadOnlyList<FunctionReport> Functions { get; }

    /// <summary>The memories that grow, ascending. Each has a function that reports the growth and does it.</summary>
    public IReadOnlyList<uint> GrownMemories { get; }

    /// <summary>Whether the growth of memories is guarded (<see cref="MemoryGuard"/>) and nothing reported.</summary>
    public bool Guards { get; }

    /// <summary>The imported global <see cref="MemoryGuard.PagesLeft"/>.</summary>
    public uint PagesLeft { get; }

    /// <summary>The imported global <see cref="MemoryGuard.Refusals"/>.</summary>
    public uint Refusals => PagesLeft + 1;

    /// <summary>How many globals are imported more than before.</summary>
    public int GlobalShift => Guards ? 2 : 0;

    /// <summary>The imported function <c>enter</c>.</summary>
    public uint Enter { get; }

    /// <summary>The imported function <c>exit</c>.</summary>
    public uint Exit => Enter + 1;

    /// <summary>The imported function <c>memory-grow</c>, where some memory grows.</summary>
    public uint MemoryGrow => Enter + 2;

    /// <summary>How many functions are imported more than before.</summary>
    public int Shift => Guards ? 0 : ShiftOf(GrownMemories.Count > 0);

    /// <summary>The type of the imported functions.</summary>
    public uint ReportType { get; }

    /// <summary>The type of the functions that grow a memory.</summary>
    public uint GrowType { get; }

    /// <summary>Types that the module did not have, in order.</summary>
    public IReadOnlyList<FunctionType> AddedTypes => addedTypes;

    /// <summary>How many gates there are: the last globals.</summary>
    public int GateCount { get; private set; }

    /// <summary>How many functions are imported more than before.</summary>
    /// <param name="grows">Whether some memory grows.</param>
    public static int ShiftOf(bool grows) => grows ? 3 : 2;

    /// <summary>The gate's global of a function with a body, by its place among them; -1 where it has none.</summary>
    public int GateOf(int body) => gates[body] < 0 ? -1 : Module.GlobalCount + gates[body];

    /// <summary>The new index of a function.</summary>
    /// <exception cref="WasmFormatException">It does not exist.</exception>
    public uint Map(uint function, string section, int offset)
    {
        if (function >= (uint)Module.FunctionCount)
        {
            throw new WasmFormatException($"function {function} does not exist", section, offset);
        }

        return function < Enter ? function : function + (uint)Shift;
    }

    /// <summary>The new index of a global that exists.</summary>
    public uint MapGlobal(uint global) => global < PagesLeft ? global : global + (uint)GlobalShift;

    /// <summary>The function that grows a memory.</summary>
    public uint GrowerOf(uint memory)
    {
        var place = 0u;
        while (GrownMemories[(int)place] != memory)
        {
            place++;
        }

        return (uint)(Module.FunctionCount + Shift) + place;
    }

    /// <summary>The type of a block without parameters, as the binary format has it: a type's index, or negative for none or one result.</summary>
    public long BlockType(IReadOnlyList<Wasm.ValueType> results) => results.Count switch
    {
        0 => -64,
        1 => (sbyte)((byte)results[0] | 0x80),
        _ => TypeIndex(new FunctionType([], results)),
    };

    private uint TypeIndex(FunctionType type)
    {
        if (!types.TryGetValue(type, out var index))
        {
            index = types[type] = (uint)(Module.Types.Count + addedTypes.Count);
            addedTypes.Add(type);
        }

        return index;
    }

    private void AssignGates()
    {
        // A module that has an export of that name keeps it, and its function goes without a gate.
        var taken = Module.Exports.Select(export => export.Name).ToHashSet(StringComparer.Ordinal);
        for (var body = 0; body < Functions.Count; body++)
        {
            if (Functions[body].LeftOut is null && !taken.Contains(ObserveAbi.GateName(Functions[body].Index)))
            {
                gates[body] = GateCount++;
            }
        }
    }
}
