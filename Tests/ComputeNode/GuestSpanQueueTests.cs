using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Trace;
using WasmAspire.ComputeNode.Telemetry.GuestSpans;
using WasmAspire.Tests.Telemetry;

namespace WasmAspire.Tests.ComputeNode;

/// <summary>The queue under OpenTelemetry's own provider, with spans made by hand on the test's thread.</summary>
public sealed class GuestSpanQueueTests : IDisposable
{
    private const int Places = 1000;
    private const int BatchSize = 100;

    // Long enough never to come: what goes out does so for another reason.
    private const int Never = 3_600_000;

    // Sources and meters are one a process and tests run at once: each test has its own.
    private readonly ActivitySource source = new($"{nameof(GuestSpanQueueTests)}-{Guid.NewGuid()}");
    private readonly Meter meter = new(nameof(GuestSpanQueueTests));
    private readonly HeldExporter exporter = new();
    private readonly RecordingLoggerProvider logs = new();
    private readonly RecordedCounter lost;
    private readonly GuestSpanQueue queue;
    private readonly TracerProvider provider;

    public GuestSpanQueueTests()
    {
        lost = new RecordedCounter("lost", candidate => candidate == meter);
        (queue, provider) = Start(Never);
    }

    public void Dispose()
    {
        exporter.LetGo();
        provider.Dispose();
        lost.Dispose();
        meter.Dispose();
        source.Dispose();
        logs.Dispose();
    }

    [Fact]
    public void NoSessionHoldsMoreThanIsFree()
    {
        using var first = queue.Open();
        using var second = queue.Open();
        using var third = queue.Open();

        Assert.Equal((500, 250, 125), (TakeAll(first), TakeAll(second), TakeAll(third)));
        Assert.Equal(125, queue.FreePlaces);
    }

    [Fact]
    public void SeveralPlacesAreTakenTogetherOrNotAtAll()
    {
        using var session = queue.Open();

        Assert.True(session.TryTake(460, reserved: false));
        Assert.False(session.TryTake(41, reserved: false));
        Assert.True(session.TryTake(40, reserved: false));
        Assert.Equal(500, queue.FreePlaces);
    }

    [Fact]
    public void TheReserveIsForReservedRequestsAlone()
    {
        using var session = queue.Open();
        TakeAll(session);

        Assert.False(session.TryTake(1, reserved: false));
        Assert.True(session.TryTake(60, reserved: true));
        Assert.False(session.TryTake(5, reserved: true));
        Assert.True(session.TryTake(4, reserved: true));
        Assert.False(session.TryTake(1, reserved: true));
    }

    [Fact]
    public void AReservedRequestTakesFromBoth()
    {
        using var session = queue.Open();
        Assert.True(session.TryTake(490, reserved: false));

        Assert.True(session.TryTake(64, reserved: true));
        Assert.False(session.TryTake(11, reserved: true));
        Assert.True(session.TryTake(10, reserved: true));
        Assert.Equal(500, queue.FreePlaces);
    }

    [Fact]
    public void PlacesGivenBackCanBeTakenAgain()
    {
        using var session = queue.Open();
        TakeAll(session);
        Assert.True(session.TryTake(64, reserved: true));

        session.GiveBack(564);

        Assert.Equal(Places, queue.FreePlaces);
        Assert.Equal(500, TakeAll(session));
        Assert.True(session.TryTake(64, reserved: true));
    }

    [Fact]
    public void EndedSpansGoOutInBatchesAndThenTheirPlacesAreFree()
    {
        using var session = queue.Open();
        exporter.Hold();
        MakeSpans(session, 450);
        Assert.Equal(Places - 450, queue.FreePlaces);

        exporter.LetGo();
        Assert.True(provider.ForceFlush());

        Assert.Equal([100, 100, 100, 100, 50], exporter.Batches);
        Assert.Equal(450, exporter.Arrived.Distinct().Count());
        Assert.Equal((Places, 0), (queue.FreePlaces, session.Close()));
    }

    [Fact]
    public void AFullBatchWaitsForNothing()
    {
        using var session = queue.Open();
        exporter.Hold();
        MakeSpans(session, BatchSize - 1);
        Assert.Empty(exporter.Batches);

        MakeSpans(session, 1);

        exporter.WaitForExport();
    }

    [Fact]
    public void FewSpansGoOutAfterTheInterval()
    {
        var (hasty, owner) = Start(interval: 10);
        using (owner)
        using (var session = hasty.Open())
        {
            MakeSpans(session, 1);

            exporter.WaitForExport();
        }
    }

    [Fact]
    public void AStuckQueueHasAPlaceForTheRootOfEachOfManySessionsAndEndsAtItsBound()
    {
        exporter.Hold();
        var made = 0;
        for (var i = 0; i < 40; i++)
        {
            using var session = queue.Open();
            var greed = TakeAll(session);
            Assert.True(session.TryTake(1, reserved: true), $"no place for the root of session {i}");
            MakeSpans(session, greed + 1, taken: true);
            made += greed + 1;
        }

        using (var last = queue.Open())
        {
            while (last.TryTake(1, reserved: true))
            {
                MakeSpans(last, 1, taken: true);
                made++;
            }
        }

        Assert.InRange(made, Places, Places + PlaceReserve.Places);
        exporter.LetGo();
        provider.ForceFlush();
        Assert.Equal((made, Places, 0), (exporter.Arrived.Distinct().Count(), queue.FreePlaces, lost.Value));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void LossesCountInTheSessionAndOnceItIsClosedInTheMetric(bool throws)
    {
        exporter.Outcome = () => throws ? throw new InvalidOperationException("no cable") : ExportResult.Failure;
        var session = queue.Open();
        MakeSpans(session, 130);
        provider.ForceFlush();
        exporter.Hold();
        MakeSpans(session, 7);
        Assert.Equal((130, 0), (session.Close(), lost.Value));
        session.Dispose();

        exporter.LetGo();
        provider.ForceFlush();

        Assert.Equal((Places, 7), (queue.FreePlaces, lost.Value));
        Assert.Single(logs.Lines, line => line.StartsWith("GuestSpansLost 100 guest spans", StringComparison.Ordinal) && line.Contains("no cable", StringComparison.Ordinal) == throws);
    }

    [Fact]
    public void LossesThatNobodyAskedForCountInTheMetric()
    {
        exporter.Outcome = () => ExportResult.Failure;
        using (var session = queue.Open())
        {
            MakeSpans(session, 3);
            provider.ForceFlush();
            Assert.Equal(0, lost.Value);
        }

        Assert.Equal(3, lost.Value);
    }

    [Fact]
    public void AnExporterThatRecoversIsToldOnce()
    {
        using var session = queue.Open();
        foreach (var result in (ExportResult[])[ExportResult.Failure, ExportResult.Failure, ExportResult.Success, ExportResult.Success])
        {
            exporter.Outcome = () => result;
            MakeSpans(session, 1);
            provider.ForceFlush();
        }

        Assert.Equal((2, 2), (session.Close(), exporter.Arrived.Count));
        Assert.Equal(["GuestSpansLost", "GuestSpansArrive"], logs.Lines.Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public void PlacesOfSpansThatNeverEndComeBackWithTheSession()
    {
        var session = queue.Open();
        exporter.Hold();
        Assert.True(session.TryTake(10, reserved: false));
        MakeSpans(session, 3, taken: true);

        session.Dispose();

        Assert.Equal(Places - 3, queue.FreePlaces);
        exporter.LetGo();
        provider.ForceFlush();
        Assert.Equal(Places, queue.FreePlaces);
    }

    [Fact]
    public void SpansThatNobodyAskedAPlaceForGoOutWhileThereIsRoomAndElseAreCounted()
    {
        exporter.Hold();
        for (var i = 0; i < 600; i++)
        {
            source.StartActivity("stranger")!.Dispose();
        }

        using (var session = queue.Open())
        {
            // One more than it has places for.
            MakeSpans(session, 10);
            source.StartActivity("stranger")!.Dispose();
        }

        exporter.LetGo();
        provider.ForceFlush();

        Assert.Equal((510, 101, Places), (exporter.Arrived.Count, lost.Value, queue.FreePlaces));
    }

    [Fact]
    public void SpansOfAnotherQueuesSessionAreThatQueuesAlone()
    {
        var (other, owner) = Start(Never);
        using (owner)
        using (var session = other.Open())
        {
            exporter.Hold();
            MakeSpans(session, 10);

            Assert.Equal((Places, Places - 10), (queue.FreePlaces, other.FreePlaces));
            exporter.LetGo();
        }
    }

    [Fact]
    public void StoppingExportsWhatIsLeftAndLosesWhatComesLater()
    {
        using var session = queue.Open();
        MakeSpans(session, 150);
        var late = source.StartActivity("late")!;
        Assert.True(session.TryTake(1, reserved: false));

        Assert.True(provider.Shutdown());
        queue.OnEnd(late);

        Assert.Equal((150, Places, 1), (exporter.Arrived.Count, queue.FreePlaces, session.Close()));
        late.Dispose();
    }

    [Fact]
    public void StoppingEndsInTimeWhereTheExporterDoesNot()
    {
        using var session = queue.Open();
        exporter.Hold();
        MakeSpans(session, BatchSize);
        exporter.WaitForExport();
        MakeSpans(session, 50);

        Assert.False(provider.Shutdown(timeoutMilliseconds: 50));

        // Those under way may still arrive.
        Assert.Equal((50, Places - BatchSize), (session.Close(), queue.FreePlaces));
        Assert.Contains(logs.Lines, line => line.StartsWith("GuestSpansAbandoned 50 guest spans", StringComparison.Ordinal));
    }

    [Fact]
    public void ManyThreadsAtOnceLoseNothingAndGiveAllPlacesBack()
    {
        var made = 0;
        var threads = Enumerable.Range(0, 8).Select(_ => new Thread(() =>
        {
            for (var run = 0; run < 20; run++)
            {
                using var session = queue.Open();
                for (var i = 0; i < 500; i++)
                {
                    if (session.TryTake(1, reserved: i == 0))
                    {
                        source.StartActivity("span")!.Dispose();
                        Interlocked.Increment(ref made);
                    }
                }
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        provider.ForceFlush();

        Assert.Equal((made, Places, 0), (exporter.Arrived.Distinct().Count(), queue.FreePlaces, lost.Value));
    }

    private static int TakeAll(SessionPlaces session)
    {
        var taken = 0;
        while (session.TryTake(1, reserved: false))
        {
            taken++;
        }

        return taken;
    }

    private (GuestSpanQueue Queue, TracerProvider Provider) Start(int interval)
    {
        var started = new GuestSpanQueue(
            exporter,
            new GuestSpanQueueOptions(Places, BatchSize, interval),
            meter.CreateCounter<long>("lost"),
            logs);
        return (started, Sdk.CreateTracerProviderBuilder().AddSource(source.Name).AddProcessor(started).Build());
    }

    private void MakeSpans(SessionPlaces session, int count, bool taken = false)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.True(taken || session.TryTake(1, reserved: false));
            source.StartActivity("span")!.Dispose();
        }
    }
}
