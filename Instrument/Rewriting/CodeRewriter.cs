using WasmAspire.Wasm;
using WasmAspire.Wasm.Dwarf;
using WasmAspire.Wasm.Instructions;

namespace WasmAspire.Instrument.Rewriting;

/// <summary>Writes the code section anew: all bodies, and those of the functions that grow memories.</summary>
internal sealed class CodeRewriter(Plan plan)
{
    private readonly CodeMapBuilder places = new(plan.Module.Code);
    private readonly WasmWriter code = new(plan.Module.Code.Length * 3 / 2);
    private readonly WasmWriter body = new();

    /// <summary>The new section's content.</summary>
    public ReadOnlySpan<byte> Content => code.Written;

    /// <summary>Where its parts stand now.</summary>
    public CodeMap Map => places.Map;

    /// <param name="file">The whole module.</param>
    /// <param name="cancellation">Ends the work between two functions.</param>
    public void Rewrite(ReadOnlySpan<byte> file, CancellationToken cancellation)
    {
        code.WriteU32((uint)(plan.Module.Bodies.Count + plan.GrownMemories.Count));
        for (var i = 0; i < plan.Module.Bodies.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            body.Clear();
            BodyRewriter.Rewrite(file, plan, i, body, places);
            WriteBody();
            places.EndBody(plan.Module.Bodies[i].End, code.Length - body.Length, body.Length);
        }

        foreach (var memory in plan.GrownMemories)
        {
            body.Clear();
            if (plan.Guards)
            {
                WriteGuard(memory);
            }
            else
            {
                WriteGrower(memory);
            }

            WriteBody();
        }
    }

    private void WriteBody() => code.WriteSized(body.Written);

    // (func (param $pages i32) (result i32) (local $before i32) ...
    private void WriteGuard(uint memory)
    {
        body.WriteU32(1); // locals: one i32
        body.WriteU32(1);
        body.WriteByte((byte)Wasm.ValueType.I32);
        body.Write(Opcode.LocalGet, 0);
        body.Write(Opcode.GlobalGet, plan.PagesLeft);
        body.Write(Opcode.I32GtU);
        body.Write(Opcode.If);
        body.WriteSigned(plan.BlockType([]));
        body.Write(Opcode.GlobalGet, plan.Refusals);
        WriteConstant(1);
        body.Write(Opcode.I32Add);
        body.Write(Opcode.GlobalSet, plan.Refusals);
        WriteConstant(-1);
        body.Write(Opcode.Return);
        body.Write(Opcode.End);
        body.Write(Opcode.LocalGet, 0);
        body.Write(Opcode.MemoryGrow, memory);
        body.Write(Opcode.LocalTee, 1);
        WriteConstant(-1);
        body.Write(Opcode.I32Ne);
        body.Write(Opcode.If);
        body.WriteSigned(plan.BlockType([]));
        body.Write(Opcode.GlobalGet, plan.PagesLeft);
        body.Write(Opcode.LocalGet, 0);
        body.Write(Opcode.I32Sub);
        body.Write(Opcode.GlobalSet, plan.PagesLeft);
        body.Write(Opcode.End);
        body.Write(Opcode.LocalGet, 1);
        body.Write(Opcode.End);
    }

    private void WriteConstant(int value)
    {
        body.Write(Opcode.I32Const);
        body.WriteSigned(value);
    }

    private void WriteGrower(uint memory)
    {
        body.WriteU32(0); // locals
        body.Write(Opcode.LocalGet, 0);
        body.Write(Opcode.Call, plan.MemoryGrow);
        body.Write(Opcode.LocalGet, 0);
        body.Write(Opcode.MemoryGrow, memory);
        body.Write(Opcode.End);
    }
}
