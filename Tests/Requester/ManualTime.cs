namespace WasmAspire.Tests.Requester;

/// <summary>Time that passes only when told: a test that waits for something else cannot be saved by a timer.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<Timer> timers = [];
    private TaskCompletionSource added = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Waits until somebody waits for this long.</summary>
    public async Task WaitForTimerAsync(TimeSpan due)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (timers.Any(timer => timer.Due == due))
                {
                    return;
                }

                next = added.Task;
            }

            await next.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    /// <summary>Lets all timers of this length pass.</summary>
    public void Pass(TimeSpan due)
    {
        Timer[] passed;
        lock (gate)
        {
            passed = [.. timers.Where(timer => timer.Due == due)];
        }

        Array.ForEach(passed, timer => timer.Callback());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state), dueTime);
        lock (gate)
        {
            timers.Add(timer);
            added.SetResult();
            added = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return timer;
    }

    private sealed class Timer(ManualTime time, Action callback, TimeSpan due) : ITimer
    {
        public TimeSpan Due => due;

        public Action Callback => callback;

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException("Nobody changes a timer here.");

        public void Dispose()
        {
            lock (time.gate)
            {
                time.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
