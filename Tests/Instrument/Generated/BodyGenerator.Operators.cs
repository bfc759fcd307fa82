using WasmAspire.Wasm.Instructions;
using ValueType = WasmAspire.Wasm.ValueType;

namespace WasmAspire.Tests.Instrument.Generated;

/// <content>Instructions with a signature of their own, and their operands.</content>
internal sealed partial class BodyGenerator
{
    private void Produce(OpcodeInfo info)
    {
        if (NeedsMemory(info) && shape.Memories == 0)
        {
            Leaf(Type(info.Signature![^1]));
            return;
        }

        Operate(info);
    }

    private void Consume(OpcodeInfo info)
    {
        if ((NeedsMemory(info) && shape.Memories == 0)
            || (info.Immediate is Immediate.Data or Immediate.DataAndMemory && shape.DataSegments == 0)
            || (info.Immediate is Immediate.Element or Immediate.ElementAndTable && shape.ElementSegments.Count == 0))
        {
            code.Write(Opcode.Nop);
            return;
        }

        Operate(info);
    }

    private void Operate(OpcodeInfo info)
    {
        // Bulk operations and growth stay small, or most would trap; addresses mostly lie inside.
        var small = info.Opcode == Opcode.MemoryGrow || (info.Opcode == Opcode.MiscPrefix && info.Signature == "iii:");
        var address = info.Immediate is Immediate.MemoryAccess or Immediate.LaneAccess;
        var signature = info.Signature!;
        foreach (var letter in signature[..signature.IndexOf(':', StringComparison.Ordinal)])
        {
            if (small && random.Next(8) > 0)
            {
                Constant(random.Next(info.Opcode == Opcode.MemoryGrow ? 2 : 5));
            }
            else
            {
                Value(Type(letter));
            }

            if (address && random.Next(30) > 0)
            {
                Constant(0x7FFF);
                code.Write(Opcode.I32And);
            }

            address = false;
        }

        code.WriteByte((byte)info.Opcode);
        if (info.HasPrefix)
        {
            code.WriteU32(info.Number);
        }

        Operands(info);
    }

    private void Operands(OpcodeInfo info)
    {
        switch (info.Immediate)
        {
            case Immediate.None:
                break;
            case Immediate.MemoryAccess:
                Access(info);
                break;
            case Immediate.LaneAccess:
                Access(info);
                code.WriteByte((byte)random.Next(Lanes(info)));
                break;
            case Immediate.Lane:
                code.WriteByte((byte)random.Next(Lanes(info)));
                break;
            case Immediate.Shuffle:
                for (var lane = 0; lane < 16; lane++)
                {
                    code.WriteByte((byte)random.Next(32));
                }

                break;
            case Immediate.Memory:
                code.WriteU32((uint)random.Next(shape.Memories));
                break;
            case Immediate.TwoMemories:
                code.WriteU32((uint)random.Next(shape.Memories));
                code.WriteU32((uint)random.Next(shape.Memories));
                break;
            case Immediate.Data:
                code.WriteU32((uint)random.Next(shape.DataSegments));
                break;
            case Immediate.DataAndMemory:
                code.WriteU32((uint)random.Next(shape.DataSegments));
                code.WriteU32((uint)random.Next(shape.Memories));
                break;
            case Immediate.Element:
                code.WriteU32((uint)random.Next(shape.ElementSegments.Count));
                break;
            case Immediate.ElementAndTable:
                var segment = random.Next(shape.ElementSegments.Count);
                code.WriteU32((uint)segment);
                code.WriteU32(TableOf(shape.ElementSegments[segment]));
                break;
            case Immediate.TwoTables:
                var table = (uint)random.Next(2);
                code.WriteU32(table);
                code.WriteU32(table);
                break;
            case Immediate.Table:
                code.WriteU32((uint)random.Next(2));
                break;
            default:
                throw new NotSupportedException($"{info.Name} has operands that are not generated");
        }
    }

    private void Access(OpcodeInfo info)
    {
        var align = random.Next(Alignment(info.Name) + 1);
        var memory = random.Next(shape.Memories);
        code.WriteU32((uint)(align | (memory > 0 ? 0x40 : 0)));
        if (memory > 0)
        {
            code.WriteU32((uint)memory);
        }

        code.WriteU32((uint)random.Next(200));
    }

    private void TableStatement()
    {
        var table = random.Next(2);
        Constant(random.Next(ModuleShape.TableSize + 1));
        Value(table == ModuleShape.FunctionTable ? ValueType.FuncRef : ValueType.ExternRef);
        if (random.Next(2) == 0)
        {
            code.Write(Opcode.TableSet, (uint)table);
        }
        else
        {
            Constant(random.Next(2));
            code.Write(Opcode.MiscPrefix, (uint)MiscOpcode.TableFill);
            code.WriteU32((uint)table);
        }
    }

    private static uint TableOf(ValueType elements) => elements == ValueType.FuncRef ? ModuleShape.FunctionTable : (uint)ModuleShape.ExternTable;

    private static bool NeedsMemory(OpcodeInfo info) =>
        info.Immediate is Immediate.Memory or Immediate.TwoMemories or Immediate.DataAndMemory or Immediate.MemoryAccess or Immediate.LaneAccess;

    // As an exponent of 2, from the width that the name tells.
    private static int Alignment(string name)
    {
        var access = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..];
        return access switch
        {
            _ when access.Contains("8x8", StringComparison.Ordinal) || access.Contains("16x4", StringComparison.Ordinal) || access.Contains("32x2", StringComparison.Ordinal) => 3,
            _ when access.Contains("16", StringComparison.Ordinal) => 1,
            _ when access.Contains("32", StringComparison.Ordinal) => 2,
            _ when access.Contains("64", StringComparison.Ordinal) => 3,
            _ when access.Contains('8', StringComparison.Ordinal) => 0,
            _ when name.StartsWith("v128", StringComparison.Ordinal) => 4,
            _ when name.Contains("64", StringComparison.Ordinal) => 3,
            _ => 2,
        };
    }

    private static int Lanes(OpcodeInfo info) => info.Name switch
    {
        var name when name.StartsWith("i8x16", StringComparison.Ordinal) || name.Contains("8_lane", StringComparison.Ordinal) => 16,
        var name when name.StartsWith("i16x8", StringComparison.Ordinal) || name.Contains("16_lane", StringComparison.Ordinal) => 8,
        var name when name.StartsWith("i32x4", StringComparison.Ordinal) || name.StartsWith("f32x4", StringComparison.Ordinal) || name.Contains("32_lane", StringComparison.Ordinal) => 4,
        _ => 2,
    };
}
