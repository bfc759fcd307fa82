using WasmAspire.Wasm;

namespace WasmAspire.Instrument.Rewriting;

/// <summary>Writes the element section anew (WebAssembly 2.0, section 5.5.12).</summary>
internal static class ElementRewriter
{
    // What the bits of a segment's flags mean; together they make its eight kinds.
    private const uint NotActive = 1;
    private const uint ExplicitIndex = 2;
    private const uint Expressions = 4;

    public static void Rewrite(ReadOnlySpan<byte> file, ref ModuleReader reader, Plan plan, WasmWriter output)
    {
        var count = reader.ReadCount();
        output.WriteU32((uint)count);
        for (var i = 0; i < count; i++)
        {
            RewriteSegment(file, ref reader, plan, output);
        }

        if (reader.Left > 0)
        {
            throw reader.Error($"{reader.Left} bytes follow the last entry");
        }
    }

    private static void RewriteSegment(ReadOnlySpan<byte> file, ref ModuleReader reader, Plan plan, WasmWriter output)
    {
        var flags = reader.ReadU32();
        if (flags > (NotActive | ExplicitIndex | Expressions))
        {
            throw reader.Error($"an element segment with the flags {flags} does not exist");
        }

        output.WriteU32(flags);
        if ((flags & NotActive) == 0)
        {
            if ((flags & ExplicitIndex) != 0)
            {
                output.WriteU32(reader.ReadU32());
            }

            ConstantExpression.Rewrite(file, ref reader, plan, output);
        }

        if ((flags & (NotActive | ExplicitIndex)) != 0)
        {
            // What kind the elements are: a reference type, or 0 for functions.
            output.WriteByte((flags & Expressions) != 0 ? (byte)reader.ReadReferenceType() : ReadKind(ref reader));
        }

        var elements = reader.ReadCount();
        output.WriteU32((uint)elements);
        for (var i = 0; i < elements; i++)
        {
            if ((flags & Expressions) != 0)
            {
                ConstantExpression.Rewrite(file, ref reader, plan, output);
            }
            else
            {
                var offset = reader.Position;
                output.WriteU32(plan.Map(reader.ReadU32(), reader.Section!, offset));
            }
        }
    }

    private static byte ReadKind(ref ModuleReader reader)
    {
        var kind = reader.ReadByte();
        return kind == 0 ? kind : throw reader.Error($"an element kind 0x{kind:X2} does not exist");
    }
}
