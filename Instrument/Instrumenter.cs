using WasmAspire.Instrument.Choice;
using WasmAspire.Instrument.Rewriting;
using WasmAspire.Wasm;

namespace WasmAspire.Instrument;

/// <summary>
/// Makes modules report the calls of their functions and the growth of their memories to a host of the Observe API
/// (<c>dylibso:observe/instrument</c>). The function itself reports, so calls through tables, from the host and of the
/// start function are seen like any other.
/// </summary>
public static class Instrumenter
{
    /// <summary>Instruments a module.</summary>
    /// <param name="wasm">
    /// A module of WebAssembly 2.0, with tail calls, extended constants and multi-memory. It is taken to be valid; an
    /// invalid one gives an exception or another invalid one. Any bytes are safe.
    /// </param>
    /// <param name="options">What is instrumented; null for the defaults.</param>
    /// <param name="cancellation">Ends the work, between two functions: a module of 60 MB takes seconds.</param>
    /// <returns>An equivalent module, valid if the given one was. One that is instrumented already comes back as it is.</returns>
    /// <exception cref="WasmFormatException">The module is malformed, or an object file.</exception>
    /// <exception cref="UnsupportedFeatureException">It uses another proposal.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was set.</exception>
    public static InstrumentedModule Instrument(ReadOnlySpan<byte> wasm, InstrumentOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new InstrumentOptions();
        RefuseObjectFiles(wasm);
        var module = WasmModule.Read(wasm);
        if (ObserveAbi.InstrumenterOf(module) is { } instrumenter)
        {
            return new InstrumentedModule(wasm.ToArray(), new InstrumentReport
            {
                InstrumentedBefore = instrumenter,
                BytesBefore = wasm.Length,
                BytesAfter = wasm.Length,
            });
        }

        var grownMemories = new HashSet<uint>();
        var facts = new BodyFacts[module.Bodies.Count];
        for (var body = 0; body < facts.Length; body++)
        {
            cancellation.ThrowIfCancellationRequested();
            facts[body] = BodyScanner.Scan(wasm, module, module.ImportedFunctionCount + body, grownMemories);
        }

        var choice = new FunctionChoice(module, options, facts);
        var functions = choice.Choose(Plan.ShiftOf(grownMemories.Count > 0));
        var plan = new Plan(module, functions, options.Gates, grownMemories);
        var dropped = new List<DroppedSection>();
        var rewritten = ModuleRewriter.Rewrite(wasm, plan, dropped, cancellation);
        return new InstrumentedModule(rewritten, new InstrumentReport
        {
            Functions = functions,
            MemoryGrows = facts.Sum(body => body.MemoryGrows),
            BytesBefore = wasm.Length,
            BytesAfter = rewritten.Length,
            Gates = plan.GateCount > 0,
            UnmatchedPatterns = choice.UnmatchedPatterns,
            DroppedSections = dropped,
        });
    }

    private static void RefuseObjectFiles(ReadOnlySpan<byte> wasm)
    {
        var sections = new SectionReader(wasm);
        while (sections.TryRead(out var section))
        {
            if (section.Id == SectionId.Custom && CustomSectionRewriter.RefusalOf(section.Name) is { } refusal)
            {
                throw new WasmFormatException(refusal, section.Name, section.Start);
            }
        }
    }
}
