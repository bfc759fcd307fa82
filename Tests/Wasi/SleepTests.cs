using System.Text;
using WasmAspire.Wasi;
using Wasmtime;

namespace WasmAspire.Tests.Wasi;

/// <summary>Waiting in <c>poll_oneoff</c>. What is not ready is an hour away, so that no test depends on how fast it runs.</summary>
public sealed class SleepTests
{
    private const long Hour = 3_600_000_000_000;

    private static readonly TimeSpan OneTick = TimeSpan.FromTicks(1);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void AsksTheHostToSleepUntilTheTimeGiven(int clock)
    {
        var slept = Poll($"<clock:{clock}:{Hour}:0>");

        Assert.InRange(slept, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1) + OneTick);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void AsksTheHostToSleepUntilAnAbsoluteTime(int clock)
    {
        List<TimeSpan> slept = [];
        using var guest = Guest(duration => throw Stop(slept, duration));
        Assert.Equal(0, guest.Call("clock_time_get", clock, 0, 0));

        AssertStops(guest, $"<clock:{clock}:{guest.Memory.ReadInt64(0) + Hour}:1>");
        Assert.InRange(Assert.Single(slept), TimeSpan.FromMinutes(1), TimeSpan.FromHours(1) + OneTick);
    }

    [Fact]
    public void TheShortestOfSeveralTimesCounts()
    {
        var slept = Poll($"<clock:1:{2 * Hour}:0 clock:0:{Hour / 2}:0 clock:1:{Hour}:0>");

        Assert.InRange(slept, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(30) + OneTick);
    }

    [Fact]
    public void TheLongestTimeIsSleptInParts() => Assert.Equal(TimeSpan.FromDays(1), Poll($"<clock:1:{ulong.MaxValue}:0>"));

    [Fact]
    public void SleepsOnWhenTheHostWakesItEarly()
    {
        List<TimeSpan> slept = [];
        using var guest = Guest(duration =>
        {
            slept.Add(duration);
            if (slept.Count == 4)
            {
                throw new HostStoppedException();
            }
        });

        AssertStops(guest, $"<clock:1:{Hour}:0>");
        Assert.Equal(4, slept.Count);
        Assert.Equal(slept.OrderDescending(), slept);
    }

    [Fact]
    public void ReturnsWhenTheTimeHasPassed()
    {
        using var guest = Guest(Thread.Sleep);
        Assert.Equal(0, guest.Call("clock_time_get", 1, 0, 0));

        Assert.Equal("success <1 clock success bytes 0> 1", CallScript.Run(guest, $"poll_oneoff <clock:1:5000000:0 clock:1:{Hour}:0> @u32"));
        Assert.Equal(0, guest.Call("clock_time_get", 1, 0, 8));
        Assert.True(guest.Memory.ReadInt64(8) - guest.Memory.ReadInt64(0) >= 5_000_000);
    }

    [Fact]
    public void StdinIsReadyBeforeAnyClock()
    {
        using var guest = Guest(_ => throw new InvalidOperationException("It sleeps although stdin can be read."));

        Assert.Equal(
            "success <2 read success bytes 5> 1; success [stdin] 5; success <2 read success bytes 0 hangup> 1",
            CallScript.Run(guest, $"poll_oneoff <clock:1:{Hour}:0 read:0> @u32; fd_read 0 [5] @u32; poll_oneoff <clock:1:{Hour}:0 read:0> @u32"));
    }

    [Fact]
    public async Task ASleepingGuestIsStoppedFromAnotherThread()
    {
        var sleeps = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stop = new CancellationTokenSource();
        var run = Task.Factory.StartNew(
            () =>
            {
                using var guest = Guest(duration =>
                {
                    sleeps.SetResult();
                    stop.Token.WaitHandle.WaitOne(duration);
                    stop.Token.ThrowIfCancellationRequested();
                });
                return Assert.Throws<WasmtimeException>(() => CallScript.Run(guest, $"poll_oneoff <clock:1:{Hour}:0> @u32"));
            },
            TaskCreationOptions.LongRunning);
        await Task.WhenAny(sleeps.Task, run);

        await stop.CancelAsync();

        Assert.IsType<OperationCanceledException>((await run).InnerException);
        Assert.True(sleeps.Task.IsCompleted);
    }

    private static ProbeGuest Guest(Action<TimeSpan> sleep) => ProbeGuest.OnVirtualWasi(new WasiOptions
    {
        Stdin = Encoding.UTF8.GetBytes("stdin"),
        Stdout = new CapturedOutput(),
        Stderr = new CapturedOutput(),
        Sleep = sleep,
    });

    /// <summary>How long the host is asked to sleep; it ends the guest then.</summary>
    private static TimeSpan Poll(string subscriptions)
    {
        List<TimeSpan> slept = [];
        using var guest = Guest(duration => throw Stop(slept, duration));
        AssertStops(guest, subscriptions);
        return Assert.Single(slept);
    }

    private static HostStoppedException Stop(List<TimeSpan> slept, TimeSpan duration)
    {
        slept.Add(duration);
        return new HostStoppedException();
    }

    private static void AssertStops(ProbeGuest guest, string subscriptions) =>
        Assert.IsType<HostStoppedException>(Assert.Throws<WasmtimeException>(() => CallScript.Run(guest, $"poll_oneoff {subscriptions} @u32")).InnerException);
}
