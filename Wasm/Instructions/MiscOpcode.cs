namespace WasmAspire.Wasm.Instructions;

// The names are the specification's own: there is nothing to add to each.
#pragma warning disable CS1591

/// <summary>The instructions after the prefix 0xFC.</summary>
public enum MiscOpcode : byte
{
    // Numeric
    I32TruncSatF32S = 0,
    I32TruncSatF32U = 1,
    I32TruncSatF64S = 2,
    I32TruncSatF64U = 3,
    I64TruncSatF32S = 4,
    I64TruncSatF32U = 5,
    I64TruncSatF64S = 6,
    I64TruncSatF64U = 7,

    // Memory
    MemoryInit = 8,
    DataDrop = 9,
    MemoryCopy = 10,
    MemoryFill = 11,

    // Table
    TableInit = 12,
    ElemDrop = 13,
    TableCopy = 14,
    TableGrow = 15,
    TableSize = 16,
    TableFill = 17,
}
