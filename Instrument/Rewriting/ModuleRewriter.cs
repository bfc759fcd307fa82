using WasmAspire.Wasm;

namespace WasmAspire.Instrument.Rewriting;

/// <summary>Writes a module anew, section by section, as the plan says.</summary>
internal ref struct ModuleRewriter
{
    // Sections that get something: they stand in the new module whether or not they do in the old.
    private static readonly SectionId[] Needed = [SectionId.Type, SectionId.Import, SectionId.Function, SectionId.Global, SectionId.Export, SectionId.Code];

    private readonly ReadOnlySpan<byte> file;
    private readonly Plan plan;
    private readonly SectionRewriter sections;
    private readonly CustomSectionRewriter customSections;
    private readonly WasmWriter output;
    private int needed;

    private ModuleRewriter(ReadOnlySpan<byte> file, Plan plan, List<DroppedSection> dropped, CancellationToken cancellation)
    {
        this.file = file;
        this.plan = plan;
        var code = new CodeRewriter(plan);
        code.Rewrite(file, cancellation);
        sections = new SectionRewriter(plan, code.Content);
        customSections = new CustomSectionRewriter(plan, code.Map, dropped);
        output = new WasmWriter(file.Length + (file.Length / 2));
    }

    /// <param name="file">The whole module.</param>
    /// <param name="plan">What it gets.</param>
    /// <param name="dropped">Takes what cannot stay.</param>
    /// <param name="cancellation">Ends the work between two functions.</param>
    /// <exception cref="WasmFormatException">A section is malformed.</exception>
    public static ReadOnlyMemory<byte> Rewrite(ReadOnlySpan<byte> file, Plan plan, List<DroppedSection> dropped, CancellationToken cancellation)
    {
        var rewriter = new ModuleRewriter(file, plan, dropped, cancellation);
        rewriter.Run();
        return rewriter.output.Written.ToArray();
    }

    private void Run()
    {
        const int Preamble = 8;
        output.WriteBytes(file[..Preamble]);
        var reader = new SectionReader(file);
        while (reader.TryRead(out var section))
        {
            if (section.Id == SectionId.Custom)
            {
                customSections.Rewrite(file, section, output);
                continue;
            }

            WriteMissing(section.Order);
            sections.Rewrite(file, section, output);
        }

        WriteMissing(int.MaxValue);
        customSections.WriteMissing(output);
    }

    // What must stand before a section of this order and does not; the section itself is no longer missing.
    private void WriteMissing(int order)
    {
        while (needed < Needed.Length && Section.OrderOf(Needed[needed]) < order)
        {
            sections.WriteMissing(Needed[needed++], output);
        }

        if (needed < Needed.Length && Section.OrderOf(Needed[needed]) == order)
        {
            needed++;
        }
    }
}
