using WasmAspire.Wasm;
using WasmAspire.Wasm.Instructions;

namespace WasmAspire.Instrument.Rewriting;

/// <summary>
/// Writes the name section anew (WebAssembly 2.0, appendix 7.4.1, and the extended name section proposal). Functions move
/// up, and so do the labels of instrumented ones, which stand in new blocks; all else keeps its index.
/// </summary>
internal ref struct NameSectionRewriter
{
    private const byte Functions = 1;
    private const byte Locals = 2;
    private const byte Labels = 3;
    private const byte Globals = 7;

    private readonly ReadOnlySpan<byte> file;
    private readonly Plan plan;
    private readonly WasmWriter output;
    private readonly WasmWriter subsection = new();

    private NameSectionRewriter(ReadOnlySpan<byte> file, Plan plan, int capacity)
    {
        this.file = file;
        this.plan = plan;
        output = new WasmWriter(capacity);
    }

    /// <exception cref="WasmFormatException">The section is malformed.</exception>
    public static WasmWriter Rewrite(ReadOnlySpan<byte> file, ByteRange content, Plan plan)
    {
        var rewriter = new NameSectionRewriter(file, plan, content.Length + 256);
        rewriter.Run(content);
        return rewriter.output;
    }

    private readonly void Run(ByteRange content)
    {
        var reader = new ModuleReader(file, "name", content.Start, content.End);
        while (reader.Left > 0)
        {
            var id = reader.ReadByte();
            var length = reader.ReadBytes(reader.ReadU32()).Length;
            var entries = new ModuleReader(file, "name", reader.Position - length, reader.Position);
            subsection.Clear();
            switch (id)
            {
                case Functions:
                    RewriteFunctions(ref entries);
                    break;
                case Locals:
                    RewriteIndirect(ref entries, labels: false);
                    break;
                case Labels:
                    RewriteIndirect(ref entries, labels: true);
                    break;
                case Globals:
                    RewriteGlobals(ref entries);
                    break;
                default:
                    subsection.WriteBytes(entries.ReadBytes((uint)entries.Left));
                    break;
            }

            output.WriteByte(id);
            output.WriteSized(subsection.Written);
        }
    }

    // Names stand in the order of their indices: ours between those of imports and those of bodies, and after all.
    private readonly void RewriteFunctions(ref ModuleReader reader)
    {
        var count = reader.ReadCount();
        subsection.WriteU32((uint)(count + plan.Shift + plan.GrownMemories.Count));
        var importsNamed = false;
        for (var i = 0; i < count; i++)
        {
            var offset = reader.Position;
            var function = reader.ReadU32();
            if (!importsNamed && function >= plan.Enter)
            {
                WriteImportNames();
                importsNamed = true;
            }

            subsection.WriteU32(plan.Map(function, "name", offset));
            subsection.WriteSized(reader.ReadBytes(reader.ReadU32()));
        }

        if (!importsNamed)
        {
            WriteImportNames();
        }

        foreach (var memory in plan.GrownMemories)
        {
            subsection.WriteU32(plan.GrowerOf(memory));
            subsection.WriteName(plan.Guards ? "guard:memory.grow" : "observe:memory.grow");
        }
    }

    private readonly void RewriteGlobals(ref ModuleReader reader)
    {
        var count = reader.ReadCount();
        subsection.WriteU32((uint)count);
        for (var i = 0; i < count; i++)
        {
            subsection.WriteU32(plan.MapGlobal(reader.ReadU32()));
            subsection.WriteSized(reader.ReadBytes(reader.ReadU32()));
        }
    }

    private readonly void WriteImportNames()
    {
        if (plan.Guards)
        {
            return;
        }

        WriteImportName(plan.Enter, "enter");
        WriteImportName(plan.Exit, "exit");
        if (plan.GrownMemories.Count > 0)
        {
            WriteImportName(plan.MemoryGrow, "memory-grow");
        }
    }

    private readonly void WriteImportName(uint function, string name)
    {
        subsection.WriteU32(function);
        subsection.WriteName($"observe:{name}");
    }

    // Per function a map of names by local or label.
    private readonly void RewriteIndirect(ref ModuleReader reader, bool labels)
    {
        var count = reader.ReadCount();
        subsection.WriteU32((uint)count);
        var last = -1L;
        for (var i = 0; i < count; i++)
        {
            var offset = reader.Position;
            var function = reader.ReadU32();
            if (function <= last)
            {
                // Else a small section could have a large body looked at a million times.
                throw reader.Error("the functions stand out of order");
            }

            last = function;
            subsection.WriteU32(plan.Map(function, "name", offset));
            var moved = labels ? MovedLabels(function) : null;
            var names = reader.ReadCount();
            subsection.WriteU32((uint)names);
            for (var j = 0; j < names; j++)
            {
                var index = reader.ReadU32();
                subsection.WriteU32(moved is not null && index < (uint)moved.Count ? moved[(int)index] : index);
                subsection.WriteSized(reader.ReadBytes(reader.ReadU32()));
            }
        }
    }

    /// <summary>The new number of each block of a function: blocks are numbered as they stand. Null where none moves.</summary>
    private readonly List<uint>? MovedLabels(uint function)
    {
        var body = (int)function - plan.Module.ImportedFunctionCount;
        if (body < 0 || plan.Functions[body].LeftOut is not null)
        {
            return null;
        }

        // The block around the body, and with a gate the `if` of the entry and those before tail calls.
        var gated = plan.GateOf(body) >= 0;
        var added = gated ? 2u : 1u;
        var moved = new List<uint>();
        var reader = new InstructionReader(file, "code", plan.Module.Bodies[body]);
        reader.ReadLocals();
        while (reader.Depth >= 0)
        {
            switch (reader.Read().Opcode)
            {
                case Opcode.Block:
                case Opcode.Loop:
                case Opcode.If:
                    moved.Add((uint)moved.Count + added);
                    break;
                case Opcode.ReturnCall or Opcode.ReturnCallIndirect when gated:
                    added++;
                    break;
            }
        }

        return moved;
    }
}
