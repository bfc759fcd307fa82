using System.Collections.Concurrent;
using System.Diagnostics;
using WasmAspire.ComputeNode.Execution;
using WasmAspire.Jobs;

namespace WasmAspire.ComputeNode.Slots;

/// <summary>
/// The jobs that the node's slots work on. A thread stores what they write, at most 50 ms after it was written, hears who
/// is cancelled, and looks once a second at whether they are still the node's: a message may get lost.
/// </summary>
internal sealed class RunningJobs : IDisposable
{
    // A part of the 50 ms: the way to Redis takes some too.
    private static readonly TimeSpan StoreInterval = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    // Of all nodes' jobs, as they are cancelled.
    private const int MaxHeard = 64;

    private readonly ConcurrentQueue<string> heard = new();
    private readonly ConcurrentDictionary<string, RunningJob> jobs = new(StringComparer.Ordinal);
    private readonly JobQueue queue;
    private readonly EpochTicker ticker;
    private readonly ILogger logger;
    private readonly AutoResetEvent something = new(initialState: false);
    private readonly AutoResetEvent much = new(initialState: false);
    private readonly Thread thread;
    private volatile bool disposed;

    public RunningJobs(JobQueue queue, EpochTicker ticker, ILogger<RunningJobs> logger)
    {
        this.queue = queue;
        this.logger = logger;
        this.ticker = ticker;
        thread = new Thread(Watch) { IsBackground = true, Name = "running jobs" };
        thread.Start();
    }

    /// <summary>Begins to listen for cancelled jobs.</summary>
    public void Listen() => queue.OnCancel(id =>
    {
        heard.Enqueue(id);
        while (heard.Count > MaxHeard)
        {
            heard.TryDequeue(out _);
        }

        if (jobs.TryGetValue(id, out var job))
        {
            job.Heed(JobHold.Cancel);
            ticker.TickNow();
        }
    });

    /// <summary>A slot begins to work on a job; <see cref="End"/> when it is done.</summary>
    public RunningJob Begin(ClaimedJob job, CancellationToken nodeStopping)
    {
        var running = new RunningJob(job, queue, nodeStopping);
        jobs[job.Id] = running;

        // Between the claim and now a cancel found nobody. One that came before the claim would have kept the job from it.
        if (heard.Contains(job.Id))
        {
            running.Heed(JobHold.Cancel);
        }

        return running;
    }

    /// <summary>A slot is done with a job.</summary>
    public void End(RunningJob job)
    {
        jobs.TryRemove(KeyValuePair.Create(job.Job.Id, job));
        job.Dispose();
    }

    /// <summary>A guest has written something (<see cref="OutputBuffer"/>).</summary>
    /// <param name="pending">Bytes that it has written and that are not stored.</param>
    public void Written(int pending) => (pending < OutputBuffer.Much ? something : much).Set();

    public void Dispose()
    {
        disposed = true;
        much.Set();
        thread.Join();
        something.Dispose();
        much.Dispose();
    }

    private void Watch()
    {
        var looked = Stopwatch.GetTimestamp();
        WaitHandle[] events = [something, much];
        var more = false;
        while (!disposed)
        {
            // Not at once what is little: more may follow.
            if (!more && WaitHandle.WaitAny(events, LookInterval) == 0)
            {
                much.WaitOne(StoreInterval);
            }

            var look = Stopwatch.GetElapsedTime(looked) >= LookInterval;
            looked = look ? Stopwatch.GetTimestamp() : looked;
            more = false;
            foreach (var job in jobs.Values)
            {
                more |= Tend(job, look);
            }
        }
    }

    /// <summary>Does what is due for a job: a piece at a time, so that one that floods does not hold up the others.</summary>
    /// <returns>Whether there is more.</returns>
    private bool Tend(RunningJob job, bool look)
    {
        try
        {
            var more = job.Store();
            if (look)
            {
                job.Look();
            }

            if (job.Stopping.IsCancellationRequested)
            {
                ticker.TickNow();
            }

            return more;
        }
        catch (Exception e) when (RedisOutage.Causes(e))
        {
            // The slots log that Redis is away; what is not stored waits.
            return false;
        }
        catch (Exception e)
        {
            Log.OutputNotStored(logger, e, job.Job.Id);
            return false;
        }
    }
}
