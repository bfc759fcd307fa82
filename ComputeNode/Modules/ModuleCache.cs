using Microsoft.Extensions.Options;
using WasmAspire.ComputeNode.Compilation;
using WasmAspire.ComputeNode.Execution;
using WasmAspire.Jobs;

namespace WasmAspire.ComputeNode.Modules;

/// <summary>
/// Compiled modules by their SHA-256, kind of engine, and whether they were instrumented: made once a node, the least
/// recently used given up when the cache is full. Two slots that want the same module at once compile it once. A module
/// that was too expensive to compile is remembered as well.
/// </summary>
internal sealed class ModuleCache(ModuleLoader loader, IOptions<NodeOptions> options)
{
    // Failures have no bytes; a stream of them must not grow the cache for ever.
    private const int MaxEntries = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<Key, Entry> entries = [];
    private long clock;

    /// <summary>Gives a module, compiled.</summary>
    /// <param name="engine">What it is to run on.</param>
    /// <param name="blob">The module's bytes.</param>
    /// <param name="instrument">Whether it is to be instrumented, with the defaults; one that cannot be is compiled as it is.</param>
    /// <param name="cancel">Ends the wait, and the work where nobody else waits for it.</param>
    /// <param name="hit">Whether it was compiled before.</param>
    /// <exception cref="InvalidModuleException">It is not valid.</exception>
    /// <exception cref="LinkException">It imports what is the node's own.</exception>
    /// <exception cref="CompileLimitException">It costs too much to compile.</exception>
    /// <exception cref="InvalidDataException">It is gone from Redis.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was set.</exception>
    public CompiledModule Get(WasmEngine engine, BlobReference blob, bool instrument, CancellationToken cancel, out bool hit)
    {
        var key = new Key(blob.Sha256, engine.CountsFuel, instrument);
        Entry entry;
        lock (gate)
        {
            hit = entries.TryGetValue(key, out var known);
            entry = known ?? (entries[key] = Begin(key, engine, blob, instrument));
            entry.LastUsed = ++clock;
            entry.Waiting++;
        }

        try
        {
            return entry.Work.WaitAsync(cancel).GetAwaiter().GetResult();
        }
        finally
        {
            lock (gate)
            {
                entry.Waiting--;
                if (entry.Waiting == 0 && !entry.Work.IsCompleted)
                {
                    Remove(key, entry);
                    entry.Abandoned.Cancel();
                }
            }
        }
    }

    private Entry Begin(Key key, WasmEngine engine, BlobReference blob, bool instrument)
    {
        var entry = new Entry();
        // A thread of its own: it waits for a child process, for half a minute at worst.
        entry.Work = Task.Factory.StartNew(
            () =>
            {
                try
                {
                    var module = loader.Load(engine, blob, instrument, entry.Abandoned.Token);
                    lock (gate)
                    {
                        entry.Bytes = module.CompiledBytes;
                        Evict(keep: entry);
                    }

                    return module;
                }
                catch (Exception e) when (e is not CompileLimitException)
                {
                    // Not kept: Redis may have been away.
                    lock (gate)
                    {
                        Remove(key, entry);
                    }

                    throw;
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Default);
        return entry;
    }

    private void Remove(Key key, Entry entry)
    {
        if (entries.TryGetValue(key, out var current) && current == entry)
        {
            entries.Remove(key);
        }
    }

    // Nothing is disposed here: a slot may be about to instantiate it. The garbage collector frees what nobody holds.
    private void Evict(Entry keep)
    {
        while (entries.Count > MaxEntries || (entries.Count > 1 && entries.Values.Sum(entry => entry.Bytes) > options.Value.ModuleCacheBytes))
        {
            var (oldest, _) = entries.Where(entry => entry.Value != keep).MinBy(entry => entry.Value.LastUsed);
            entries.Remove(oldest);
        }
    }

    private readonly record struct Key(string Sha256, bool CountsFuel, bool Instrument);

    private sealed class Entry
    {
        public Task<CompiledModule> Work { get; set; } = null!;

        public CancellationTokenSource Abandoned { get; } = new();

        public int Waiting { get; set; }

        public long Bytes { get; set; }

        public long LastUsed { get; set; }
    }
}
