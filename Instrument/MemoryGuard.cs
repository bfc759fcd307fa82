using WasmAspire.Instrument.Choice;
using WasmAspire.Instrument.Rewriting;
using WasmAspire.Wasm;

namespace WasmAspire.Instrument;

/// <summary>
/// Bounds the memory of a run of several modules, or several memories, as a whole: an engine's limit counts each memory
/// alone. Guarded modules import two globals from <see cref="Module"/>, which all modules of a run share; before a memory
/// grows, the guard looks whether there are pages left, and takes them when it has grown. A growth that is refused gives
/// the guest -1, like any other that fails.
/// </summary>
public static class MemoryGuard
{
    /// <summary>Imported module of the guard's globals. A module that imports from it by itself is not to be run: it could give itself pages.</summary>
    public const string Module = "wasmaspire:memory";

    /// <summary>A mutable i32: pages of 64 KiB by which the memories may grow, together.</summary>
    public const string PagesLeft = "pages-left";

    /// <summary>A mutable i32: how many growths were refused for want of pages.</summary>
    public const string Refusals = "refusals";

    /// <summary>Guards a module.</summary>
    /// <param name="wasm">A valid module of WebAssembly 2.0, with tail calls, extended constants and multi-memory; instrumented or not.</param>
    /// <param name="cancellation">Ends the work, between two functions: a module of 60 MB takes seconds.</param>
    /// <returns>
    /// An equivalent module to run, all functions at the index that they had; the same bytes where no memory grows. What a
    /// linker needs of an object file (<c>linking</c>, <c>reloc.*</c>) is not brought up to date.
    /// </returns>
    /// <exception cref="WasmFormatException">The module is malformed.</exception>
    /// <exception cref="UnsupportedFeatureException">It uses another proposal.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was set.</exception>
    public static ReadOnlyMemory<byte> Rewrite(ReadOnlyMemory<byte> wasm, CancellationToken cancellation = default)
    {
        var module = WasmModule.Read(wasm.Span);
        var grown = new HashSet<uint>();
        var functions = new FunctionReport[module.Bodies.Count];
        for (var body = 0; body < functions.Length; body++)
        {
            cancellation.ThrowIfCancellationRequested();
            var function = module.ImportedFunctionCount + body;
            var facts = BodyScanner.Scan(wasm.Span, module, function, grown);
            functions[body] = new FunctionReport(function, "", facts.Instructions, facts.Calls || facts.Loops, LeftOut.NotIncluded);
        }

        if (grown.Count == 0)
        {
            return wasm;
        }

        return ModuleRewriter.Rewrite(wasm.Span, new Plan(module, functions, gates: false, grown, guard: true), [], cancellation);
    }
}
