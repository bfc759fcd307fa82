namespace WasmAspire.Wasm;

/// <content>Its sections, one method each, in the order of the binary format.</content>
public sealed partial class WasmModule
{
    private void ReadSection(SectionId id, ref ModuleReader reader)
    {
        switch (id)
        {
            case SectionId.Type:
                ReadTypes(ref reader);
                break;
            case SectionId.Import:
                ReadImports(ref reader);
                break;
            case SectionId.Function:
                ReadFunctions(ref reader);
                break;
            case SectionId.Table:
                ReadTables(ref reader);
                break;
            case SectionId.Memory:
                ReadMemories(ref reader);
                break;
            case SectionId.Global:
                ReadGlobals(ref reader);
                break;
            case SectionId.Export:
                ReadExports(ref reader);
                break;
            case SectionId.Code:
                ReadCode(ref reader);
                break;
            default:
                return;
        }

        if (reader.Left > 0)
        {
            throw reader.Error($"{reader.Left} bytes follow the last entry");
        }
    }

    private void ReadTypes(ref ModuleReader reader)
    {
        var count = reader.ReadCount(MaxEntries);
        for (var i = 0; i < count; i++)
        {
            var position = reader.Position;
            var form = reader.ReadByte();
            if (form != 0x60)
            {
                throw form is 0x4E or 0x4F or 0x50 or 0x5E or 0x5F
                    ? new UnsupportedFeatureException($"type {i} is no function type", "garbage collection", "type", position)
                    : new WasmFormatException($"type {i} has the unknown form 0x{form:X2}", "type", position);
            }

            types.Add(new FunctionType(ReadValueTypes(ref reader), ReadValueTypes(ref reader)));
        }
    }

    private static ValueType[] ReadValueTypes(ref ModuleReader reader)
    {
        var result = new ValueType[reader.ReadCount(MaxParameters)];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = reader.ReadValueType();
        }

        return result;
    }

    private void ReadImports(ref ModuleReader reader)
    {
        var count = reader.ReadCount(MaxEntries);
        for (var i = 0; i < count; i++)
        {
            var module = reader.ReadName();
            var name = reader.ReadName();
            var kind = reader.ReadByte();
            FunctionType? type = null;
            switch (kind)
            {
                case (byte)ExternalKind.Function:
                    functions.Add(ReadTypeIndex(ref reader));
                    type = types[functions[^1]];
                    break;
                case (byte)ExternalKind.Table:
                    reader.ReadReferenceType();
                    ReadLimits(ref reader);
                    TableCount++;
                    break;
                case (byte)ExternalKind.Memory:
                    ReadLimits(ref reader);
                    MemoryCount++;
                    break;
                case (byte)ExternalKind.Global:
                    ReadGlobalType(ref reader);
                    GlobalCount++;
                    break;
                case 4:
                    throw new UnsupportedFeatureException($"import {i} is a tag", "exception handling", "import", reader.Position - 1);
                default:
                    throw reader.Error($"import {i} is of the unknown kind {kind}");
            }

            imports.Add(new Import(module, name, (ExternalKind)kind, type));
        }
    }

    private static Limits ReadLimits(ref ModuleReader reader)
    {
        var position = reader.Position;
        var flags = reader.ReadByte();
        if (flags > 1)
        {
            throw flags switch
            {
                2 or 3 => new UnsupportedFeatureException("a memory or table is shared", "threads", reader.Section, position),
                >= 4 and <= 7 => new UnsupportedFeatureException("a memory or table has 64-bit addresses", "memory64", reader.Section, position),
                >= 8 and <= 15 => new UnsupportedFeatureException("a memory has pages of its own size", "custom page sizes", reader.Section, position),
                _ => new WasmFormatException($"limits with the flags 0x{flags:X2} do not exist", reader.Section, position),
            };
        }

        var minimum = reader.ReadU32();
        return new Limits(minimum, flags == 1 ? reader.ReadU32() : null);
    }

    private static void ReadGlobalType(ref ModuleReader reader)
    {
        reader.ReadValueType();
        var mutability = reader.ReadByte();
        if (mutability > 1)
        {
            throw reader.Error($"mutability 0x{mutability:X2} does not exist");
        }
    }

    private void ReadTables(ref ModuleReader reader)
    {
        var count = reader.ReadCount(MaxEntries);
        for (var i = 0; i < count; i++)
        {
            const byte Initialized = 0x40;
            if (reader.Peek() == Initialized)
            {
                throw new UnsupportedFeatureException($"table {i} has an initializer", "typed function references", "table", reader.Position);
            }

            reader.ReadReferenceType();
            ReadLimits(ref reader);
            TableCount++;
        }
    }

    private void ReadMemories(ref ModuleReader reader)
    {
        var count = reader.ReadCount(MaxEntries);
        for (var i = 0; i < count; i++)
        {
            memories.Add(ReadLimits(ref reader));
            MemoryCount++;
        }
    }

    private void ReadGlobals(ref ModuleReader reader)
    {
        var count = reader.ReadCount(MaxEntries);
        for (var i = 0; i < count; i++)
        {
            ReadGlobalType(ref reader);
            reader.SkipExpression();
            GlobalCount++;
        }
    }

    private void ReadFunctions(ref ModuleReader reader)
    {
        var count = reader.ReadCount(MaxEntries);
        ownFunctions = count;
        for (var i = 0; i < count; i++)
        {
            functions.Add(ReadTypeIndex(ref reader));
        }
    }

    private int ReadTypeIndex(ref ModuleReader reader)
    {
        var index = reader.ReadU32();
        return index < (uint)types.Count ? (int)index : throw reader.Error($"type {index} does not exist");
    }

    private void ReadExports(ref ModuleReader reader)
    {
        var count = reader.ReadCount(MaxEntries);
        for (var i = 0; i < count; i++)
        {
            var name = reader.ReadName();
            var kind = reader.ReadByte();
            if (kind > (byte)ExternalKind.Global)
            {
                throw reader.Error($"export {i} is of the unknown kind {kind}");
            }

            var index = reader.ReadU32();
            FunctionType? type = null;
            if (kind == (byte)ExternalKind.Function)
            {
                type = index < (uint)functions.Count ? types[functions[(int)index]] : throw reader.Error($"function {index} does not exist");
            }

            exports.Add(new Export(name, (ExternalKind)kind, (int)index, type));
        }
    }

    private void ReadCode(ref ModuleReader reader)
    {
        Code = new ByteRange(reader.Position, reader.Left);
        var count = reader.ReadCount(MaxEntries);
        for (var i = 0; i < count; i++)
        {
            var length = reader.ReadBytes(reader.ReadU32()).Length;
            bodies.Add(new ByteRange(reader.Position - length, length));
        }
    }
}
