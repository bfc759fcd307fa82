using WasmAspire.Tests.Guests;
using WasmAspire.Tests.Requires;
using WasmAspire.Wasm;
using WasmAspire.Wasm.Dwarf;

namespace WasmAspire.Tests.Wasm.Dwarf;

/// <summary>Modules as compilers write them: every address of their code gets the line that llvm-dwarfdump gives it.</summary>
public sealed class SourceLinesTests
{
    private const string Libcxx = "/usr/lib/wasm32-wasi/libc++.a";

    private static readonly string Programs = Path.Combine(RepositoryRoot.Path, "Tests", "Wasm", "Dwarf", "Programs");

    [RequiresToolFact(DumpedLines.Program)]
    public void AgreesWithLlvmOnACommittedGuest() => AssertAgrees(TrapGuest.ModulePath, 4, rows: 1_000);

    [RequiresToolTheory(Toolchain.Clang, Toolchain.WasmLd, Toolchain.WasiLibc, DumpedLines.Program)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void AgreesWithLlvmOnCOfSeveralFiles(int version)
    {
        using var folder = new TemporaryFolder();
        Tool.Run(Toolchain.Clang, "--target=wasm32-wasi", "-O1", $"-gdwarf-{version}", "-I", Programs, Path.Combine(Programs, "shapes.c"), Path.Combine(Programs, "area.c"), "-o", folder["shapes.wasm"]);

        AssertAgrees(folder["shapes.wasm"], version, rows: 20);
    }

    [RequiresToolTheory(Toolchain.Clang, Toolchain.WasmLd, Toolchain.WasiLibc, Libcxx, DumpedLines.Program)]
    [InlineData(4)]
    [InlineData(5)]
    public void AgreesWithLlvmOnInlinedCPlusPlus(int version)
    {
        using var folder = new TemporaryFolder();
        Tool.Run(Toolchain.Clang + "++", "--target=wasm32-wasi", "-fno-exceptions", "-O2", $"-gdwarf-{version}", Path.Combine(Programs, "sort.cpp"), "-o", folder["sort.wasm"]);

        AssertAgrees(folder["sort.wasm"], version, rows: 1_000);
    }

    [RequiresToolTheory(Toolchain.Rustc, Toolchain.RustStd, Toolchain.WasmLd, DumpedLines.Program)]
    [InlineData("0")]
    [InlineData("2")]
    public void AgreesWithLlvmOnRust(string optimization)
    {
        using var folder = new TemporaryFolder();
        Tool.Run(Toolchain.Rustc, "--edition", "2021", "--target", "wasm32-wasi", "-g", "-C", $"opt-level={optimization}", "-C", "linker=wasm-ld", Path.Combine(Programs, "words.rs"), "-o", folder["words.wasm"]);

        AssertAgrees(folder["words.wasm"], 4, rows: 5_000);
    }

    [RequiresToolTheory(Toolchain.Clang, Toolchain.WasmLd, Toolchain.WasiLibc)]
    [InlineData(4, "c/shapes.c", "headers/area.h")]
    [InlineData(5, "/build/c/shapes.c", "/build/headers/area.h")]
    public void JoinsAPathWithTheDirectoriesThatDwarfGives(int version, string source, string header)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["c"]);
        Directory.CreateDirectory(folder["headers"]);
        File.Copy(Path.Combine(Programs, "shapes.c"), folder["c/shapes.c"]);
        File.Copy(Path.Combine(Programs, "area.c"), folder["c/area.c"]);
        File.Copy(Path.Combine(Programs, "area.h"), folder["headers/area.h"]);
        Tool.Run("bash", "-c", $"cd '{folder.Path}' && clang --target=wasm32-wasi -O1 -gdwarf-{version} -fdebug-compilation-dir=/build -Iheaders c/shapes.c c/area.c -o shapes.wasm");

        var (module, lines) = Read(folder["shapes.wasm"]);

        Assert.True(lines.TryFindFunction(FunctionNamed(module, "perimeter"), out var line));
        Assert.Equal(new SourceLine(source, LineOf("shapes.c", "int perimeter(int side)") + 1, 0), line);
        Assert.Contains(AllLines(module, lines), found => found.File == header && found.Line == LineOf("area.h", "return side * side"));
    }

    [Fact]
    public void FindsWhereEachFunctionBegins()
    {
        var (module, lines) = Read(TrapGuest.ModulePath);

        foreach (var function in TrapGuest.Functions)
        {
            Assert.True(lines.TryFindFunction(FunctionNamed(module, function.Key), out var line), function.Key);
            Assert.Equal((TrapGuest.Source, TrapGuest.BodyOf(function.Value)), (line.File, line.Line));
        }
    }

    [Fact]
    public void HasNoLineForWhatIsNoCode()
    {
        var (module, lines) = Read(TrapGuest.ModulePath);

        foreach (var address in (long[])[long.MinValue, -1, 0, 1, module.Code.Length, uint.MaxValue, (1L << 32) + 0x445, long.MaxValue])
        {
            Assert.False(lines.TryFind(address, out var line), $"{address}");
            Assert.Equal(default, line);
        }

        foreach (var function in (int[])[int.MinValue, -1, 0, module.ImportedFunctionCount - 1, module.FunctionCount, int.MaxValue])
        {
            Assert.False(lines.TryFindFunction(function, out _), $"{function}");
        }
    }

    [Fact]
    public void AModuleWithoutLineTablesHasNoLines()
    {
        var (module, lines) = Read(Path.Combine(RepositoryRoot.Path, "guests", "wasm", "c", "count_vowels.wasm"));

        Assert.Empty(AllLines(module, lines));
        Assert.All(Enumerable.Range(0, module.FunctionCount), function => Assert.False(lines.TryFindFunction(function, out _)));
    }

    [Fact]
    public void RefusesBytesThatTheModuleWasNotReadFrom()
    {
        var bytes = File.ReadAllBytes(TrapGuest.ModulePath);

        Assert.Throws<ArgumentException>(() => SourceLines.Read(WasmModule.Read(bytes), bytes.AsMemory(0, 1_000)));
    }

    [Fact]
    public void ManyThreadsAskAtOnce()
    {
        var (module, lines) = Read(TrapGuest.ModulePath);
        var function = FunctionNamed(module, "inner");
        var found = new SourceLine[8];

        Parallel.For(0, found.Length, i => lines.TryFindFunction(function, out found[i]));

        Assert.Equal(TrapGuest.BodyOf("FRAME void inner("), Assert.Single(found.Distinct()).Line);
    }

    private static void AssertAgrees(string path, int version, int rows)
    {
        var (module, lines) = Read(path);
        var dumped = DumpedLines.Of(path, module.Code.Length);
        Assert.Contains(version, dumped.Versions);
        Assert.True(dumped.Rows.Count >= rows, $"only {dumped.Rows.Count} rows");

        for (var address = 0; address < dumped.ByAddress.Length; address++)
        {
            var expected = dumped.ByAddress[address];
            Assert.Equal((address, expected.Line != 0, expected), (address, lines.TryFind(address, out var line), line));
        }

        for (var i = 0; i < module.Bodies.Count; i++)
        {
            var start = module.Bodies[i].Start - module.Code.Start;
            var end = start + module.Bodies[i].Length;
            var expected = dumped.Rows.Where(row => row.Address >= start && row.Address < end).OrderBy(row => row.Address).FirstOrDefault().Line;
            Assert.Equal((i, expected.Line != 0, expected), (i, lines.TryFindFunction(module.ImportedFunctionCount + i, out var line), line));
        }
    }

    private static (WasmModule Module, SourceLines Lines) Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var module = WasmModule.Read(bytes);
        return (module, SourceLines.Read(module, bytes));
    }

    private static List<SourceLine> AllLines(WasmModule module, SourceLines lines)
    {
        var found = new List<SourceLine>();
        for (var address = 0; address < module.Code.Length; address++)
        {
            if (lines.TryFind(address, out var line))
            {
                found.Add(line);
            }
        }

        return found;
    }

    private static int FunctionNamed(WasmModule module, string name) =>
        Enumerable.Range(0, module.FunctionCount).Single(function => module.FunctionNames[function] == name);

    private static int LineOf(string program, string text) => Array.FindIndex(File.ReadAllLines(Path.Combine(Programs, program)), line => line.Contains(text, StringComparison.Ordinal)) + 1;
}
