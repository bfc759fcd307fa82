namespace WasmAspire.Wasm;

/// <summary>
/// What a module says of itself: types, imports, exports, names, and where its parts stand. Function bodies are not
/// looked into, so a module that reads well may still be invalid.
/// </summary>
public sealed partial class WasmModule
{
    // What Wasmtime itself accepts.
    private const int MaxEntries = 1_000_000;
    private const int MaxParameters = 1_000;

    // Compilers write a dozen; a small file could name millions.
    private const int MaxCustomSections = 1_000;

    private readonly List<FunctionType> types = [];
    private readonly List<int> functions = [];
    private readonly List<Import> imports = [];
    private readonly List<Export> exports = [];
    private readonly List<Limits> memories = [];
    private readonly List<ByteRange> bodies = [];
    private readonly List<CustomSection> customSections = [];

    private int ownFunctions;
    private ByteRange nameSection;

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

    /// <summary>The number of tables, imported ones included.</summary>
    public int TableCount { get; private set; }

    /// <summary>The number of memories, imported ones included.</summary>
    public int MemoryCount { get; private set; }

    /// <summary>The memories that the module has of its own, imported ones left out.</summary>
    public IReadOnlyList<Limits> Memories => memories;

    /// <summary>The number of globals, imported ones included.</summary>
    public int GlobalCount { get; private set; }

    /// <summary>The function types, in order.</summary>
    public IReadOnlyList<FunctionType> Types => types;

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

    /// <summary>The type of a function, imports first.</summary>
    /// <param name="function">Its index; must exist.</param>
    public FunctionType TypeOf(int function) => types[functions[function]];

    /// <summary>The names of the functions, where the module has them.</summary>
    public FunctionNames FunctionNames { get; private set; } = FunctionNames.None;

    /// <summary>The tools that made the module, where it tells.</summary>
    public IReadOnlyList<Producer> Producers { get; private set; } = [];

    /// <summary>Reads a module.</summary>
    /// <exception cref="WasmFormatException">The bytes are no module, are cut off, or use a proposal beyond WebAssembly 2.0 in a type.</exception>
    public static WasmModule Read(ReadOnlySpan<byte> file)
    {
        var module = new WasmModule();
        var sections = new SectionReader(file);
        var last = 0;
        while (sections.TryRead(out var section))
        {
            if (section.Id == SectionId.Custom)
            {
                module.AddCustomSection(file, section);
                continue;
            }

            if (section.Order <= last)
            {
                throw new WasmFormatException($"the {section.Name} section stands twice or out of order", null, section.Start);
            }

            last = section.Order;
            var content = new ModuleReader(file, section.Name, section.Content.Start, section.Content.End);
            module.ReadSection(section.Id, ref content);
        }

        if (module.bodies.Count != module.ownFunctions)
        {
            throw new WasmFormatException($"{module.ownFunctions} functions are declared and {module.bodies.Count} have a body: the module is cut off", null, file.Length);
        }

        if (module.nameSection.Length > 0)
        {
            module.FunctionNames = FunctionNames.Read(file.Slice(module.nameSection.Start, module.nameSection.Length), module.FunctionCount);
        }

        return module;
    }

    private void AddCustomSection(ReadOnlySpan<byte> file, in Section section)
    {
        if (section.Name == "name")
        {
            nameSection = section.Content;
        }
        else if (section.Name == "producers")
        {
            Producers = Producer.Read(file.Slice(section.Content.Start, section.Content.Length));
        }

        if (customSections.Count < MaxCustomSections)
        {
            customSections.Add(new CustomSection(section.Name, section.Content));
        }
    }
}
