using WasmAspire.Wasm;
using Wasmtime;

namespace WasmAspire.Tests.Wasm;

public sealed class WasmModuleTests
{
    private static readonly byte[] Head = [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00];

    private static readonly byte[] Sample = Module.ConvertText("""
        (module
          (import "env" "f" (func $f (param i32 i64) (result f64)))
          (import "env" "t" (table 1 funcref))
          (import "env" "m" (memory 1 2))
          (import "env" "g" (global (mut v128)))
          (func $own (export "own") (param externref) (result funcref i32) unreachable)
          (func (export "again") (export "and again"))
          (export "m" (memory 0)) (export "t" (table 0)) (export "g" (global 0)))
        """);

    [Fact]
    public void ReadsImportsExportsAndNames()
    {
        var module = WasmModule.Read(Sample);

        Assert.Equal(
            ["env.f Function (i32, i64) -> (f64)", "env.t Table ", "env.m Memory ", "env.g Global "],
            module.Imports.Select(import => $"{import.Module}.{import.Name} {import.Kind} {import.Function}"));
        Assert.Equal(
            ["own Function 1 (externref) -> (funcref, i32)", "again Function 2 () -> ()", "and again Function 2 () -> ()", "m Memory 0 ", "t Table 0 ", "g Global 0 "],
            module.Exports.Select(export => $"{export.Name} {export.Kind} {export.Index} {export.Function}"));
        Assert.Equal(3, module.FunctionCount);
        Assert.Equal(["f", "own", null], Enumerable.Range(0, 3).Select(i => module.FunctionNames[i]));
        Assert.Null(module.FunctionNames[-1]);
    }

    [Fact]
    public void KeepsWhereItsPartsStand()
    {
        // Bodies of 2 and of 130 bytes, whose length takes two; custom sections before, between and after.
        byte[] head = [.. Head, 0x00, 0x03, 0x01, .. "a"u8, 0x07, 0x01, 0x04, 0x01, 0x60, 0x00, 0x00, 0x02, 0x07, 0x01, 0x01, .. "m"u8, 0x01, .. "f"u8, 0x00, 0x00, 0x03, 0x03, 0x02, 0x00, 0x00];
        byte[] code = [0x02, 0x02, 0x00, 0x0B, 0x82, 0x01, 0x00, .. Enumerable.Repeat((byte)0x01, 128), 0x0B];
        byte[] module = [.. head, 0x0A, (byte)(code.Length | 0x80), 0x01, .. code, 0x00, 0x02, 0x01, .. "a"u8, 0x00, 0x05, 0x01, .. "b"u8, 0x08, 0x09, 0x0A];
        Assert.Null(Module.Validate(Shared.Engine, module));

        var read = WasmModule.Read(module);

        var start = head.Length + 3;
        Assert.Equal(1, read.ImportedFunctionCount);
        Assert.Equal(new ByteRange(start, code.Length), read.Code);
        Assert.Equal([new ByteRange(start + 2, 2), new ByteRange(start + 6, 130)], read.Bodies);
        Assert.Equal(
            [new CustomSection("a", new ByteRange(12, 1)), new CustomSection("a", new ByteRange(read.Code.End + 4, 0)), new CustomSection("b", new ByteRange(read.Code.End + 8, 3))],
            read.CustomSections);
        Assert.Equal(module.Length, read.CustomSections[2].Content.End);
    }

    [Theory]
    [InlineData("(module)", 0)]
    [InlineData("(module (memory 1))", 1)]
    [InlineData("""(module (import "m" "a" (memory 1)) (import "m" "f" (func)) (memory 1) (memory 2 3))""", 3)]
    public void CountsImportedAndOwnMemories(string text, int memories) =>
        Assert.Equal(memories, WasmModule.Read(Module.ConvertText(text)).MemoryCount);

    [Fact]
    public void KeepsAThousandCustomSectionsAtMost()
    {
        var module = WasmModule.Read([.. Head, .. Enumerable.Repeat<byte[]>([0x00, 0x01, 0x00], 1_001).SelectMany(section => section)]);

        Assert.Equal(1_000, module.CustomSections.Count);
        Assert.Equal((default, 0, 0), (module.Code, module.Bodies.Count, module.ImportedFunctionCount));
    }

    [Fact]
    public void ReadsEveryGuestAsWasmtimeDoes()
    {
        using var engine = new Engine();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "guests", "wasm"), "*.wasm", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(file);
            var read = WasmModule.Read(bytes);
            using var compiled = Module.FromBytes(engine, file, bytes);
            Assert.Equal(compiled.Imports.Select(import => (import.ModuleName, import.Name)), read.Imports.Select(import => (import.Module, import.Name)));
            Assert.Equal(compiled.Exports.Select(export => export.Name).Order(), read.Exports.Select(export => export.Name).Order());
        }
    }

    [Fact]
    public void RefusesEveryPrefixOfAModule()
    {
        for (var length = 0; length < Sample.Length; length++)
        {
            // A prefix that ends where the custom sections begin is a module.
            if (Module.Validate(Shared.Engine, Sample.AsSpan(0, length)) is not null)
            {
                var e = Assert.Throws<WasmFormatException>(() => WasmModule.Read(Sample.AsSpan(0, length)));
                Assert.InRange(e.Offset, 0, length);
            }
        }
    }

    [Fact]
    public void NoChangedByteMakesItFailOtherwise()
    {
        // Each byte in turn takes some values: it reads, or says where it is wrong; nothing else ever happens.
        var bytes = Sample.ToArray();
        for (var i = 0; i < bytes.Length; i++)
        {
            var original = bytes[i];
            foreach (var value in (byte[])[0x00, 0x01, 0x40, 0x7F, 0x80, 0xFF, (byte)(original ^ 1)])
            {
                bytes[i] = value;
                var e = Record.Exception(() =>
                {
                    var module = WasmModule.Read(bytes);
                    _ = module.FunctionNames[0];
                });
                Assert.True(e is null or WasmFormatException, $"byte {i} = {value:x2}: {e}");
            }

            bytes[i] = original;
        }
    }

    public static TheoryData<byte[], string> Malformed => new()
    {
        { [], "not a WebAssembly module: the file does not begin with the bytes 00 61 73 6D (at byte 0)" },
        { "GIF89a.."u8.ToArray(), "not a WebAssembly module: the file does not begin with the bytes 00 61 73 6D (at byte 0)" },
        { [0x00, 0x61, 0x73, 0x6D, 0x02, 0x00, 0x00, 0x00], "not a WebAssembly module of version 1 (at byte 4)" },
        { [0x00, 0x61, 0x73, 0x6D, 0x0D, 0x00, 0x01, 0x00], "a WebAssembly component, not a module: give the core module it was made from (at byte 4)" },
        { [.. Head, 0x0E, 0x00], "section 14 does not exist (at byte 8)" },
        { [.. Head, 0x0D, 0x00], "the module has a tag section: exception handling is not supported (at byte 8)" },
        { [.. Head, 0x01, 0x05, 0x00], "the type section announces 5 bytes and 1 are left: the module is cut off (at byte 8)" },
        { [.. Head, 0x01, 0x01, 0x00, 0x01, 0x01, 0x00], "the type section stands twice or out of order (at byte 11)" },
        { [.. Head, 0x03, 0x01, 0x00, 0x01, 0x01, 0x00], "the type section stands twice or out of order (at byte 11)" },
        { [.. Head, 0x01, 0x02, 0x01, 0x5F], "type 0 is no function type: garbage collection is not supported (in the type section, at byte 11)" },
        { [.. Head, 0x01, 0x05, 0x01, 0x60, 0x01, 0x64, 0x00], "value type 0x64: typed function references are not supported (in the type section, at byte 13)" },
        { [.. Head, 0x01, 0x05, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F], "4294967295 entries are announced and 0 bytes are left (in the type section, at byte 10)" },
        { [.. Head, 0x01, 0x06, 0xFF, 0xFF, 0xFF, 0xFF, 0x1F, 0x00], "a number does not fit 32 bits (in the type section, at byte 10)" },
        { [.. Head, 0x01, 0x02, 0x00, 0x00], "1 bytes follow the last entry (in the type section, at byte 11)" },
        { [.. Head, 0x02, 0x06, 0x01, 0x00, 0x01, 0xFF, 0x00, 0x00], "a name is not valid UTF-8 (in the import section, at byte 12)" },
        { [.. Head, 0x02, 0x05, 0x01, 0x00, 0x00, 0x00, 0x07], "type 7 does not exist (in the import section, at byte 15)" },
        { [.. Head, 0x02, 0x05, 0x01, 0x00, 0x00, 0x09, 0x00], "import 0 is of the unknown kind 9 (in the import section, at byte 14)" },
        { [.. Head, 0x02, 0x06, 0x01, 0x00, 0x00, 0x02, 0x04, 0x00], "a memory or table has 64-bit addresses: memory64 is not supported (in the import section, at byte 14)" },
        { [.. Head, 0x07, 0x04, 0x01, 0x00, 0x00, 0x05], "function 5 does not exist (in the export section, at byte 14)" },
        { [.. Head, 0x01, 0x04, 0x01, 0x60, 0x00, 0x00, 0x03, 0x02, 0x01, 0x00], "1 functions are declared and 0 have a body: the module is cut off (at byte 18)" },
        { [.. Head, 0x0A, 0x04, 0x01, 0x03, 0x00, 0x0B], "3 bytes are announced and 2 are left (in the code section, at byte 12)" },
        { [.. Head, 0x0A, 0x05, 0x01, 0x02, 0x00, 0x0B, 0x00], "1 bytes follow the last entry (in the code section, at byte 14)" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void SaysWhatIsWrongAndWhere(byte[] module, string error) =>
        Assert.Equal(error, Assert.ThrowsAny<WasmFormatException>(() => WasmModule.Read(module)).Message);

    [Fact]
    public void RefusesMoreEntriesThanItCouldDescribe()
    {
        // 3 MB of a million and one exports; a type of 1,001 parameters.
        byte[] exports = [0x07, 0xC4, 0x8D, 0xB7, 0x01, 0xC1, 0x84, 0x3D, .. new byte[3_000_001]];
        byte[] type = [0x01, 0xEE, 0x07, 0x01, 0x60, 0xE9, 0x07, .. Enumerable.Repeat((byte)0x7F, 1001), 0x00];

        Assert.Equal(
            ["1000001 entries are announced and 1000000 are the most (in the export section, at byte 13)", "1001 entries are announced and 1000 are the most (in the type section, at byte 13)"],
            new[] { exports, type }.Select(section => Assert.Throws<WasmFormatException>(() => WasmModule.Read([.. Head, .. section])).Message));
    }

    [Fact]
    public void AMalformedNameSectionCostsOnlyTheNamesAfterItsFault()
    {
        byte[] names = [0x04, .. "name"u8, 0x01, 0x09, 0x02, 0x00, 0x02, .. "ok"u8, 0x01, 0x7F, 0x61, 0x61];
        byte[] module = [.. Head, 0x01, 0x04, 0x01, 0x60, 0x00, 0x00, 0x03, 0x03, 0x02, 0x00, 0x00, 0x0A, 0x07, 0x02, 0x02, 0x00, 0x0B, 0x02, 0x00, 0x0B, 0x00, (byte)names.Length, .. names];

        var read = WasmModule.Read(module);

        Assert.Equal(["ok", null], Enumerable.Range(0, 2).Select(i => read.FunctionNames[i]));
    }

    private static class Shared
    {
        public static readonly Engine Engine = new();
    }
}
