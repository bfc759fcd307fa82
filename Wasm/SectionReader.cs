namespace WasmAspire.Wasm;

/// <summary>Goes through the sections of a module, from untrusted bytes. It looks at their frames, not at their contents or order.</summary>
public ref struct SectionReader
{
    private readonly ReadOnlySpan<byte> file;
    private ModuleReader reader;

    /// <param name="file">The whole module.</param>
    /// <exception cref="WasmFormatException">It does not begin as one.</exception>
    public SectionReader(ReadOnlySpan<byte> file)
    {
        CheckPreamble(file);
        this.file = file;
        reader = new ModuleReader(file, section: null, start: 8, end: file.Length);
    }

    private static ReadOnlySpan<byte> Magic => [0x00, 0x61, 0x73, 0x6D];
    private static ReadOnlySpan<byte> CoreVersion => [0x01, 0x00, 0x00, 0x00];
    private static ReadOnlySpan<byte> ComponentVersion => [0x0D, 0x00, 0x01, 0x00];

    /// <summary>Reads the next section's frame.</summary>
    /// <returns>False at the module's end.</returns>
    /// <exception cref="WasmFormatException">It is cut off, or none.</exception>
    public bool TryRead(out Section section)
    {
        section = default;
        if (reader.Left == 0)
        {
            return false;
        }

        var start = reader.Position;
        var id = (SectionId)reader.ReadByte();
        if (id > SectionId.DataCount)
        {
            throw id == (SectionId)13
                ? new UnsupportedFeatureException("the module has a tag section", "exception handling", null, start)
                : new WasmFormatException($"section {(byte)id} does not exist", null, start);
        }

        var name = NameOf(id);
        var length = reader.ReadU32();
        if (length > (uint)reader.Left)
        {
            throw new WasmFormatException($"the {name} section announces {length} bytes and {reader.Left} are left: the module is cut off", null, start);
        }

        var content = new ModuleReader(file, name, reader.Position, reader.Position + (int)length);
        reader.ReadBytes(length);
        if (id == SectionId.Custom)
        {
            name = content.ReadName();
        }

        section = new Section(id, name, start, new ByteRange(content.Position, content.Left));
        return true;
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

    private static string NameOf(SectionId id) => id switch
    {
        SectionId.Custom => "custom",
        SectionId.Type => "type",
        SectionId.Import => "import",
        SectionId.Function => "function",
        SectionId.Table => "table",
        SectionId.Memory => "memory",
        SectionId.Global => "global",
        SectionId.Export => "export",
        SectionId.Start => "start",
        SectionId.Element => "element",
        SectionId.Code => "code",
        SectionId.Data => "data",
        _ => "datacount",
    };
}
