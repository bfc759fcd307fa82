using System.Globalization;
using WasmAspire.Wasm;
using WasmAspire.Wasm.Instructions;

namespace WasmAspire.Tests.Instrument.Generated;

/// <summary>
/// The name section of a generated module. Each name says what it names, so that it can be checked wherever it ends up:
/// functions <c>f12</c>, locals <c>l0</c>, labels <c>block 3</c> by what opens them and how many do before.
/// </summary>
internal static class GeneratedNames
{
    public static void Write(WasmWriter module, Random random, ModuleShape shape, byte[][] bodies)
    {
        var content = new WasmWriter();
        Subsection(content, 1, Enumerable.Range(0, shape.Functions.Count), (function, names) => names.WriteName(string.Create(CultureInfo.InvariantCulture, $"f{function}")));
        int[] some = [.. Enumerable.Range(0, bodies.Length).Where(_ => random.Next(2) == 0)];
        Subsection(content, 2, some.Select(body => body + shape.ImportedFunctions), (function, names) =>
            Map(names, [.. Enumerable.Range(0, shape.Functions[function].Parameters.Count).Select(local => string.Create(CultureInfo.InvariantCulture, $"l{local}"))]));
        Subsection(content, 3, some.Select(body => body + shape.ImportedFunctions), (function, names) =>
            Map(names, Labels(bodies[function - shape.ImportedFunctions])));
        module.WriteCustomSection("name", content.Written);
    }

    /// <summary>The blocks of a body as they stand, named by what opens them and how many like it stand before.</summary>
    public static List<string> Labels(ReadOnlySpan<byte> body)
    {
        var labels = new List<string>();
        var reader = new InstructionReader(body, "code", new ByteRange(0, body.Length));
        reader.ReadLocals();
        while (reader.Depth >= 0)
        {
            if (reader.Read() is { Info.Immediate: Immediate.Block } block)
            {
                labels.Add(string.Create(CultureInfo.InvariantCulture, $"{block.Info.Name} {labels.Count}"));
            }
        }

        return labels;
    }

    private static void Subsection(WasmWriter content, byte id, IEnumerable<int> functions, Action<int, WasmWriter> write)
    {
        var names = new WasmWriter();
        names.WriteU32((uint)functions.Count());
        foreach (var function in functions)
        {
            names.WriteU32((uint)function);
            write(function, names);
        }

        content.WriteByte(id);
        content.WriteSized(names.Written);
    }

    private static void Map(WasmWriter content, List<string> names)
    {
        content.WriteU32((uint)names.Count);
        for (var i = 0; i < names.Count; i++)
        {
            content.WriteU32((uint)i);
            content.WriteName(names[i]);
        }
    }
}
