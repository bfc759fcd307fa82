using WasmAspire.Wasm;

namespace WasmAspire.ComputeNode.Modules;

/// <summary>
/// Takes out name sections with names that nobody can read: Wasmtime repeats a function's name for each of the 20 frames
/// of a trap's text, and a module with one name of 60 MB ends the process at its first trap (measured).
/// </summary>
internal static class LongNames
{
    private const int MaxNameBytes = 1024;

    private const byte ModuleName = 0;
    private const byte FunctionNames = 1;

    /// <summary>Gives the module without such sections; mostly the same bytes.</summary>
    /// <param name="wasm">A valid module.</param>
    public static ReadOnlyMemory<byte> Drop(ReadOnlyMemory<byte> wasm)
    {
        var sections = new SectionReader(wasm.Span);
        WasmWriter? shorter = null;
        var kept = 0;
        while (sections.TryRead(out var section))
        {
            if (section.Id == SectionId.Custom && section.Name == "name" && !IsReadable(wasm.Span, section))
            {
                shorter ??= new WasmWriter(wasm.Length);
                shorter.WriteBytes(wasm.Span[kept..section.Start]);
                kept = section.Content.End;
            }
        }

        if (shorter is null)
        {
            return wasm;
        }

        shorter.WriteBytes(wasm.Span[kept..]);
        return shorter.Written.ToArray();
    }

    private static bool IsReadable(ReadOnlySpan<byte> wasm, in Section section)
    {
        try
        {
            var reader = new ModuleReader(wasm, section.Name, section.Content.Start, section.Content.End);
            while (reader.Left > 0)
            {
                var id = reader.ReadByte();
                var length = reader.ReadU32();
                var entries = new ModuleReader(wasm, section.Name, reader.Position, reader.Position + (int)Math.Min(length, (uint)reader.Left));
                reader.ReadBytes(length);
                if (id is ModuleName or FunctionNames && !IsReadable(ref entries, id))
                {
                    return false;
                }
            }

            return true;
        }
        catch (WasmFormatException)
        {
            return false;
        }
    }

    private static bool IsReadable(ref ModuleReader entries, byte id)
    {
        var count = id == ModuleName ? 1 : entries.ReadCount();
        for (var i = 0; i < count; i++)
        {
            if (id == FunctionNames)
            {
                entries.ReadU32();
            }

            var length = entries.ReadU32();
            if (length > MaxNameBytes)
            {
                return false;
            }

            entries.ReadBytes(length);
        }

        return true;
    }
}
