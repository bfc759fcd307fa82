using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using WasmAspire.ComputeNode.Compilation;
using WasmAspire.ComputeNode.Execution;
using WasmAspire.Instrument;
using WasmAspire.Jobs;
using WasmAspire.Observe;
using WasmAspire.Wasm;
using Wasmtime;

namespace WasmAspire.ComputeNode.Modules;

/// <summary>Makes modules ready to run: fetched, verified, instrumented, compiled.</summary>
internal sealed class ModuleLoader(BlobStore blobs, CompilerProcess compiler, ArtifactStore artifacts, IOptions<NodeOptions> options)
{
    /// <summary>Makes a module ready.</summary>
    /// <param name="engine">What it is to run on.</param>
    /// <param name="blob">The module's bytes.</param>
    /// <param name="instrument">Whether it is to be instrumented, with the defaults; one that cannot be is compiled as it is.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="InvalidModuleException">It is not valid.</exception>
    /// <exception cref="LinkException">It imports what is the node's own.</exception>
    /// <exception cref="CompileLimitException">It costs too much to compile.</exception>
    /// <exception cref="InvalidDataException">It is gone from Redis.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was set.</exception>
    public CompiledModule Load(WasmEngine engine, BlobReference blob, bool instrument, CancellationToken cancel)
    {
        var bytes = blobs.Get(blob);
        var begun = Stopwatch.GetTimestamp();
        var allowed = TimeSpan.FromSeconds(options.Value.CompileSeconds);
        using var limit = new CancellationTokenSource(allowed);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            // Reading costs little and says where a module is wrong; validating finds the rest before anything is compiled.
            var module = WasmModule.Read(bytes);
            if (Module.Validate(engine.Engine, bytes) is { } error)
            {
                throw new InvalidModuleException($"The module is not valid: {error}");
            }

            if (module.Imports.Any(import => import.Module == MemoryGuard.Module))
            {
                throw new LinkException($"The module imports from {MemoryGuard.Module}, which is the node's own.");
            }

            CompileRefusals.Check(module, bytes);
            var (instrumented, functions, refusal) = instrument ? Instrument(engine, bytes, end.Token) : (bytes, 0, null);
            var guarded = MemoryGuard.Rewrite(instrumented, end.Token);
            var final = LongNames.Drop(guarded);
            var (compiled, length) = Compile(engine, final, allowed - Stopwatch.GetElapsedTime(begun), cancel);
            var pages = module.Memories.Sum(memory => (long)memory.Minimum);
            return new CompiledModule(compiled, length, pages, !guarded.Equals(instrumented), ObservedModule.Read(final), functions, refusal);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw CompileLimitException.TooSlow(options.Value);
        }
        catch (Exception e) when (e is WasmFormatException or WasmtimeException)
        {
            throw new InvalidModuleException($"The module is not valid: {e.Message}", e);
        }
    }

    /// <summary>Instruments a valid module, or gives it as it is and says why.</summary>
    private static (ReadOnlyMemory<byte> Wasm, int Functions, string? Refusal) Instrument(WasmEngine engine, byte[] bytes, CancellationToken end)
    {
        try
        {
            var instrumented = Instrumenter.Instrument(bytes, cancellation: end);

            // A mistake of the instrumenter's must not cost the user the job.
            return Module.Validate(engine.Engine, instrumented.Wasm.Span) is { } error
                ? (bytes, 0, $"the instrumented one is not valid: {error}")
                : (instrumented.Wasm, instrumented.Report.Instrumented, null);
        }
        catch (WasmFormatException e)
        {
            return (bytes, 0, e.Message);
        }
    }

    private (Module Module, long Bytes) Compile(WasmEngine engine, ReadOnlyMemory<byte> wasm, TimeSpan time, CancellationToken cancel)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(wasm.Span));
        if (artifacts.Find(sha256, engine.CountsFuel) is { } known)
        {
            try
            {
                return (Module.Deserialize(engine.Engine, sha256, known), known.Length);
            }
            catch (WasmtimeException)
            {
                artifacts.Remove(sha256, engine.CountsFuel);
            }
        }

        var artifact = compiler.Compile(engine.CountsFuel, wasm, time, cancel);
        var module = Module.Deserialize(engine.Engine, sha256, artifact);
        artifacts.Add(sha256, engine.CountsFuel, artifact);
        return (module, artifact.Length);
    }
}
