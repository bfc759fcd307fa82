namespace WasmAspire.Wasm;

/// <summary>A section as it stands in a file.</summary>
/// <param name="Id">Which it is.</param>
/// <param name="Name">A custom section's own name; of others the specification's, such as <c>import</c>.</param>
/// <param name="Start">Its first byte, from the start of the file: its id.</param>
/// <param name="Content">What it holds: without id and size, and without a custom section's name.</param>
public readonly record struct Section(SectionId Id, string Name, int Start, ByteRange Content)
{
    /// <summary>Where it stands among the sections that have a place: DataCount (12) between Element (9) and Code (10). 0 for custom ones.</summary>
    public int Order => OrderOf(Id);

    /// <summary>Where a section stands among those that have a place.</summary>
    public static int OrderOf(SectionId id) => id switch
    {
        SectionId.DataCount => 10,
        SectionId.Code => 11,
        SectionId.Data => 12,
        _ => (int)id,
    };
}
