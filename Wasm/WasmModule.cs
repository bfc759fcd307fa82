namespace WasmAspire.Wasm;

/// <summary>
/// What a module says of itself: types, imports, exports, names, and where its parts stand. Function bodies are not
/// looked into, so a module that reads well may still be invalid.
/// </summary>
public sealed partial class WasmModule
{
    private static ReadOnlySpan<byte> Magic => [0x00, 0x61, 0x73, 0x6D];
    private static ReadOnlySpan<byte> CoreVersion => [0x01, 0x00, 0x00, 0x00];
    private static ReadOnlySpan<byte> ComponentVersion => [0x0D, 0x00, 0x01, 0x00];

    // What Wasmtime itself accepts.
    private const int MaxEntries = 1_000_000;
    private const int MaxParameters = 1_000;

    // Compilers write a dozen; a small file could name millions.
    private const int MaxCustomSections = 1_000;

    private readonly List<FunctionType> types = [];
    private readonly List<int> functions = [];
    private readonly List<Import> imports = [];
    private readonly List<Export> exports = [];
    private readonly List<ByteRange> bodies = [];
    private readonly List<CustomSection> customSections = [];

    private int ownFunctions;

    private WasmModule()
    {
    }

    /// <summary>The imports, in order.</summary>
    public IReadOnlyList<Import> Imports => imports;

    /// <summary>The exports, in order.</summary>
    public IReadOnlyList<Export> Exports => exports;

    /// <summary>The number of functions, imported ones included.</summary>
    public int FunctionCount => functions.Count;

    /// <summary>The number of imported functions: the index of the first that has a body.</summary>
    public int ImportedFunctionCount => functions.Count - ownFunctions;

    /// <summary>The number of memories, imported ones included.</summary>
    public int MemoryCount { get; private set; }

    /// <summary>
    /// The code section's content, without its id and size: its first byte belongs to the number of bodies, and DWARF's
    /// addresses count from it. Empty, at 0, in a module without code.
    /// </summary>
    public ByteRange Code { get; private set; }

    /// <summary>
    /// The bodies, in order, from the declaration of their locals to their end: the first belongs to the function
    /// <see cref="ImportedFunctionCount"/>.
    /// </summary>
    public IReadOnlyList<ByteRange> Bodies => bodies;

    /// <summary>The first 1,000 custom sections, in order; several may have one name.</summary>
    public IReadOnlyList<CustomSection> CustomSections => customSections;

    /// <summary>The names of the functions, where the module has them.</summary>
    public FunctionNames FunctionNames { get; private set; } = FunctionNames.None;

    /// <summary>The tools that made the module, where it tells.</summary>
    public IReadOnlyList<Producer> Producers { get; private set; } = [];

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
                var name = content.ReadName();
                if (name == "name")
                {
                    nameSection = (content.Position, reader.Position);
                }
                else if (name == "producers")
                {
                    module.Producers = Producer.Read(file[content.Position..reader.Position]);
                }

                module.AddCustomSection(name, new ByteRange(content.Position, content.Left));
                continue;
            }

            if (Order(id) <= last)
            {
                throw new WasmFormatException($"the {NameOf(id)} section stands twice or out of order", null, idPosition);
            }

            last = Order(id);
            module.ReadSection(id, ref content);
        }

        if (module.bodies.Count != module.ownFunctions)
        {
            throw new WasmFormatException($"{module.ownFunctions} functions are declared and {module.bodies.Count} have a body: the module is cut off", null, file.Length);
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

    private void AddCustomSection(string name, ByteRange content)
    {
        if (customSections.Count < MaxCustomSections)
        {
            customSections.Add(new CustomSection(name, content));
        }
    }
}
