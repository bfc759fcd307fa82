namespace WasmAspire.Wasm.Instructions;

/// <summary>What follows an instruction's opcode in the file. Indices and offsets are unsigned LEB128 of 32 bits.</summary>
public enum Immediate
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The type of a block: signed LEB128 of 33 bits; a type index, or negative for none or one result.</summary>
    Block,

    /// <summary>How many blocks to leave.</summary>
    Label,

    /// <summary>A vector of labels, and one more.</summary>
    LabelTable,

    /// <summary>A function.</summary>
    Function,

    /// <summary>A type and a table.</summary>
    TypeAndTable,

    /// <summary>A vector of value types.</summary>
    Types,

    /// <summary>A reference type.</summary>
    ReferenceType,

    /// <summary>A local or parameter.</summary>
    Local,

    /// <summary>A global.</summary>
    Global,

    /// <summary>A table.</summary>
    Table,

    /// <summary>Two tables: to, from.</summary>
    TwoTables,

    /// <summary>An element segment.</summary>
    Element,

    /// <summary>An element segment and a table.</summary>
    ElementAndTable,

    /// <summary>A memory.</summary>
    Memory,

    /// <summary>Two memories: to, from.</summary>
    TwoMemories,

    /// <summary>A data segment.</summary>
    Data,

    /// <summary>A data segment and a memory.</summary>
    DataAndMemory,

    /// <summary>Alignment, with bit 6 a memory, and an offset.</summary>
    MemoryAccess,

    /// <summary>As <see cref="MemoryAccess"/>, and the byte of a lane.</summary>
    LaneAccess,

    /// <summary>The byte of a lane.</summary>
    Lane,

    /// <summary>Signed LEB128 of 32 bits.</summary>
    I32,

    /// <summary>Signed LEB128 of 64 bits.</summary>
    I64,

    /// <summary>4 bytes.</summary>
    F32,

    /// <summary>8 bytes.</summary>
    F64,

    /// <summary>16 bytes.</summary>
    V128,

    /// <summary>16 bytes, a lane each.</summary>
    Shuffle,
}
