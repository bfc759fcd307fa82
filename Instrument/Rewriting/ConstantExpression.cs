using WasmAspire.Wasm;
using WasmAspire.Wasm.Instructions;

namespace WasmAspire.Instrument.Rewriting;

/// <summary>Writes a constant expression anew: of a global, an offset, an element.</summary>
internal static class ConstantExpression
{
    public static void Rewrite(ReadOnlySpan<byte> file, ref ModuleReader reader, Plan plan, WasmWriter output)
    {
        var start = reader.Position;
        reader.SkipExpression();
        var instructions = new InstructionReader(file, reader.Section, new ByteRange(start, reader.Position - start));
        while (instructions.Depth >= 0)
        {
            var instruction = instructions.Read();
            if (instruction.Opcode == Opcode.RefFunc)
            {
                output.Write(Opcode.RefFunc, plan.Map(instruction.Index, reader.Section!, instruction.Start));
            }
            else
            {
                output.Write(instruction, file);
            }
        }
    }
}
