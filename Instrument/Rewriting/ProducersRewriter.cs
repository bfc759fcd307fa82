using System.Reflection;
using System.Text;
using WasmAspire.Wasm;

namespace WasmAspire.Instrument.Rewriting;

/// <summary>Adds our name and version to a section <c>producers</c> (WebAssembly tool conventions, ProducersSection.md).</summary>
internal static class ProducersRewriter
{
    private static readonly string Version = typeof(ProducersRewriter).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static ReadOnlySpan<byte> ProcessedBy => "processed-by"u8;

    /// <param name="content">The section's content.</param>
    /// <param name="rewritten">The new content.</param>
    /// <returns>False where it is malformed.</returns>
    public static bool TryAdd(ReadOnlySpan<byte> content, out WasmWriter rewritten)
    {
        rewritten = new WasmWriter(content.Length + 64);
        try
        {
            Add(content, rewritten);
            return true;
        }
        catch (WasmFormatException)
        {
            return false;
        }
    }

    private static void Add(ReadOnlySpan<byte> content, WasmWriter output)
    {
        var fields = new WasmWriter(content.Length + 64);
        var reader = new ModuleReader(content, "producers", 0, content.Length);
        var count = reader.ReadCount();
        var added = false;
        for (var i = 0; i < count; i++)
        {
            var name = reader.ReadBytes(reader.ReadU32());
            var ours = !added && name.SequenceEqual(ProcessedBy);
            fields.WriteSized(name);
            CopyValues(ref reader, fields, ours);
            added |= ours;
        }

        if (reader.Left > 0)
        {
            throw reader.Error($"{reader.Left} bytes follow the last entry");
        }

        if (!added)
        {
            fields.WriteSized(ProcessedBy);
            fields.WriteU32(1);
            WriteOurs(fields);
        }

        output.WriteU32((uint)(added ? count : count + 1));
        output.WriteBytes(fields.Written);
    }

    private static void CopyValues(ref ModuleReader reader, WasmWriter output, bool ours)
    {
        var values = reader.ReadCount();
        output.WriteU32((uint)(ours ? values + 1 : values));
        for (var i = 0; i < values; i++)
        {
            output.WriteSized(reader.ReadBytes(reader.ReadU32()));
            output.WriteSized(reader.ReadBytes(reader.ReadU32()));
        }

        if (ours)
        {
            WriteOurs(output);
        }
    }

    private static void WriteOurs(WasmWriter output)
    {
        output.WriteSized(Encoding.UTF8.GetBytes(ObserveAbi.Producer));
        output.WriteSized(Encoding.UTF8.GetBytes(Version));
    }
}
