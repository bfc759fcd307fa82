using Microsoft.Extensions.Options;
using WasmAspire.ComputeNode.Execution;
using WasmAspire.Jobs;
using WasmAspire.Observe;
using WasmAspire.Wasm;
using Wasmtime;

namespace WasmAspire.ComputeNode.Modules;

/// <summary>
/// Compiled modules by their SHA-256: fetched, verified and compiled once a node, the least recently used given up when
/// the cache is full. Two slots that want the same module at once compile it once.
/// </summary>
internal sealed class ModuleCache(WasmEngine engine, BlobStore blobs, IOptions<NodeOptions> options)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private long clock;

    /// <summary>Gives a module, compiled.</summary>
    /// <param name="blob">The module's bytes.</param>
    /// <param name="hit">Whether it was compiled before.</param>
    /// <exception cref="InvalidModuleException">It is not valid.</exception>
    public CompiledModule Get(BlobReference blob, out bool hit)
    {
        Entry entry;
        lock (gate)
        {
            hit = entries.TryGetValue(blob.Sha256, out var known);
            entry = known ?? (entries[blob.Sha256] = new Entry(blob.Bytes, new Lazy<CompiledModule>(() => Compile(blob))));
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
                if (entries.TryGetValue(blob.Sha256, out var current) && current == entry)
                {
                    entries.Remove(blob.Sha256);
                }
            }

            throw;
        }
    }

    private CompiledModule Compile(BlobReference blob)
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
