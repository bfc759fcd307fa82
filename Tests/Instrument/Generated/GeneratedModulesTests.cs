using System.Diagnostics;
using System.Globalization;
using WasmAspire.ComputeNode.Execution;
using WasmAspire.Instrument;
using WasmAspire.Wasm;
using Wasmtime;

namespace WasmAspire.Tests.Instrument.Generated;

/// <summary>
/// Modules made from numbers do the same before and after. The numbers go on from day to day; a failure names its own, to
/// be put among <see cref="Known"/>. WASMASPIRE_FUZZ_SECONDS makes the search longer than its usual half a minute.
/// </summary>
public sealed class GeneratedModulesTests
{
    private static readonly Func<byte[], ReadOnlyMemory<byte>>[] Variants =
    [
        wasm => Instrumenter.Instrument(wasm, new() { All = true }).Wasm,
        wasm => Instrumenter.Instrument(wasm, new() { All = true, Gates = false }).Wasm,
        wasm => Instrumenter.Instrument(wasm).Wasm,
        wasm => Instrumenter.Instrument(wasm, new() { Include = ["f3", "f?", "*5"], Exclude = ["f6"] }).Wasm,
        wasm => MemoryGuard.Rewrite(wasm),
        wasm => MemoryGuard.Rewrite(Instrumenter.Instrument(wasm).Wasm),
    ];

    /// <summary>Numbers that found something once, and a few more.</summary>
    public static TheoryData<int> Known => new(Enumerable.Range(1, 40));

    [Theory]
    [MemberData(nameof(Known))]
    public void KnownModulesDoTheSame(int seed) => Check(seed);

    [Fact]
    public void NewModulesDoTheSame()
    {
        const int AtLeast = 50;
        var first = (int)(DateTime.UtcNow - new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc)).TotalMinutes * 1000;
        var clock = Stopwatch.StartNew();
        var count = 0;
        for (; count < AtLeast || clock.Elapsed < FuzzTime.OfModules; count++)
        {
            Check(first + count);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} generated modules in {clock.Elapsed.TotalSeconds:F0} s, from {first} on"));
    }

    private static void Check(int seed)
    {
        var generated = ModuleGenerator.Generate(seed);
        using var engine = new WasmEngine(countsFuel: false);
        Assert.True(Module.Validate(engine.Engine, generated.Wasm) is null, $"seed {seed}: the generator made an invalid module: {Module.Validate(engine.Engine, generated.Wasm)}");
        using var plain = new ModuleRun(engine.Engine, generated);
        var expected = plain.Run(engine.Engine, generated.Wasm);
        for (var variant = 0; variant < Variants.Length; variant++)
        {
            var changed = Variants[variant](generated.Wasm).Span;
            Assert.True(Module.Validate(engine.Engine, changed) is null, $"seed {seed}, variant {variant}: {Module.Validate(engine.Engine, changed)}");
            using var run = new ModuleRun(engine.Engine, generated);
            var actual = run.Run(engine.Engine, changed);
            Assert.True(expected == actual, $"seed {seed}, variant {variant}, differ from here:\n{Difference(expected, actual)}\n---\n{Difference(actual, expected)}");
            Assert.True(run.Imbalance is null, $"seed {seed}, variant {variant}: {run.Imbalance}");
            CheckNames(seed, changed);
        }
    }

    private static string Difference(string text, string other)
    {
        var start = Math.Max(0, text.AsSpan().CommonPrefixLength(other) - 100);
        return text.Substring(start, Math.Min(300, text.Length - start));
    }

    // Each name says what it is the name of.
    private static void CheckNames(int seed, ReadOnlySpan<byte> wasm)
    {
        var module = WasmModule.Read(wasm);
        var imports = module.ImportedFunctionCount;
        var added = Enumerable.Range(0, imports).Count(function => module.FunctionNames[function]!.StartsWith("observe:", StringComparison.Ordinal));
        for (var function = 0; function < module.FunctionCount; function++)
        {
            var name = module.FunctionNames[function]!;
            var before = function < imports ? function : function - added;
            Assert.True(name == $"f{before}" || name.StartsWith("observe:", StringComparison.Ordinal) || name == "guard:memory.grow", $"seed {seed}: function {function} is called {name}");
        }

        var section = module.CustomSections.Single(section => section.Name == "name").Content;
        var reader = new ModuleReader(wasm, "name", section.Start, section.End);
        while (reader.Left > 0)
        {
            var id = reader.ReadByte();
            var end = reader.ReadU32() + reader.Position;
            for (var functions = id == 3 ? reader.ReadU32() : 0; functions > 0; functions--)
            {
                CheckLabels(seed, wasm, module, ref reader);
            }

            reader.ReadBytes((uint)(end - reader.Position));
        }
    }

    private static void CheckLabels(int seed, ReadOnlySpan<byte> wasm, WasmModule module, ref ModuleReader reader)
    {
        var function = (int)reader.ReadU32();
        var body = module.Bodies[function - module.ImportedFunctionCount];
        var blocks = GeneratedNames.Labels(wasm.Slice(body.Start, body.Length));
        var last = -1;
        for (var names = reader.ReadU32(); names > 0; names--)
        {
            var index = (int)reader.ReadU32();
            var name = reader.ReadName();
            Assert.True(index > last && blocks[index].Split(' ')[0] == name.Split(' ')[0], $"seed {seed}: label {name} of function {function} is on {blocks[index]}");
            last = index;
        }
    }
}
