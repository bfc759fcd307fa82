using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry;

namespace WasmAspire.ComputeNode.Telemetry.GuestSpans;

/// <summary>
/// The queue of ended guest spans before an exporter. Whoever makes a span has taken a place before (<see cref="Open"/>), so
/// an ended one never finds it full: there are as many places as <see cref="NodeOptions.GuestSpanPlaces"/>, and
/// <see cref="PlaceReserve.Places"/> more a slot. A place is free again when its span's batch was exported, or lost.
/// </summary>
internal sealed class GuestSpanQueue : BaseExportProcessor<Activity>
{
    /// <summary>The counter of spans lost whose job could not tell it any more.</summary>
    public const string LostSpansMetric = "wasmaspire.telemetry.lost_spans";

    private readonly GuestSpanQueueOptions options;
    private readonly Counter<long> lost;
    private readonly ILogger logger;
    private readonly PlacePool pool;
    private readonly ThreadLocal<PlaceReserve> reserves = new(() => new PlaceReserve());

    // Those who ask for no place share what one session may have.
    private readonly SessionPlaces strangers;

    // All below is read and written under this lock; its pulses wake the exporting thread and who waits for that.
    private readonly object gate = new();
    private readonly Queue<QueuedSpan> spans = new();
    private long ended;
    private long finished;
    private long flushTo;
    private long nextTick;
    private bool stopping;
    private bool stopped;

    // The exporting thread's own.
    private bool failing;

    public GuestSpanQueue(BaseExporter<Activity> exporter, GuestSpanQueueOptions options, Counter<long> lost, ILogger logger)
        : base(exporter)
    {
        this.options = options;
        this.lost = lost;
        this.logger = logger;
        pool = new PlacePool(options.Places);
        strangers = new SessionPlaces(this, pool, new PlaceReserve()) { IsClosed = true };
        nextTick = Environment.TickCount64 + options.Interval;
        new Thread(Export) { IsBackground = true, Name = "guest spans" }.Start();
    }

    /// <summary>Shared places that nobody has.</summary>
    public int FreePlaces => pool.Free;

    /// <summary>Opens the places of the session that runs on this thread, until they are disposed on it.</summary>
    public SessionPlaces Open()
    {
        var session = new SessionPlaces(this, pool, reserves.Value!);
        session.Enter();
        return session;
    }

    /// <summary>Counts losses that no job can tell any more.</summary>
    public void CountLost(long count)
    {
        if (count > 0)
        {
            lost.Add(count);
        }
    }

    /// <summary>Stops at once: what is still in the queue is lost.</summary>
    public void Abandon()
    {
        QueuedSpan[] rest;
        lock (gate)
        {
            stopping = stopped = true;
            rest = [.. spans];
            spans.Clear();
            finished += rest.Length;
            Monitor.PulseAll(gate);
        }

        if (rest.Length > 0)
        {
            Log.GuestSpansAbandoned(logger, rest.Length);
            Release(rest, lost: true);
        }

        // Ends the request that may be under way.
        exporter.Shutdown(0);
    }

    /// <inheritdoc/>
    protected override void OnExport(Activity data)
    {
        var session = SessionPlaces.Current ?? strangers;
        if (!session.IsOf(this))
        {
            // Of another node in this process, whose queue gets it too.
            return;
        }

        if (!session.TrySpend(out var reserved))
        {
            session = strangers;
            if (!pool.TryTake(session, 1, reserved: false, out _))
            {
                CountLost(1);
                return;
            }

            reserved = false;
        }

        Enqueue(new QueuedSpan(data, session, reserved), wanted: data.Recorded);
    }

    /// <inheritdoc/>
    protected override bool OnForceFlush(int timeoutMilliseconds)
    {
        lock (gate)
        {
            var target = ended;
            flushTo = Math.Max(flushTo, target);
            Monitor.PulseAll(gate);
            return Wait(() => finished >= target, timeoutMilliseconds);
        }
    }

    /// <inheritdoc/>
    protected override bool OnShutdown(int timeoutMilliseconds)
    {
        bool inTime;
        lock (gate)
        {
            stopping = true;
            Monitor.PulseAll(gate);
            inTime = Wait(() => stopped, timeoutMilliseconds);
        }

        if (!inTime)
        {
            Abandon();
        }

        return inTime && base.OnShutdown(timeoutMilliseconds);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        reserves.Dispose();
    }

    private void Enqueue(QueuedSpan span, bool wanted)
    {
        lock (gate)
        {
            if (wanted && !stopping)
            {
                ended++;
                spans.Enqueue(span);
                if (spans.Count == options.BatchSize)
                {
                    Monitor.PulseAll(gate);
                }

                return;
            }
        }

        Release([span], lost: wanted);
    }

    private void Export()
    {
        var activities = new Activity[options.BatchSize];
        while (Next() is { Length: > 0 } batch)
        {
            for (var i = 0; i < batch.Length; i++)
            {
                activities[i] = batch[i].Activity;
            }

            var arrived = TryExport(new Batch<Activity>(activities, batch.Length), batch.Length);
            Array.Clear(activities);
            Release(batch, lost: !arrived);
            lock (gate)
            {
                finished += batch.Length;
                Monitor.PulseAll(gate);
            }
        }

        lock (gate)
        {
            stopped = true;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Waits for the next batch; an empty one is the end.</summary>
    private QueuedSpan[] Next()
    {
        lock (gate)
        {
            while (true)
            {
                var now = Environment.TickCount64;
                var isDue = now >= nextTick || stopping || finished < flushTo;
                if (spans.Count >= options.BatchSize || (isDue && spans.Count > 0))
                {
                    nextTick = now + options.Interval;
                    var batch = new QueuedSpan[Math.Min(spans.Count, options.BatchSize)];
                    for (var i = 0; i < batch.Length; i++)
                    {
                        batch[i] = spans.Dequeue();
                    }

                    return batch;
                }

                if (stopping)
                {
                    return [];
                }

                if (now >= nextTick)
                {
                    nextTick = now + options.Interval;
                }

                Monitor.Wait(gate, (int)(nextTick - now));
            }
        }
    }

    private bool TryExport(Batch<Activity> batch, int count)
    {
        Exception? failure = null;
        var arrived = false;
        try
        {
            arrived = exporter.Export(batch) == ExportResult.Success;
        }
        catch (Exception e)
        {
            failure = e;
        }

        if (!arrived && !failing)
        {
            Log.GuestSpansLost(logger, failure, count, LostSpansMetric);
        }
        else if (arrived && failing)
        {
            Log.GuestSpansArrive(logger);
        }

        failing = !arrived;
        return arrived;
    }

    private void Release(ReadOnlySpan<QueuedSpan> batch, bool lost) => CountLost(pool.Release(batch, lost));

    /// <summary>Waits under the lock; a negative time is for ever.</summary>
    private bool Wait(Func<bool> condition, int milliseconds)
    {
        var deadline = Environment.TickCount64 + milliseconds;
        while (!condition())
        {
            var left = milliseconds < 0 ? Timeout.Infinite : (int)(deadline - Environment.TickCount64);
            if ((milliseconds >= 0 && left <= 0) || !Monitor.Wait(gate, left))
            {
                return condition();
            }
        }

        return true;
    }
}
