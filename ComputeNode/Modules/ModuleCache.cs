using Microsoft.Extensions.Options;
using WasmAspire.ComputeNode.Execution;
using WasmAspire.Jobs;
using WasmAspire.Observe;
using WasmAspire.Wasm;
using Wasmtime;

namespace WasmAspire.ComputeNode.Modules;

/// <summary>
/// Compiled modules by their SHA-256 and kind of engine: fetched, verified and compiled once a node, the least recently used given up when
/// the cache is full. Two slots that want the same module at once compile it once.
/// </summary>
internal sealed class ModuleCache(BlobStore blobs, IOptions<NodeOptions> options)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Sha256, bool CountsFuel), Entry> entries = [];
    private long clock;

    /// <summary>Gives a module, compiled.</summary>
    /// <param name="engine">What it is to run on.</param>
    /// <param name="blob">The module's bytes.</param>
    /// <param name="hit">Whether it was compiled before.</param>
    /// <exception cref="InvalidModuleException">It is not valid.</exception>
    public CompiledModule Get(WasmEngine engine, BlobReference blob, out bool hit)
    {
        var key = (blob.Sha256, engine.CountsFuel);
        Entry entry;
        lock (gate)
        {
            hit = entries.TryGetValue(key, out var known);
            entry = known ?? (entries[key] = new Entry(blob.Bytes, new Lazy<CompiledModule>(() => Compile(engine, blob))));
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

    private CompiledModule Compile(WasmEngine engine, BlobReference blob)
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

            return new CompiledModule(Module.FromBytes(engine.Engine, blob.Sha256, bytes), observed, bytes.Length);
        }
        catch (Exception e) when (e is WasmFormatException or WasmtimeException)
        {
            throw new InvalidModuleException($"The module is not valid: {e.Message}", e);
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
