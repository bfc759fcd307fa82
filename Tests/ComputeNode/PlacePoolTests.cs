using OpenTelemetry.Trace;
using WasmAspire.ComputeNode.Telemetry.GuestSpans;

namespace WasmAspire.Tests.ComputeNode;

/// <summary>Who gets how many places, spans made by hand on the test's thread.</summary>
public sealed class PlacePoolTests : IDisposable
{
    private readonly HeldQueue held = new();

    public void Dispose() => held.Dispose();

    [Fact]
    public void NoSessionHoldsMoreThanIsFree()
    {
        using var first = held.Queue.Open();
        using var second = held.Queue.Open();
        using var third = held.Queue.Open();

        Assert.Equal((500, 250, 125), (HeldQueue.TakeAll(first), HeldQueue.TakeAll(second), HeldQueue.TakeAll(third)));
        Assert.Equal(125, held.Queue.FreePlaces);
    }

    [Fact]
    public void SeveralPlacesAreTakenTogetherOrNotAtAll()
    {
        using var session = held.Queue.Open();

        Assert.True(session.TryTake(460, reserved: false));
        Assert.False(session.TryTake(41, reserved: false));
        Assert.True(session.TryTake(40, reserved: false));
        Assert.Equal(500, held.Queue.FreePlaces);
    }

    [Fact]
    public void TheReserveIsForReservedRequestsAlone()
    {
        using var session = held.Queue.Open();
        HeldQueue.TakeAll(session);

        Assert.False(session.TryTake(1, reserved: false));
        Assert.True(session.TryTake(60, reserved: true));
        Assert.False(session.TryTake(5, reserved: true));
        Assert.True(session.TryTake(4, reserved: true));
        Assert.False(session.TryTake(1, reserved: true));
    }

    [Fact]
    public void AReservedRequestTakesFromBoth()
    {
        using var session = held.Queue.Open();
        Assert.True(session.TryTake(490, reserved: false));

        Assert.True(session.TryTake(64, reserved: true));
        Assert.False(session.TryTake(11, reserved: true));
        Assert.True(session.TryTake(10, reserved: true));
        Assert.Equal(500, held.Queue.FreePlaces);
    }

    [Fact]
    public void PlacesGivenBackCanBeTakenAgain()
    {
        using var session = held.Queue.Open();
        HeldQueue.TakeAll(session);
        Assert.True(session.TryTake(64, reserved: true));

        session.GiveBack(564);

        Assert.Equal(HeldQueue.Places, held.Queue.FreePlaces);
        Assert.Equal(500, HeldQueue.TakeAll(session));
        Assert.True(session.TryTake(64, reserved: true));
    }

    [Fact]
    public void AStuckQueueHasAPlaceForTheRootOfEachOfManySessionsAndEndsAtItsBound()
    {
        held.Exporter.Hold();
        var made = 0;
        for (var i = 0; i < 40; i++)
        {
            using var session = held.Queue.Open();
            var greed = HeldQueue.TakeAll(session);
            Assert.True(session.TryTake(1, reserved: true), $"no place for the root of session {i}");
            held.MakeSpans(session, greed + 1, taken: true);
            made += greed + 1;
        }

        using (var last = held.Queue.Open())
        {
            while (last.TryTake(1, reserved: true))
            {
                held.MakeSpans(last, 1, taken: true);
                made++;
            }
        }

        Assert.InRange(made, HeldQueue.Places, HeldQueue.Places + PlaceReserve.Places);
        held.Exporter.LetGo();
        held.Provider.ForceFlush();
        Assert.Equal((made, HeldQueue.Places, 0), (held.Exporter.Arrived.Distinct().Count(), held.Queue.FreePlaces, held.Lost));
    }

    [Fact]
    public void PlacesOfSpansThatNeverEndComeBackWithTheSession()
    {
        var session = held.Queue.Open();
        held.Exporter.Hold();
        Assert.True(session.TryTake(10, reserved: false));
        held.MakeSpans(session, 3, taken: true);

        session.Dispose();

        Assert.Equal(HeldQueue.Places - 3, held.Queue.FreePlaces);
        held.Exporter.LetGo();
        held.Provider.ForceFlush();
        Assert.Equal(HeldQueue.Places, held.Queue.FreePlaces);
    }

    [Fact]
    public void ManyThreadsAtOnceLoseNothingAndGiveAllPlacesBack()
    {
        var made = 0;
        var threads = Enumerable.Range(0, 8).Select(_ => new Thread(() =>
        {
            for (var run = 0; run < 20; run++)
            {
                using var session = held.Queue.Open();
                for (var i = 0; i < 500; i++)
                {
                    if (session.TryTake(1, reserved: i == 0))
                    {
                        held.StartSpan().Dispose();
                        Interlocked.Increment(ref made);
                    }
                }
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        held.Provider.ForceFlush();

        Assert.Equal((made, HeldQueue.Places, 0), (held.Exporter.Arrived.Distinct().Count(), held.Queue.FreePlaces, held.Lost));
    }
}
