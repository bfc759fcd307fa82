using System.Text.RegularExpressions;
using WasmAspire.Instrument;
using WasmAspire.Tests.Guests;
using WasmAspire.Tests.Requires;
using WasmAspire.Tests.Wasm.Dwarf;
using WasmAspire.Wasm;
using WasmAspire.Wasm.Instructions;

namespace WasmAspire.Tests.Instrument;

/// <summary>Every instruction of a real module keeps its source line when it is instrumented, by llvm-dwarfdump's reading.</summary>
public sealed partial class SourceLinesStayTests
{
    // What an instrumented function with a gate has before its own instructions, and after all but the last of them.
    private const int EntryInstructions = 12;
    private const int ExitInstructions = 5;

    private static readonly string Programs = Path.Combine(RepositoryRoot.Path, "Tests", "Wasm", "Dwarf", "Programs");

    [RequiresToolFact(DumpedLines.Program)]
    public void OfACommittedGuest() => Check(TrapGuest.ModulePath, rows: 1_000);

    [RequiresToolTheory(Toolchain.Clang, Toolchain.WasmLd, Toolchain.WasiLibc, DumpedLines.Program)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void OfC(int version)
    {
        using var folder = new TemporaryFolder();
        Tool.Run(Toolchain.Clang, "--target=wasm32-wasi", "-O1", $"-gdwarf-{version}", "-I", Programs, Path.Combine(Programs, "shapes.c"), Path.Combine(Programs, "area.c"), "-o", folder["shapes.wasm"]);

        Check(folder["shapes.wasm"], rows: 20);
    }

    [RequiresToolFact(Toolchain.Clang, Toolchain.WasmLd, Toolchain.WasiLibc, "/usr/lib/wasm32-wasi/libc++.a", DumpedLines.Program)]
    public void OfCPlusPlus()
    {
        using var folder = new TemporaryFolder();
        Tool.Run(Toolchain.Clang + "++", "--target=wasm32-wasi", "-fno-exceptions", "-O2", "-gdwarf-5", Path.Combine(Programs, "sort.cpp"), "-o", folder["sort.wasm"]);

        Check(folder["sort.wasm"], rows: 1_000);
    }

    [RequiresToolFact(Toolchain.Rustc, Toolchain.RustStd, Toolchain.WasmLd, DumpedLines.Program)]
    public void OfRust()
    {
        using var folder = new TemporaryFolder();
        Tool.Run(Toolchain.Rustc, "--edition", "2021", "--target", "wasm32-wasi", "-g", "-C", "opt-level=2", "-C", "linker=wasm-ld", Path.Combine(Programs, "words.rs"), "-o", folder["words.wasm"]);

        Check(folder["words.wasm"], rows: 5_000);
    }

    private static void Check(string path, int rows)
    {
        using var folder = new TemporaryFolder();
        var before = File.ReadAllBytes(path);
        var instrumented = Instrumenter.Instrument(before);
        File.WriteAllBytes(folder["instrumented.wasm"], instrumented.Wasm.ToArray());
        var (oldModule, newModule) = (WasmModule.Read(before), WasmModule.Read(instrumented.Wasm.Span));
        var oldLines = DumpedLines.Of(path, oldModule.Code.Length);
        var newLines = DumpedLines.Of(folder["instrumented.wasm"], newModule.Code.Length);

        Assert.True(oldLines.Rows.Count >= rows, $"{oldLines.Rows.Count} rows");
        for (var body = 0; body < oldModule.Bodies.Count; body++)
        {
            var own = Places(before, oldModule, body);
            var moved = Places(instrumented.Wasm.ToArray(), newModule, body);
            var instruments = instrumented.Report.Functions[body].LeftOut is null;
            Assert.Equal(own.Count + (instruments ? EntryInstructions + ExitInstructions : 0), moved.Count);
            for (var i = 0; i < own.Count; i++)
            {
                Assert.Equal(oldLines.ByAddress[own[i]], newLines.ByAddress[moved[i + (instruments ? EntryInstructions : 0)]]);
            }
        }

        // And nothing else of the rows has changed, those of removed code included.
        Assert.Equal(RowsWithoutAddress(path), RowsWithoutAddress(folder["instrumented.wasm"]));
        Assert.Equal(DeadRows(path, oldModule), DeadRows(folder["instrumented.wasm"], newModule));
    }

    private static List<int> Places(byte[] wasm, WasmModule module, int body)
    {
        var places = new List<int>();
        var reader = new InstructionReader(wasm, "code", module.Bodies[body]);
        reader.ReadLocals();
        while (reader.Depth >= 0)
        {
            places.Add(reader.Read().Start - module.Code.Start);
        }

        return places;
    }

    private static List<string> RowsWithoutAddress(string path) => [.. Row().Matches(Dump(path)).Select(row => row.Groups[2].Value)];

    private static List<string> DeadRows(string path, WasmModule module) =>
    [
        .. Row().Matches(Dump(path)).Where(row => Convert.ToUInt64(row.Groups[1].Value, 16) is var address && (address == 0 || address > (ulong)module.Code.Length)).Select(row => row.Value),
    ];

    private static string Dump(string path)
    {
        var (exitCode, output) = Tool.TryRun(DumpedLines.Program, ["--debug-line", path]);
        Assert.Equal(0, exitCode);
        return output;
    }

    [GeneratedRegex("^0x([0-9a-f]{16}) (.*)$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
