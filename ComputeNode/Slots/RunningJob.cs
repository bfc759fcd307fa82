using WasmAspire.ComputeNode.Execution;
using WasmAspire.Jobs;
using WasmAspire.Wasi.Files;

namespace WasmAspire.ComputeNode.Slots;

/// <summary>A job while a slot works on it: what it writes goes to Redis meanwhile, and it can be stopped.</summary>
internal sealed class RunningJob : IDisposable
{
    private readonly JobQueue queue;
    private readonly CancellationTokenSource stop;
    private readonly Lock storing = new();
    private readonly Lock stopping = new();
    private bool disposed;
    private volatile JobHold hold = JobHold.Held;

    /// <param name="job">The job.</param>
    /// <param name="queue">Its queue.</param>
    /// <param name="nodeStopping">Stops it too.</param>
    public RunningJob(ClaimedJob job, JobQueue queue, CancellationToken nodeStopping)
    {
        Job = job;
        this.queue = queue;
        stop = CancellationTokenSource.CreateLinkedTokenSource(nodeStopping);
        Stopping = stop.Token;
    }

    /// <summary>The job.</summary>
    public ClaimedJob Job { get; }

    /// <summary>Set when the job is to stop, for whichever reason.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Whether it stops since somebody cancelled it.</summary>
    public bool IsCancelled => hold == JobHold.Cancel;

    /// <summary>The guest's stdout and stderr; empty before it runs.</summary>
    public IReadOnlyList<OutputBuffer> Streams { get; set; } = [];

    /// <summary>The guest's files; null before it runs.</summary>
    public VirtualTree? Tree { get; set; }

    /// <summary>Stops the job, unless it is held and nobody wants it to end. Of one that is done it does nothing.</summary>
    public void Heed(JobHold told)
    {
        lock (stopping)
        {
            if (told != JobHold.Held && !disposed)
            {
                hold = told;
                stop.Cancel();
            }
        }
    }

    /// <summary>Throws if the job is to stop.</summary>
    /// <exception cref="GuestStoppedException">It is.</exception>
    public void ThrowIfStopping()
    {
        if (Stopping.IsCancellationRequested)
        {
            throw hold switch
            {
                JobHold.Cancel => new GuestStoppedException(JobReason.Cancelled, "The job was cancelled."),
                JobHold.Lost => new GuestStoppedException(reason: null, "The job is held by somebody else by now."),
                _ => new GuestStoppedException(reason: null, "The node stops."),
            };
        }
    }

    /// <summary>Asks Redis how things stand.</summary>
    public JobHold Look()
    {
        var told = queue.Look(Job);
        Heed(told);
        return told;
    }

    /// <summary>Stores a piece of each stream that has something to store.</summary>
    /// <returns>Whether there is more.</returns>
    public bool Store()
    {
        var more = false;
        lock (storing)
        {
            foreach (var output in Streams)
            {
                var piece = output.Pending;
                if (piece.Bytes.Length == 0)
                {
                    continue;
                }

                if (queue.Append(Job, output.Stream, piece) is not { } stored)
                {
                    Look();
                    return false;
                }

                more |= output.Stored(stored);
            }
        }

        return more;
    }

    /// <summary>Ends the storing: what is left of a stream is for the one who finishes the job.</summary>
    public OutputPiece TakeRest(OutputStream stream)
    {
        lock (storing)
        {
            return Streams.FirstOrDefault(output => output.Stream == stream)?.TakeRest() ?? default;
        }
    }

    public void Dispose()
    {
        lock (stopping)
        {
            disposed = true;
            stop.Dispose();
        }
    }
}
