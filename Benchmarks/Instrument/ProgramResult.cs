using System.Diagnostics;
using System.Globalization;
using WasmAspire.ComputeNode.Execution;
using WasmAspire.Instrument;

namespace WasmAspire.Benchmarks.Instrument;

/// <summary>A program's figures; where nothing else is said, times what they were before.</summary>
/// <param name="Name">The program.</param>
/// <param name="Report">What the instrumenter did.</param>
/// <param name="Milliseconds">How long it ran as it was.</param>
/// <param name="Compile">The time to compile.</param>
/// <param name="Gated">The time to run, with gates.</param>
/// <param name="Ungated">The time to run, without.</param>
/// <param name="GatedCalls">Calls that passed a gate unseen.</param>
internal sealed record ProgramResult(string Name, InstrumentReport Report, double Milliseconds, double Compile, double Gated, double Ungated, long GatedCalls)
{
    public static ProgramResult Measure(BenchmarkProgram program, WasmEngine engine, ActivitySource source, int rounds)
    {
        var wasm = File.ReadAllBytes(Path.Combine(GuestModules.Folder, "benchmarks", $"{program.Name}.wasm"));
        var instrumented = Instrumenter.Instrument(wasm);
        using var plain = new ProgramRun(engine, wasm);
        using var gated = new ProgramRun(engine, instrumented.Wasm);
        using var ungated = new ProgramRun(engine, Instrumenter.Instrument(wasm, new InstrumentOptions { Gates = false }).Wasm);
        for (var round = 0; round < rounds; round++)
        {
            using var parent = source.StartActivity(program.Name)!;
            plain.Compile();
            gated.Compile();
            var expected = plain.Run(program.Size, parent);
            foreach (var form in new[] { gated, ungated })
            {
                if (form.Run(program.Size, parent) is var result && result != expected)
                {
                    throw new InvalidOperationException($"{program.Name} gives {result} when it is instrumented, and {expected} as it is");
                }
            }
        }

        return new ProgramResult(
            program.Name,
            instrumented.Report,
            plain.Milliseconds,
            gated.CompileMilliseconds / plain.CompileMilliseconds,
            gated.Milliseconds / plain.Milliseconds,
            ungated.Milliseconds / plain.Milliseconds,
            gated.GatedCalls);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Name} | {Report.Functions.Count} | {Report.Instrumented} | {Report.Covered()} of {Report.Coverable()} | {Report.Size():F2} | {Compile:F2} | {Milliseconds:F1} | {Gated:F2} | {Ungated:F2} | {GatedCalls:N0} |");
}
