namespace WasmAspire.Wasm;

/// <summary>
/// What a module says of itself: types, imports, exports, names. Function bodies are not looked at, so a module that
/// reads well may still be invalid.
/// </summary>
public sealed class WasmModule
{
    private static ReadOnlySpan<byte> Magic => [0x00, 0x61, 0x73, 0x6D];
    private static ReadOnlySpan<byte> CoreVersion => [0x01, 0x00, 0x00, 0x00];
    private static ReadOnlySpan<byte> ComponentVersion => [0x0D, 0x00, 0x01, 0x00];

    // What Wasmtime itself accepts.
    private const int MaxEntries = 1_000_000;
    private const int MaxParameters = 1_000;

    private readonly List<FunctionType> types = [];
    private readonly List<int> functions = [];
    private readonly List<Import> imports = [];
    private readonly List<Export> exports = [];

    private int ownFunctions;
    private int bodies;

    private WasmModule()
    {
    }

    /// <summary>The imports, in order.</summary>
    public IReadOnlyList<Import> Imports => imports;

    /// <summary>The exports, in order.</summary>
    public IReadOnlyList<Export> Exports => exports;

    /// <summary>The number of functions, imported ones included.</summary>
    public int FunctionCount => functions.Count;

    /// <summary>The names of the functions, where the module has them.</summary>
    public FunctionNames FunctionNames { get; private set; } = FunctionNames.None;

    /// <summary>Reads a module.</summary>
    /// <exception cref="WasmFormatException">The bytes are no module, are cut off, or use a proposal beyond WebAssembly 2.0 in a type.</exception>
    public static WasmModule Read(ReadOnlySpan<byte> file)
    {
        CheckPreamble(file);
        var module = new WasmModule();
        var reader = new ModuleReader(file, section: null, start: 8, end: file.Length);
        var last = 0;
        (int Start, int End) nameSection = default;
        while (reader.Left > 0)
        {
            var idPosition = reader.Position;
            var id = (SectionId)reader.ReadByte();
            if (id > SectionId.DataCount)
            {
                throw new WasmFormatException(id == (SectionId)13 ? "the module has a tag section: exception handling is not supported" : $"section {(byte)id} does not exist", null, idPosition);
            }

            var length = reader.ReadU32();
            if (length > (uint)reader.Left)
            {
                throw new WasmFormatException($"the {NameOf(id)} section announces {length} bytes and {reader.Left} are left: the module is cut off", null, idPosition);
            }

            var content = new ModuleReader(file, NameOf(id), reader.Position, reader.Position + (int)length);
            reader.ReadBytes(length);
            if (id == SectionId.Custom)
            {
                if (content.ReadName() == "name")
                {
                    nameSection = (content.Position, reader.Position);
                }

                continue;
            }

            if (Order(id) <= last)
            {
                throw new WasmFormatException($"the {NameOf(id)} section stands twice or out of order", null, idPosition);
            }

            last = Order(id);
            module.ReadSection(id, ref content);
        }

        if (module.bodies != module.ownFunctions)
        {
            throw new WasmFormatException($"{module.ownFunctions} functions are declared and {module.bodies} have a body: the module is cut off", null, file.Length);
        }

        if (nameSection.End > 0)
        {
            module.FunctionNames = FunctionNames.Read(file[nameSection.Start..nameSection.End], module.FunctionCount);
        }

        return module;
    }

    private static void CheckPreamble(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Magic))
        {
            throw new WasmFormatException("not a WebAssembly module: the file does not begin with the bytes 00 61 73 6D", null, 0);
        }

        if (file[4..].StartsWith(ComponentVersion))
        {
            throw new WasmFormatException("a WebAssembly component, not a module: give the core module it was made from", null, 4);
        }

        if (!file[4..].StartsWith(CoreVersion))
        {
            throw new WasmFormatException("not a WebAssembly module of version 1", null, 4);
        }
    }

    // DataCount (12) stands between Element (9) and Code (10).
    private static int Order(SectionId id) => id switch
    {
        SectionId.DataCount => 10,
        SectionId.Code => 11,
        SectionId.Data => 12,
        _ => (int)id,
    };

    private static string NameOf(SectionId id) => id.ToString().ToLowerInvariant();

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
            case SectionId.Export:
                ReadExports(ref reader);
                break;
            case SectionId.Code:
                bodies = reader.ReadCount();
                return;
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
}
