using WasmAspire.Wasm;
using WasmAspire.Wasm.Instructions;

namespace WasmAspire.Instrument.Choice;

/// <summary>
/// Reads a function's body for what it is like, and checks each index that could come to mean something else: what the
/// instrumenter adds stands behind the module's own, where an invalid index of the module's would point.
/// </summary>
internal ref struct BodyScanner
{
    // A longer function does more than to wrap a call.
    private const int MaxWrapper = 32;

    private readonly ReadOnlySpan<byte> file;
    private readonly WasmModule module;
    private readonly HashSet<uint> grownMemories;
    private readonly List<uint> callees = [];
    private InstructionReader reader;
    private int instructions;
    private int locals;
    private bool calls;
    private bool indirectCalls;
    private bool loops;
    private int memoryGrows;

    private BodyScanner(ReadOnlySpan<byte> file, WasmModule module, HashSet<uint> grownMemories, InstructionReader reader)
    {
        this.file = file;
        this.module = module;
        this.grownMemories = grownMemories;
        this.reader = reader;
    }

    /// <param name="file">The whole module.</param>
    /// <param name="module">What was read from it.</param>
    /// <param name="function">The function's index, imports first.</param>
    /// <param name="grownMemories">Takes the memories that it grows.</param>
    /// <exception cref="WasmFormatException">The body is malformed, or names what does not exist.</exception>
    public static BodyFacts Scan(ReadOnlySpan<byte> file, WasmModule module, int function, HashSet<uint> grownMemories)
    {
        var range = module.Bodies[function - module.ImportedFunctionCount];
        var scanner = new BodyScanner(file, module, grownMemories, new InstructionReader(file, "code", range));
        return scanner.Run(module.TypeOf(function).Parameters.Count);
    }

    private BodyFacts Run(int parameters)
    {
        locals = parameters;
        foreach (var group in reader.ReadLocals())
        {
            locals += group.Count;
        }

        while (reader.Depth >= 0)
        {
            Look(reader.Read());
        }

        if (reader.Left > 0)
        {
            throw new WasmFormatException("instructions follow the last end", "code", reader.Position);
        }

        var wraps = calls && !loops && !indirectCalls && instructions <= MaxWrapper;
        return new BodyFacts(instructions, locals, calls, loops, memoryGrows, wraps ? [.. callees] : null);
    }

    private void Look(in Instruction instruction)
    {
        instructions++;
        switch (instruction.Opcode)
        {
            case Opcode.End:
            case Opcode.Else:
                instructions--;
                break;
            case Opcode.Loop:
                loops = true;
                break;
            case Opcode.Call:
            case Opcode.ReturnCall:
                calls = true;
                if (instructions <= MaxWrapper)
                {
                    callees.Add(instruction.Index);
                }

                break;
            case Opcode.CallIndirect:
            case Opcode.ReturnCallIndirect:
                calls = indirectCalls = true;
                break;
            case Opcode.MemoryGrow:
                memoryGrows++;
                grownMemories.Add(instruction.Index);
                break;
        }

        Check(instruction);
    }

    private readonly void Check(in Instruction instruction)
    {
        switch (instruction.Info.Immediate)
        {
            case Immediate.Function:
                Check("function", instruction.Index, module.FunctionCount, instruction);
                break;
            case Immediate.Local:
                Check("local", instruction.Index, locals, instruction);
                break;
            case Immediate.Global:
                Check("global", instruction.Index, module.GlobalCount, instruction);
                break;
            case Immediate.TypeAndTable:
                Check("type", instruction.Index, module.Types.Count, instruction);
                break;
            case Immediate.Memory:
                Check("memory", instruction.Index, module.MemoryCount, instruction);
                break;
            case Immediate.Block when instruction.First >= 0:
                Check("type", instruction.First, module.Types.Count, instruction);
                break;
            case Immediate.Label:
                Check("label", instruction.Index, reader.Depth + 1, instruction);
                break;
            case Immediate.LabelTable:
                CheckLabels(instruction);
                break;
        }
    }

    private readonly void CheckLabels(in Instruction instruction)
    {
        var operands = new ModuleReader(file, null, instruction.Operands, instruction.End);
        for (var left = (long)operands.ReadU32() + 1; left > 0; left--)
        {
            Check("label", operands.ReadU32(), reader.Depth + 1, instruction);
        }
    }

    private static void Check(string what, long index, int count, in Instruction instruction)
    {
        if (index >= count)
        {
            throw new WasmFormatException($"{what} {index} does not exist", "code", instruction.Start);
        }
    }
}
