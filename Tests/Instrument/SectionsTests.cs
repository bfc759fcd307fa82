using System.Text;
using WasmAspire.Instrument;
using WasmAspire.Wasm;
using Wasmtime;

namespace WasmAspire.Tests.Instrument;

/// <summary>What becomes of the sections around the code.</summary>
public sealed class SectionsTests
{
    private static readonly byte[] Plain = Module.ConvertText("""(module (func $f (export "f") (loop)))""");

    [Fact]
    public void NamesMoveWithTheirFunctions()
    {
        var names = Read(Instrument("""
            (module (import "env" "host" (func $host)) (memory 1)
              (func $a (drop (memory.grow (i32.const 1)))) (func) (func $c call $host call $a))
            """)).FunctionNames;

        Assert.Equal(
            ["host", "observe:enter", "observe:exit", "observe:memory-grow", "a", null, "c", "observe:memory.grow"],
            Enumerable.Range(0, 8).Select(function => names[function]));
    }

    [Fact]
    public void NamesOfLocalsStayAndThoseOfLabelsMoveWithTheirBlocks()
    {
        const string Text = """
            (module
              (func $f (param $p i32) (local $l i64)
                (block $outer (loop $again (if $maybe (local.get $p) (then (return_call $f (i32.const 0))))) (block $last)))
              (func $skipped (block $alone)))
            """;
        var options = new InstrumentOptions { All = true, Exclude = ["skipped"] };

        // The entry's if and the block around the body stand before; a tail call has one more if before it.
        Assert.Equal(
            ["2: 2 0=p 1=l", "3: 2 2=outer 3=again 4=maybe 6=last", "3: 3 0=alone"],
            Names(Instrumenter.Instrument(Module.ConvertText(Text), options)));
        Assert.Equal(
            ["2: 2 0=p 1=l", "3: 2 1=outer 2=again 3=maybe 4=last", "3: 3 0=alone"],
            Names(Instrumenter.Instrument(Module.ConvertText(Text), options with { Gates = false })));
    }

    [Fact]
    public void ProducersGetOurNameBesideTheOthers()
    {
        var content = Bytes(1, "processed-by", 1, "clang", "14");

        var without = Read(Instrumenter.Instrument(Plain));
        var with = Read(Instrumenter.Instrument(Custom("producers", content)));

        Assert.Equal([new Producer("processed-by", "wasmaspire-instrument", "0.1.0")], without.Producers);
        Assert.Equal([new Producer("processed-by", "clang", "14"), new Producer("processed-by", "wasmaspire-instrument", "0.1.0")], with.Producers);
        Assert.Equal(1, with.CustomSections.Count(section => section.Name == "producers"));
    }

    [Theory]
    [InlineData("producers", "it is malformed")]
    [InlineData("name", "it is malformed")]
    [InlineData(".debug_info", "it holds addresses of the code before")]
    [InlineData("metadata.code.branch_hint", "it holds addresses of the code before")]
    [InlineData("sourceMappingURL", "it leads to a description of the code before")]
    [InlineData("external_debug_info", "it leads to a description of the code before")]
    public void WhatCannotStayIsDroppedAndReported(string name, string why)
    {
        var instrumented = Instrumenter.Instrument(Custom(name, [0x7F, 0xFF]));

        Assert.Equal([new DroppedSection(name, 2, why)], instrumented.Report.DroppedSections);
        Assert.DoesNotContain(Read(instrumented).CustomSections, section => section.Name == name && name != "producers" && name != "name");
    }

    [Fact]
    public void OtherCustomSectionsStayWhereTheyAre()
    {
        var instrumented = Instrumenter.Instrument([.. Plain[..8], 0, 4, 2, .. "mi"u8, 9, .. Plain[8..], 0, 3, 1, (byte)'z', 8]);

        var module = Read(instrumented);
        Assert.Equal(["mi", "name", "z", "producers"], module.CustomSections.Select(section => section.Name));
        Assert.Equal([9], Content(instrumented, module.CustomSections[0].Content));
        Assert.Equal([8], Content(instrumented, module.CustomSections[2].Content));
    }

    [Theory]
    [InlineData("linking")]
    [InlineData("reloc.CODE")]
    public void ObjectFilesAreRefused(string name)
    {
        var error = Assert.Throws<WasmFormatException>(() => Instrumenter.Instrument(Custom(name, [2])));

        Assert.Equal($"the module is an object file: link it first (in the {name} section, at byte {Plain.Length})", error.Message);
    }

    public static TheoryData<string, string> OthersInstrumenters => new()
    {
        { """(module (import "dylibso:observe/instrument" "enter" (func (param i32))) (func (loop)))""", "an instrumenter that does not name itself" },
        { """(module (import "dylibso_observe" "instrument_exit" (func (param i32))) (func (loop)))""", "an instrumenter that does not name itself" },
        { """(module (global (export "wasm_instr_version_major") i32 (i32.const 0)) (func (loop)))""", "observe-sdk-autoinstr" },
        { """(module (func (loop)) (@custom "producers" "\01\0cprocessed-by\01\15observe-sdk-autoinstr\050.5.0"))""", "observe-sdk-autoinstr 0.5.0" },
    };

    [Theory]
    [MemberData(nameof(OthersInstrumenters))]
    public void WhatAnInstrumenterHasBeenAtIsLeftAlone(string text, string by)
    {
        var wasm = Module.ConvertText(text);

        var instrumented = Instrumenter.Instrument(wasm);

        Assert.Equal(by, instrumented.Report.InstrumentedBefore);
        Assert.Equal(wasm, instrumented.Wasm.ToArray());
    }

    [Fact]
    public void AGateWhoseNameIsTakenIsLeftOut()
    {
        var instrumented = Instrumenter.Instrument(Module.ConvertText("""(module (func $f (export "wasmaspire:gate/2") (loop)) (func $g (loop)))"""));

        Assert.Equal(
            [("wasmaspire:gate/2", ExternalKind.Function), ("wasmaspire:gate/3", ExternalKind.Global)],
            Read(instrumented).Exports.Select(export => (export.Name, export.Kind)));
    }

    private static InstrumentedModule Instrument(string text) =>
        Instrumenter.Instrument(Module.ConvertText(text), new InstrumentOptions { All = true });

    private static WasmModule Read(InstrumentedModule instrumented) => WasmModule.Read(instrumented.Wasm.Span);

    private static byte[] Content(InstrumentedModule instrumented, ByteRange range) => instrumented.Wasm.Slice(range.Start, range.Length).ToArray();

    private static byte[] Custom(string name, byte[] content)
    {
        var writer = new WasmWriter();
        writer.WriteCustomSection(name, content);
        return [.. Plain, .. writer.Written];
    }

    // Numbers of a byte, and texts with their length before them.
    private static byte[] Bytes(params object[] parts) => [.. parts.SelectMany(part => part is string text
        ? [(byte)text.Length, .. Encoding.UTF8.GetBytes(text)]
        : new[] { Convert.ToByte(part, null) })];

    /// <summary>The indirect maps of the name section, a line a function: <c>subsection: function index=name …</c>.</summary>
    private static List<string> Names(InstrumentedModule instrumented)
    {
        var lines = new List<string>();
        var section = Read(instrumented).CustomSections.Single(section => section.Name == "name").Content;
        var reader = new ModuleReader(instrumented.Wasm.Span, "name", section.Start, section.End);
        while (reader.Left > 0)
        {
            var id = reader.ReadByte();
            var end = reader.ReadU32() + reader.Position;
            for (var functions = id is 2 or 3 ? reader.ReadU32() : 0; functions > 0; functions--)
            {
                var line = $"{id}: {reader.ReadU32()}";
                for (var names = reader.ReadU32(); names > 0; names--)
                {
                    line += $" {reader.ReadU32()}={reader.ReadName()}";
                }

                lines.Add(line);
            }

            reader.ReadBytes((uint)(end - reader.Position));
        }

        return lines;
    }
}
