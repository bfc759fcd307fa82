namespace WasmAspire.Wasm.Instructions;

/// <summary>An instruction as it stands in a file.</summary>
/// <param name="Info">Which it is.</param>
/// <param name="Start">Its first byte, from the start of the file.</param>
/// <param name="Operands">Its first byte after the opcode, from the start of the file.</param>
/// <param name="End">The byte after its last.</param>
/// <param name="First">
/// Its first number: an index, a label, a constant (signed ones with their sign), the type of a block, the offset of a
/// memory access. 0 where it has none, and for what is no number: label tables, types, floats, vectors.
/// </param>
/// <param name="Second">Its second index: the table of an indirect call or of table.init, what is copied from; the memory of an access.</param>
/// <param name="Align">The alignment of a memory access, as an exponent of 2.</param>
public readonly record struct Instruction(OpcodeInfo Info, int Start, int Operands, int End, long First = 0, uint Second = 0, byte Align = 0)
{
    /// <summary>The first byte: the instruction itself, or its prefix.</summary>
    public Opcode Opcode => Info.Opcode;

    /// <summary>Its first number as an index.</summary>
    public uint Index => (uint)First;
}
