using System.Diagnostics;
using System.Globalization;
using WasmAspire.ComputeNode.Execution;
using WasmAspire.Instrument;
using WasmAspire.Wasm;
using Wasmtime;

namespace WasmAspire.Tests.Instrument.Generated;

/// <summary>
/// Real and generated modules with bytes changed: the instrumenter says what is wrong or gives a module as valid or invalid
/// as the given one, in bounded memory. A failure names its number, to be put among <see cref="Known"/>.
/// </summary>
public sealed class MutatedModulesTests
{
    // What reading and rewriting may take: lists of entries of a byte each, and two copies that may grow.
    private const long MaxBytes = 16 << 20;
    private const int MaxBytesPerByte = 200;

    private static readonly byte[][] Corpus =
    [
        .. Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "guests", "wasm"), "*.wasm", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Where(wasm => wasm.Length < 50_000),
        .. Enumerable.Range(1, 40).Select(seed => ModuleGenerator.Generate(seed).Wasm),
    ];

    /// <summary>Numbers that found something once, and a few more.</summary>
    public static TheoryData<int> Known => new(Enumerable.Range(1, 40));

    [Theory]
    [MemberData(nameof(Known))]
    public void KnownMutationsAreHandled(int seed)
    {
        using var engine = new WasmEngine(countsFuel: false);
        Check(engine.Engine, seed);
    }

    [Fact]
    public void NewMutationsAreHandled()
    {
        const int AtLeast = 500;
        using var engine = new WasmEngine(countsFuel: false);
        var first = (int)(DateTime.UtcNow - new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc)).TotalMinutes * 1000;
        var clock = Stopwatch.StartNew();
        var count = 0;
        for (; count < AtLeast || clock.Elapsed < FuzzTime.OfMutations; count++)
        {
            Check(engine.Engine, unchecked(first + count));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} mutated modules in {clock.Elapsed.TotalSeconds:F0} s, from {first} on"));
    }

    private static void Check(Engine engine, int seed)
    {
        var random = new Random(seed);
        var wasm = Mutate(random, Corpus[random.Next(Corpus.Length)]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        InstrumentedModule? instrumented = null;
        try
        {
            instrumented = Instrumenter.Instrument(wasm, new InstrumentOptions { All = random.Next(2) == 0, Gates = random.Next(2) == 0 });
        }
        catch (WasmFormatException)
        {
        }
        catch (Exception e)
        {
            Assert.Fail($"seed {seed}: {e}");
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < MaxBytes + ((long)MaxBytesPerByte * wasm.Length), $"seed {seed}: {allocated} bytes for a module of {wasm.Length}");
        var error = Module.Validate(engine, wasm);
        if (instrumented is null)
        {
            Assert.True(error is not null, $"seed {seed}: a valid module is refused");
        }
        else
        {
            var after = Module.Validate(engine, instrumented.Wasm.Span);
            Assert.True(error is null == after is null, $"seed {seed}: before: {error ?? "valid"}; after: {after ?? "valid"}");
        }
    }

    private static byte[] Mutate(Random random, byte[] original)
    {
        var wasm = original.ToArray();
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var place = random.Next(8, wasm.Length);
            switch (random.Next(7))
            {
                case 0:
                    wasm[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    wasm[place] = (byte)random.Next(256);
                    break;
                case 2:
                    wasm[place] = (byte)new[] { 0x00, 0x7F, 0x80, 0xFF, 0x0B, 0x40, 0xFC, 0xFD }[random.Next(8)];
                    break;
                case 3:
                    wasm = wasm[..Math.Max(place, 9)];
                    break;
                case 4:
                    var length = random.Next(1, Math.Min(20, wasm.Length - 8));
                    wasm.AsSpan(random.Next(8, wasm.Length - length + 1), length).ToArray().CopyTo(wasm, random.Next(8, wasm.Length - length + 1));
                    break;
                case 5:
                    // A number at its longest, and a large one.
                    wasm = [.. wasm[..place], 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, .. wasm[place..]];
                    break;
                default:
                    wasm = [.. wasm[..place], .. wasm[Math.Min(wasm.Length, place + random.Next(1, 4))..], 0];
                    break;
            }
        }

        return wasm;
    }
}
