namespace WasmAspire.Tests.Observe;

/// <summary>Time of which a minute passes when told: all that a set of guest metrics wants of it.</summary>
internal sealed class GuestMinutes : TimeProvider
{
    private Action? minute;

    /// <summary>Lets so many minutes pass.</summary>
    public void Pass(int minutes)
    {
        for (var i = 0; i < minutes; i++)
        {
            minute!();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Assert.Equal((TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1)), (dueTime, period));
        minute = () => callback(state);
        return new Timer();
    }

    private sealed class Timer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException("Nobody changes a timer here.");

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
