using WasmAspire.Wasm;
using ValueType = WasmAspire.Wasm.ValueType;

namespace WasmAspire.Tests.Instrument.Generated;

/// <summary>What the bodies of a generated module may use.</summary>
internal sealed class ModuleShape
{
    /// <summary>The value types; of the first four there are constants of every bit pattern.</summary>
    public static readonly ValueType[] ValueTypes =
        [ValueType.I32, ValueType.I64, ValueType.F32, ValueType.F64, ValueType.V128, ValueType.FuncRef, ValueType.ExternRef];

    public const int FunctionTable = 0;
    public const int ExternTable = 1;
    public const int TableSize = 8;

    /// <summary>The global <see cref="GeneratedModule.Budget"/>; the imported one stands before it.</summary>
    public const int BudgetGlobal = 1;

    public List<FunctionType> Types { get; } = [];

    /// <summary>Types of all functions, imports first.</summary>
    public List<FunctionType> Functions { get; } = [];

    public int ImportedFunctions { get; set; }

    /// <summary>All globals; the first is imported and cannot change.</summary>
    public List<(ValueType Type, bool Mutable)> Globals { get; } = [];

    public int Memories { get; set; }

    public int DataSegments { get; set; }

    /// <summary>Element segments by the type of their elements.</summary>
    public List<ValueType> ElementSegments { get; } = [];

    public int TypeIndex(FunctionType type)
    {
        var index = Types.IndexOf(type);
        if (index < 0)
        {
            index = Types.Count;
            Types.Add(type);
        }

        return index;
    }
}
