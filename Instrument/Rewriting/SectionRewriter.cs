using WasmAspire.Wasm;
using WasmAspire.Wasm.Instructions;

namespace WasmAspire.Instrument.Rewriting;

/// <summary>Writes the specification's sections anew.</summary>
internal readonly ref struct SectionRewriter(Plan plan, ReadOnlySpan<byte> code)
{
    private readonly ReadOnlySpan<byte> code = code;
    private readonly WasmWriter content = new();

    /// <summary>Writes a section of the module.</summary>
    public void Rewrite(ReadOnlySpan<byte> file, in Section section, WasmWriter output)
    {
        var reader = new ModuleReader(file, section.Name, section.Content.Start, section.Content.End);
        switch (section.Id)
        {
            case SectionId.Type:
            case SectionId.Import:
            case SectionId.Function:
            case SectionId.Global:
                WriteLonger(section.Id, file, ref reader, output);
                break;
            case SectionId.Export:
                WriteExports(ref reader, output);
                break;
            case SectionId.Start:
                var start = plan.Map(reader.ReadU32(), reader.Section!, section.Content.Start);
                content.Clear();
                content.WriteU32(start);
                output.WriteSection(section.Id, content.Written);
                break;
            case SectionId.Element:
                content.Clear();
                ElementRewriter.Rewrite(file, ref reader, plan, content);
                output.WriteSection(section.Id, content.Written);
                break;
            case SectionId.Code:
                output.WriteSection(section.Id, code);
                break;
            default: // nothing in it moves
                output.WriteSection(section.Id, file.Slice(section.Content.Start, section.Content.Length));
                break;
        }
    }

    /// <summary>Writes a section that the module does not have, if there is something to stand in it.</summary>
    public void WriteMissing(SectionId id, WasmWriter output)
    {
        if (AddedTo(id) > 0)
        {
            // No entries, and what is added.
            ReadOnlySpan<byte> empty = [0];
            var reader = new ModuleReader(empty, null, 0, empty.Length);
            if (id == SectionId.Export)
            {
                WriteExports(ref reader, output);
            }
            else
            {
                WriteLonger(id, empty, ref reader, output);
            }
        }
    }

    private int AddedTo(SectionId id) => id switch
    {
        SectionId.Type => plan.AddedTypes.Count,
        SectionId.Import => plan.Shift + plan.GlobalShift,
        SectionId.Function => plan.GrownMemories.Count,
        SectionId.Global or SectionId.Export => plan.GateCount,
        _ => 0,
    };

    // The entries as they are, and more behind them.
    private void WriteLonger(SectionId id, ReadOnlySpan<byte> file, ref ModuleReader reader, WasmWriter output)
    {
        content.Clear();
        var count = reader.ReadCount();
        content.WriteU32((uint)(count + AddedTo(id)));
        if (id == SectionId.Global)
        {
            WriteGlobals(file, ref reader, count);
        }
        else
        {
            content.WriteBytes(reader.ReadBytes((uint)reader.Left));
        }

        WriteAdded(id);
        output.WriteSection(id, content.Written);
    }

    private void WriteGlobals(ReadOnlySpan<byte> file, ref ModuleReader reader, int count)
    {
        for (var i = 0; i < count; i++)
        {
            content.WriteByte((byte)reader.ReadValueType());
            content.WriteByte(reader.ReadByte());
            ConstantExpression.Rewrite(file, ref reader, plan, content);
        }
    }

    private void WriteAdded(SectionId id)
    {
        switch (id)
        {
            case SectionId.Type:
                foreach (var type in plan.AddedTypes)
                {
                    content.WriteByte(0x60);
                    WriteTypes(type.Parameters);
                    WriteTypes(type.Results);
                }

                break;
            case SectionId.Import when plan.Guards:
                WriteGlobalImport(MemoryGuard.PagesLeft);
                WriteGlobalImport(MemoryGuard.Refusals);
                break;
            case SectionId.Import:
                WriteImport("enter");
                WriteImport("exit");
                if (plan.GrownMemories.Count > 0)
                {
                    WriteImport("memory-grow");
                }

                break;
            case SectionId.Function:
                for (var i = 0; i < plan.GrownMemories.Count; i++)
                {
                    content.WriteU32(plan.GrowType);
                }

                break;
            case SectionId.Global:
                for (var i = 0; i < plan.GateCount; i++)
                {
                    content.WriteByte((byte)Wasm.ValueType.I32);
                    content.WriteByte(1); // mutable
                    content.Write(Opcode.I32Const);
                    content.WriteSigned(0);
                    content.Write(Opcode.End);
                }

                break;
        }
    }

    private void WriteTypes(IReadOnlyList<Wasm.ValueType> types)
    {
        content.WriteU32((uint)types.Count);
        foreach (var type in types)
        {
            content.WriteByte((byte)type);
        }
    }

    private void WriteImport(string name)
    {
        content.WriteName(ObserveAbi.Instrument);
        content.WriteName(name);
        content.WriteByte((byte)ExternalKind.Function);
        content.WriteU32(plan.ReportType);
    }

    private void WriteGlobalImport(string name)
    {
        content.WriteName(MemoryGuard.Module);
        content.WriteName(name);
        content.WriteByte((byte)ExternalKind.Global);
        content.WriteByte((byte)Wasm.ValueType.I32);
        content.WriteByte(1); // mutable
    }

    private void WriteExports(ref ModuleReader reader, WasmWriter output)
    {
        content.Clear();
        var count = reader.ReadCount();
        content.WriteU32((uint)(count + plan.GateCount));
        for (var i = 0; i < count; i++)
        {
            content.WriteSized(reader.ReadBytes(reader.ReadU32()));
            var kind = reader.ReadByte();
            content.WriteByte(kind);
            var offset = reader.Position;
            var index = reader.ReadU32();
            content.WriteU32(MapExported(kind, index, offset));
        }

        for (var body = 0; body < plan.Functions.Count; body++)
        {
            if (plan.GateOf(body) is >= 0 and var gate)
            {
                content.WriteName(ObserveAbi.GateName(plan.Functions[body].Index));
                content.WriteByte((byte)ExternalKind.Global);
                content.WriteU32((uint)gate);
            }
        }

        output.WriteSection(SectionId.Export, content.Written);
    }

    private uint MapExported(byte kind, uint index, int offset)
    {
        if (kind == (byte)ExternalKind.Global && index >= (uint)plan.Module.GlobalCount)
        {
            throw new WasmFormatException($"global {index} does not exist", "export", offset);
        }

        return kind switch
        {
            (byte)ExternalKind.Function => plan.Map(index, "export", offset),
            (byte)ExternalKind.Global => plan.MapGlobal(index),
            _ => index,
        };
    }
}
