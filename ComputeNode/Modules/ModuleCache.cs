using Microsoft.Extensions.Options;
using WasmAspire.ComputeNode.Execution;
using WasmAspire.Instrument;
using WasmAspire.Jobs;
using WasmAspire.Observe;
using WasmAspire.Wasm;
using Wasmtime;

namespace WasmAspire.ComputeNode.Modules;

/// <summary>
/// Compiled modules by their SHA-256, kind of engine, and whether they were instrumented: fetched, verified, instrumented
/// and compiled once a node, the least recently used given up when the cache is full. Two slots that want the same module
/// at once compile it once.
/// </summary>
internal sealed class ModuleCache(BlobStore blobs, IOptions<NodeOptions> options)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Sha256, bool CountsFuel, bool Instrument), Entry> entries = [];
    private long clock;

    /// <summary>Gives a module, compiled.</summary>
    /// <param name="engine">What it is to run on.</param>
    /// <param name="blob">The module's bytes.</param>
    /// <param name="instrument">Whether it is to be instrumented, with the defaults; one that cannot be is compiled as it is.</param>
    /// <param name="hit">Whether it was compiled before.</param>
    /// <exception cref="InvalidModuleException">It is not valid.</exception>
    public CompiledModule Get(WasmEngine engine, BlobReference blob, bool instrument, out bool hit)
    {
        var key = (blob.Sha256, engine.CountsFuel, instrument);
        Entry entry;
        lock (gate)
        {
            hit = entries.TryGetValue(key, out var known);
            entry = known ?? (entries[key] = new Entry(blob.Bytes, new Lazy<CompiledModule>(() => Compile(engine, blob, instrument))));
            entry.LastUsed = ++clock;
            Evict(keep: entry);
        }

        try
        {
            return entry.Module.Value;
        }
        catch
        {
            // A failure is not kept: Redis may have been away.
            lock (gate)
            {
                if (entries.TryGetValue(key, out var current) && current == entry)
                {
                    entries.Remove(key);
                }
            }

            throw;
        }
    }

    private CompiledModule Compile(WasmEngine engine, BlobReference blob, bool instrument)
    {
        var bytes = blobs.Get(blob);
        try
        {
            // Reading costs little and says where a module is wrong; validating finds the rest before anything is compiled.
            var observed = ObservedModule.Read(bytes);
            if (Module.Validate(engine.Engine, bytes) is { } error)
            {
                throw new InvalidModuleException($"The module is not valid: {error}");
            }

            var (wasm, functions, refusal) = instrument ? Instrument(engine, bytes) : (bytes, 0, null);
            return new CompiledModule(
                Module.FromBytes(engine.Engine, blob.Sha256, wasm.Span),
                wasm.Equals(bytes) ? observed : ObservedModule.Read(wasm),
                functions,
                refusal);
        }
        catch (Exception e) when (e is WasmFormatException or WasmtimeException)
        {
            throw new InvalidModuleException($"The module is not valid: {e.Message}", e);
        }
    }

    /// <summary>Instruments a valid module, or gives it as it is and says why.</summary>
    private static (ReadOnlyMemory<byte> Wasm, int Functions, string? Refusal) Instrument(WasmEngine engine, byte[] bytes)
    {
        try
        {
            var instrumented = Instrumenter.Instrument(bytes);

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

    // Nothing is disposed here: a slot may be about to instantiate it. The garbage collector frees what nobody holds.
    private void Evict(Entry keep)
    {
        while (entries.Count > 1 && entries.Values.Sum(entry => entry.Bytes) > options.Value.ModuleCacheBytes)
        {
            var (oldest, _) = entries.Where(entry => entry.Value != keep).MinBy(entry => entry.Value.LastUsed);
            entries.Remove(oldest);
        }
    }

    private sealed class Entry(long bytes, Lazy<CompiledModule> module)
    {
        public long Bytes { get; } = bytes;

        public Lazy<CompiledModule> Module { get; } = module;

        public long LastUsed { get; set; }
    }
}
