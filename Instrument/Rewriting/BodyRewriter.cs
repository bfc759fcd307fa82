using WasmAspire.Wasm;
using WasmAspire.Wasm.Instructions;

namespace WasmAspire.Instrument.Rewriting;

/// <summary>
/// Writes a function's body anew. An instrumented one is
/// <code>
///   gate := (local := gate) - 1, or enter(function) if it was 0
///   block (results of the function)
///     the body, in which `return` is a branch to this block's end; tail calls have the exit before them
///   end
///   exit(function), unless local
/// </code>
/// so that each way out of it but a trap passes an exit, in whatever way the function was called.
/// </summary>
internal ref struct BodyRewriter
{
    private readonly ReadOnlySpan<byte> file;
    private readonly Plan plan;
    private readonly int body;
    private readonly WasmWriter writer;
    private readonly CodeMapBuilder places;
    private readonly uint function;
    private readonly bool instrumented;
    private readonly int gate;
    private InstructionReader reader;
    private uint gateLocal;

    private BodyRewriter(ReadOnlySpan<byte> file, Plan plan, int body, WasmWriter writer, CodeMapBuilder places)
    {
        this.file = file;
        this.plan = plan;
        this.body = body;
        this.writer = writer;
        this.places = places;
        function = (uint)plan.Functions[body].Index;
        instrumented = plan.Functions[body].LeftOut is null;
        gate = plan.GateOf(body);
        reader = new InstructionReader(file, "code", plan.Module.Bodies[body]);
    }

    private readonly bool Gated => gate >= 0;

    /// <param name="file">The whole module.</param>
    /// <param name="plan">What it gets.</param>
    /// <param name="body">Which body, by its place among them.</param>
    /// <param name="writer">Takes the new body, without its size; must be empty.</param>
    /// <param name="places">Takes where its instructions stand now, from the new body's beginning.</param>
    public static void Rewrite(ReadOnlySpan<byte> file, Plan plan, int body, WasmWriter writer, CodeMapBuilder places)
    {
        var rewriter = new BodyRewriter(file, plan, body, writer, places);
        rewriter.Run();
    }

    private void Run()
    {
        places.Add(reader.Position, writer.Length);
        WriteLocals();
        if (instrumented)
        {
            WriteEntry();
        }

        while (reader.Depth >= 0)
        {
            var instruction = reader.Read();
            places.Add(instruction.Start, writer.Length);
            Write(instruction);
        }

        if (instrumented)
        {
            WriteExit();
        }
    }

    private void WriteLocals()
    {
        var groups = reader.ReadLocals();
        var locals = plan.Module.TypeOf((int)function - plan.Shift).Parameters.Count;
        foreach (var group in groups)
        {
            locals += group.Count;
        }

        gateLocal = (uint)locals;
        if (Gated)
        {
            if (groups is [.., { Type: Wasm.ValueType.I32 } last])
            {
                groups[^1] = last with { Count = last.Count + 1 };
            }
            else
            {
                groups.Add(new LocalGroup(1, Wasm.ValueType.I32));
            }
        }

        writer.WriteU32((uint)groups.Count);
        foreach (var group in groups)
        {
            writer.WriteU32((uint)group.Count);
            writer.WriteByte((byte)group.Type);
        }
    }

    private readonly void WriteEntry()
    {
        if (Gated)
        {
            writer.Write(Opcode.GlobalGet, (uint)gate);
            writer.Write(Opcode.LocalTee, gateLocal);
            writer.Write(Opcode.If);
            writer.WriteSigned(plan.BlockType([]));
            writer.Write(Opcode.LocalGet, gateLocal);
            writer.Write(Opcode.I32Const);
            writer.WriteSigned(1);
            writer.Write(Opcode.I32Sub);
            writer.Write(Opcode.GlobalSet, (uint)gate);
            writer.Write(Opcode.Else);
            WriteReport(plan.Enter);
            writer.Write(Opcode.End);
        }
        else
        {
            WriteReport(plan.Enter);
        }

        writer.Write(Opcode.Block);
        writer.WriteSigned(plan.BlockType(plan.Module.TypeOf((int)function - plan.Shift).Results));
    }

    private readonly void Write(in Instruction instruction)
    {
        switch (instruction.Opcode)
        {
            case Opcode.Call:
            case Opcode.RefFunc:
                writer.Write(instruction.Opcode, plan.Map(instruction.Index, "code", instruction.Start));
                break;
            case Opcode.ReturnCall:
                WriteExitBeforeTailCall();
                writer.Write(Opcode.ReturnCall, plan.Map(instruction.Index, "code", instruction.Start));
                break;
            case Opcode.ReturnCallIndirect:
                WriteExitBeforeTailCall();
                writer.Write(instruction, file);
                break;
            case Opcode.Return when instrumented:
                writer.Write(Opcode.Br, (uint)reader.Depth);
                break;
            case Opcode.GlobalGet:
            case Opcode.GlobalSet:
                writer.Write(instruction.Opcode, plan.MapGlobal(instruction.Index));
                break;
            case Opcode.MemoryGrow:
                writer.Write(Opcode.Call, plan.GrowerOf(instruction.Index));
                break;
            default:
                writer.Write(instruction, file);
                break;
        }
    }

    // What the call takes lies on the stack meanwhile.
    private readonly void WriteExitBeforeTailCall()
    {
        if (!instrumented)
        {
            return;
        }

        if (!Gated)
        {
            WriteReport(plan.Exit);
            return;
        }

        writer.Write(Opcode.LocalGet, gateLocal);
        writer.Write(Opcode.I32Eqz);
        writer.Write(Opcode.If);
        writer.WriteSigned(plan.BlockType([]));
        WriteReport(plan.Exit);
        writer.Write(Opcode.End);
    }

    private readonly void WriteExit()
    {
        if (Gated)
        {
            // Leaves the function with its results.
            writer.Write(Opcode.LocalGet, gateLocal);
            writer.Write(Opcode.BrIf, 0);
        }

        WriteReport(plan.Exit);
        writer.Write(Opcode.End);
    }

    private readonly void WriteReport(uint import)
    {
        writer.Write(Opcode.I32Const);
        writer.WriteSigned((int)function);
        writer.Write(Opcode.Call, import);
    }
}
