namespace WasmAspire.Wasm.Dwarf;

/// <summary>
/// The source lines of a module's code, from the line tables in its section <c>.debug_line</c> (DWARF 2 to 5). They are
/// read at the first question, once; after that a question is a binary search. Safe for many threads.
/// </summary>
/// <remarks>
/// Malformed tables give fewer lines, never an exception, and the first reading is bounded: 64 MiB of each section,
/// 4 million rows (12 bytes each), 65,536 files and 16 MiB of paths.
/// </remarks>
public sealed class SourceLines
{
    private readonly Lazy<LineTable> table;
    private readonly IReadOnlyList<ByteRange> bodies;
    private readonly int codeStart;
    private readonly int firstBody;

    private SourceLines(WasmModule module, Lazy<LineTable> table)
    {
        this.table = table;
        bodies = module.Bodies;
        codeStart = module.Code.Start;
        firstBody = module.ImportedFunctionCount;
    }

    /// <summary>Finds the line tables of a module; nothing of them is read yet.</summary>
    /// <param name="module">The module, read from these bytes.</param>
    /// <param name="file">Its bytes; held until the first question, where it has line tables, and not to be changed before.</param>
    /// <exception cref="ArgumentException"><paramref name="file"/> is too short to be what the module was read from.</exception>
    public static SourceLines Read(WasmModule module, ReadOnlyMemory<byte> file)
    {
        ArgumentNullException.ThrowIfNull(module);
        if (Find(module, file, ".debug_line") is not { Length: > 0 } lines)
        {
            return new SourceLines(module, new Lazy<LineTable>(LineTable.Empty));
        }

        var sections = new DebugSections(lines, Find(module, file, ".debug_line_str"), Find(module, file, ".debug_str"));
        var codeLength = (uint)module.Code.Length;

        // The factory, and the module's bytes with it, are given up once the value is there.
        return new SourceLines(module, new Lazy<LineTable>(() => LineTableReader.Read(sections, codeLength)));
    }

    /// <summary>The line that an instruction was compiled from.</summary>
    /// <param name="codeAddress">
    /// The instruction's place in the code section's content: its offset in the file minus the start of
    /// <see cref="WasmModule.Code"/>. Any number.
    /// </param>
    /// <param name="line">The line of the last row at or before that address.</param>
    /// <returns>False where no row covers it, or the row says that the code has no line of its own (line 0).</returns>
    public bool TryFind(long codeAddress, out SourceLine line)
    {
        line = default;
        return codeAddress is > 0 and <= uint.MaxValue && table.Value.TryFind((uint)codeAddress, out line);
    }

    /// <summary>Where a function begins: the first row inside its body that has a line.</summary>
    /// <param name="functionIndex">Its index in the module, imports first. Any number.</param>
    /// <param name="line">That row's line; in optimized code it may belong to a function inlined there.</param>
    /// <returns>False for imported functions and those without a line.</returns>
    public bool TryFindFunction(int functionIndex, out SourceLine line)
    {
        line = default;
        var body = (long)functionIndex - firstBody;
        if (body < 0 || body >= bodies.Count)
        {
            return false;
        }

        var range = bodies[(int)body];
        return table.Value.TryFindFirst((uint)(range.Start - codeStart), (uint)(range.End - codeStart), out line);
    }

    private static ReadOnlyMemory<byte> Find(WasmModule module, ReadOnlyMemory<byte> file, string name)
    {
        if (module.CustomSections.FirstOrDefault(section => section.Name == name) is not { } found)
        {
            return default;
        }

        return found.Content.End <= file.Length
            ? file.Slice(found.Content.Start, Math.Min(found.Content.Length, DebugSections.MaxBytes))
            : throw new ArgumentException("The module was not read from these bytes: they are too few.", nameof(file));
    }
}
