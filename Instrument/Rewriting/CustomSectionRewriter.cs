using WasmAspire.Wasm;
using WasmAspire.Wasm.Dwarf;

namespace WasmAspire.Instrument.Rewriting;

/// <summary>Writes custom sections anew: what tells of functions and code places is brought up to date, or taken out where that cannot be.</summary>
internal sealed class CustomSectionRewriter(Plan plan, CodeMap places, List<DroppedSection> dropped)
{
    private const string Malformed = "it is malformed";

    // Compilers write a dozen; a small file could hold millions.
    private const int MaxReported = 1_000;

    private bool producersWritten;

    /// <summary>Why a module with such a section cannot be instrumented; null for most.</summary>
    public static string? RefusalOf(string name) =>
        name == "linking" || name.StartsWith("reloc.", StringComparison.Ordinal) ? "the module is an object file: link it first" : null;

    public void Rewrite(ReadOnlySpan<byte> file, in Section section, WasmWriter output)
    {
        var content = file.Slice(section.Content.Start, section.Content.Length);
        switch (section.Name)
        {
            case "name":
                RewriteNames(file, section, output);
                break;
            case "producers" when !plan.Guards:
                WriteProducers(content, output);
                break;
            case ".debug_line":
                RewriteLines(content, output);
                break;
            default:
                if (ReasonToDrop(section.Name) is { } reason)
                {
                    Drop(section.Name, content.Length, reason);
                }
                else
                {
                    output.WriteBytes(file[section.Start..section.Content.End]);
                }

                break;
        }
    }

    /// <summary>Writes what the module did not have.</summary>
    public void WriteMissing(WasmWriter output)
    {
        if (!producersWritten && !plan.Guards)
        {
            WriteProducers([0], output);
        }
    }

    private static string? ReasonToDrop(string name) => name switch
    {
        // These two hold the texts of .debug_line, and no addresses.
        ".debug_line_str" or ".debug_str" => null,
        "sourceMappingURL" or "external_debug_info" => "it leads to a description of the code before",
        _ when name.StartsWith(".debug_", StringComparison.Ordinal) => "it holds addresses of the code before",
        _ when name.StartsWith("metadata.code.", StringComparison.Ordinal) => "it holds addresses of the code before",
        _ => null,
    };

    private void RewriteNames(ReadOnlySpan<byte> file, in Section section, WasmWriter output)
    {
        try
        {
            output.WriteCustomSection(section.Name, NameSectionRewriter.Rewrite(file, section.Content, plan).Written);
        }
        catch (WasmFormatException)
        {
            // A custom section never makes a module invalid.
            Drop(section.Name, section.Content.Length, Malformed);
        }
    }

    private void WriteProducers(ReadOnlySpan<byte> content, WasmWriter output)
    {
        if (producersWritten)
        {
            Drop("producers", content.Length, "there is another");
            return;
        }

        producersWritten = true;
        if (ProducersRewriter.TryAdd(content, out var rewritten))
        {
            output.WriteCustomSection("producers", rewritten.Written);
        }
        else
        {
            Drop("producers", content.Length, Malformed);
            ProducersRewriter.TryAdd([0], out rewritten);
            output.WriteCustomSection("producers", rewritten.Written);
        }
    }

    private void RewriteLines(ReadOnlySpan<byte> content, WasmWriter output)
    {
        var rewritten = LineTableRewriter.Rewrite(content, places, plan.Module.Code.Length, out var droppedUnits);
        if (rewritten is null)
        {
            Drop(".debug_line", content.Length, Malformed);
            return;
        }

        if (droppedUnits > 0)
        {
            Drop(".debug_line", content.Length, $"{droppedUnits} of its units cannot be read; the others stay");
        }

        output.WriteCustomSection(".debug_line", rewritten);
    }

    private void Drop(string name, int bytes, string why)
    {
        if (dropped.Count < MaxReported)
        {
            dropped.Add(new DroppedSection(name, bytes, why));
        }
    }
}
