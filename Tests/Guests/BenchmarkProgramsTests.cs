using System.Buffers.Binary;
using System.Security.Cryptography;
using WasmAspire.Instrument;
using WasmAspire.Observe;
using WasmAspire.Tests.Requires;
using Wasmtime;

namespace WasmAspire.Tests.Guests;

/// <summary>The programs that the instrumenter is measured by compute what they say, as they are and instrumented.</summary>
public sealed class BenchmarkProgramsTests(RebuiltGuests rebuilt) : IClassFixture<RebuiltGuests>
{
    private static readonly string Guests = Path.Combine(RepositoryRoot.Path, "guests");

    /// <summary>
    /// A program, what it is called with, and what it gives: what its source gives too where it is built for the machine itself.
    /// </summary>
    public static TheoryData<string, int, long> Programs { get; } = new()
    {
        { "fib", 20, 6765 },
        { "sieve", 1, 37_550_402_023 },
        { "sha256", 1, Sha256() },
        { "interpreter", 1_000, CollatzSteps(1_000) },
        { "handlers", 10_000, 206_320_499 },
        { "json", 1, 838_368 },
        { "words", 1, 34_684_102_215 },
        { "iterators", 1, 123_721 },
        { "shapes", 10, 2_811_635 },
        { "queens", 8, 92 },
        { "trees", 5, 4 * 63 },
    };

    [Fact]
    public void HaveAModuleAndACaseForEachSource()
    {
        var sources = Names(Path.Combine(Guests, "benchmarks"));

        Assert.Equal(sources, Names(Path.Combine(Guests, "wasm", "benchmarks")));
        Assert.Equal(sources, Programs.Select(program => (string)((object[])program)[0]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void GiveTheSameWhenTheyAreInstrumented(string name, int size, long expected)
    {
        var wasm = File.ReadAllBytes(Path.Combine(Guests, "wasm", "benchmarks", $"{name}.wasm"));
        var plain = Run(wasm, size);

        Assert.Equal(expected, plain);
        Assert.Equal(plain, Run(Instrumenter.Instrument(wasm).Wasm.ToArray(), size));
    }

    [RequiresToolTheory(Toolchain.Bash, Toolchain.Clang, Toolchain.ClangXx, Toolchain.WasmLd, Toolchain.WasiLibc, Toolchain.LibCxx, Toolchain.LibCxxAbi, Toolchain.Rustc, Toolchain.RustStd)]
    [MemberData(nameof(Programs))]
    public void AreWhatTheirSourcesMake(string name, int size, long expected)
    {
        var committed = Run(File.ReadAllBytes(Path.Combine(Guests, "wasm", "benchmarks", $"{name}.wasm")), size);

        Assert.Equal(committed, Run(File.ReadAllBytes(Path.Combine(rebuilt.FolderOf("benchmarks"), $"{name}.wasm")), size));
        Assert.Equal(expected, committed);
    }

    private static long Run(byte[] wasm, int size)
    {
        using var engine = new Engine();
        using var linker = new Linker(engine);
        linker.DefineWasi();
        linker.DefineObserve();
        using var store = new Store(engine);
        store.SetWasiConfiguration(new WasiConfiguration());
        using var module = Module.FromBytes(engine, "program", wasm);
        var instance = linker.Instantiate(store, module);
        instance.GetAction("_initialize")?.Invoke();
        return instance.GetFunction<int, long>("run")!(size);
    }

    private static long Sha256()
    {
        byte[] data = [.. Enumerable.Range(0, 64 << 10).Select(i => (byte)(i * 31))];
        return BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(data));
    }

    private static long CollatzSteps(int limit)
    {
        var steps = 0L;
        for (var start = 1L; start < limit; start++)
        {
            for (var number = start; number > 1; steps++)
            {
                number = number % 2 == 0 ? number / 2 : (3 * number) + 1;
            }
        }

        return steps;
    }

    private static string[] Names(string folder) =>
        [.. Directory.GetFiles(folder).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];
}
