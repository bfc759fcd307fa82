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
            case SectionId.Memory:
                // How large they are nobody asks.
                MemoryCount += reader.ReadCount(MaxEntries);
                return;
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
            var form = reader.ReadByte();
            if (form != 0x60)
            {
                throw reader.Error($"type {i} is no function type: garbage-collected types are not supported");
            }

            types.Add(new FunctionType(ReadValueTypes(ref reader), ReadValueTypes(ref reader)));
        }
    }

    private static ValueType[] ReadValueTypes(ref ModuleReader reader)
    {
        var result = new ValueType[reader.ReadCount(MaxParameters)];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = ReadValueType(ref reader);
        }

        return result;
    }

    private static ValueType ReadValueType(ref ModuleReader reader)
    {
        var type = (ValueType)reader.ReadByte();
        return Enum.IsDefined(type) ? type : throw reader.Error($"value type 0x{(byte)type:X2} is not one of WebAssembly 2.0");
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
                    ReadValueType(ref reader);
                    ReadLimits(ref reader);
                    break;
                case (byte)ExternalKind.Memory:
                    ReadLimits(ref reader);
                    MemoryCount++;
                    break;
                case (byte)ExternalKind.Global:
                    ReadValueType(ref reader);
                    reader.ReadByte();
                    break;
                default:
                    throw reader.Error($"import {i} is of the unknown kind {kind}");
            }

            imports.Add(new Import(module, name, (ExternalKind)kind, type));
        }
    }

    private static void ReadLimits(ref ModuleReader reader)
    {
        var flags = reader.ReadByte();
        if (flags > 1)
        {
            throw reader.Error("a memory or table is shared, 64-bit or has pages of its own size: not supported");
        }

        reader.ReadU32();
        if (flags == 1)
        {
            reader.ReadU32();
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
