namespace WasmAspire.Wasm.Instructions;

/// <summary>Writes instructions as <see cref="InstructionReader"/> gives them, each number in its shortest form.</summary>
public static class InstructionWriter
{
    private const uint MemoryIndexFlag = 0x40;

    /// <summary>Writes an instruction without operands, or the opcode of one whose operands the caller writes.</summary>
    public static void Write(this WasmWriter writer, Opcode opcode) => writer.WriteByte((byte)opcode);

    /// <summary>Writes an instruction with one index or label.</summary>
    public static void Write(this WasmWriter writer, Opcode opcode, uint index)
    {
        writer.WriteByte((byte)opcode);
        writer.WriteU32(index);
    }

    /// <summary>Writes an instruction.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="instruction">The instruction; a changed <see cref="Instruction.First"/> or <see cref="Instruction.Second"/> is written as changed.</param>
    /// <param name="file">The file it was read from.</param>
    public static void Write(this WasmWriter writer, in Instruction instruction, ReadOnlySpan<byte> file)
    {
        writer.WriteByte((byte)instruction.Opcode);
        if (instruction.Info.HasPrefix)
        {
            writer.WriteU32(instruction.Info.Number);
        }

        switch (instruction.Info.Immediate)
        {
            case Immediate.None:
                break;
            case Immediate.Label:
            case Immediate.Function:
            case Immediate.Local:
            case Immediate.Global:
            case Immediate.Table:
            case Immediate.Element:
            case Immediate.Memory:
            case Immediate.Data:
                writer.WriteU32(instruction.Index);
                break;
            case Immediate.TypeAndTable:
            case Immediate.TwoTables:
            case Immediate.ElementAndTable:
            case Immediate.TwoMemories:
            case Immediate.DataAndMemory:
                writer.WriteU32(instruction.Index);
                writer.WriteU32(instruction.Second);
                break;
            case Immediate.MemoryAccess:
                WriteAccess(writer, instruction);
                break;
            case Immediate.LaneAccess:
                WriteAccess(writer, instruction);
                writer.WriteByte(file[instruction.End - 1]);
                break;
            case Immediate.Block:
            case Immediate.I32:
            case Immediate.I64:
                writer.WriteSigned(instruction.First);
                break;
            case Immediate.LabelTable:
                WriteLabels(writer, file, instruction);
                break;
            case Immediate.Types:
                WriteTypes(writer, file, instruction);
                break;
            default: // bytes of a fixed length
                writer.WriteBytes(file[instruction.Operands..instruction.End]);
                break;
        }
    }

    private static void WriteAccess(WasmWriter writer, in Instruction instruction)
    {
        if (instruction.Second == 0)
        {
            writer.WriteU32(instruction.Align);
        }
        else
        {
            writer.WriteU32(instruction.Align | MemoryIndexFlag);
            writer.WriteU32(instruction.Second);
        }

        writer.WriteU32(instruction.Index);
    }

    private static void WriteLabels(WasmWriter writer, ReadOnlySpan<byte> file, in Instruction instruction)
    {
        var operands = new ModuleReader(file, null, instruction.Operands, instruction.End);
        var count = operands.ReadU32();
        writer.WriteU32(count);
        for (var left = (long)count + 1; left > 0; left--)
        {
            writer.WriteU32(operands.ReadU32());
        }
    }

    private static void WriteTypes(WasmWriter writer, ReadOnlySpan<byte> file, in Instruction instruction)
    {
        var operands = new ModuleReader(file, null, instruction.Operands, instruction.End);
        writer.WriteU32(operands.ReadU32());
        writer.WriteBytes(file[operands.Position..instruction.End]);
    }
}
