namespace WasmAspire.ComputeNode.Execution;

/// <summary>
/// Moves the engines' epochs on every 10 ms while anything runs: each running guest then comes to look at its own
/// deadline. A thread of its own, since the pool may be busy when a guest must end.
/// </summary>
internal sealed class EpochTicker : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    private readonly WasmEngines engines;
    private readonly ManualResetEventSlim busy = new(initialState: false);
    private readonly CancellationTokenSource stopping = new();
    private readonly Thread thread;
    private readonly Lock gate = new();
    private int running;
    private volatile int ticks;

    public EpochTicker(WasmEngines engines)
    {
        this.engines = engines;
        thread = new Thread(Tick) { IsBackground = true, Name = "epoch" };
        thread.Start();
    }

    /// <summary>How often the epochs have moved: cheap to look at, where the clock is not.</summary>
    public int Ticks => ticks;

    /// <summary>A guest runs from now on, until the answer is disposed.</summary>
    public Run Begin()
    {
        lock (gate)
        {
            running++;
            busy.Set();
        }

        return new Run(this);
    }

    /// <summary>Makes every running guest look at its deadline at once.</summary>
    public void TickNow()
    {
        Interlocked.Increment(ref ticks);
        engines.IncrementEpochs();
    }

    public void Dispose()
    {
        stopping.Cancel();
        thread.Join();
        stopping.Dispose();
        busy.Dispose();
    }

    private void End()
    {
        lock (gate)
        {
            running--;
            if (running == 0)
            {
                busy.Reset();
            }
        }
    }

    private void Tick()
    {
        try
        {
            while (true)
            {
                busy.Wait(stopping.Token);
                TickNow();
                stopping.Token.WaitHandle.WaitOne(Interval);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>The time in which a guest runs.</summary>
    public readonly struct Run(EpochTicker ticker) : IDisposable
    {
        public void Dispose() => ticker.End();
    }
}
