using OpenTelemetry;
using OpenTelemetry.Trace;

namespace WasmAspire.Tests.ComputeNode;

/// <summary>Ended spans on their way to the exporter, made by hand on the test's thread.</summary>
public sealed class GuestSpanQueueTests : IDisposable
{
    private readonly HeldQueue held = new();

    public void Dispose() => held.Dispose();

    [Fact]
    public void EndedSpansGoOutInBatchesAndThenTheirPlacesAreFree()
    {
        using var session = held.Queue.Open();
        held.Exporter.Hold();
        held.MakeSpans(session, 450);
        Assert.Equal(HeldQueue.Places - 450, held.Queue.FreePlaces);

        held.Exporter.LetGo();
        Assert.True(held.Provider.ForceFlush());

        Assert.Equal([100, 100, 100, 100, 50], held.Exporter.Batches);
        Assert.Equal(450, held.Exporter.Arrived.Distinct().Count());
        Assert.Equal((HeldQueue.Places, 0), (held.Queue.FreePlaces, session.Close()));
    }

    [Fact]
    public void AFullBatchWaitsForNothing()
    {
        using var session = held.Queue.Open();
        held.Exporter.Hold();
        held.MakeSpans(session, HeldQueue.BatchSize - 1);
        Assert.Empty(held.Exporter.Batches);

        held.MakeSpans(session, 1);

        held.Exporter.WaitForExport();
    }

    [Fact]
    public void FewSpansGoOutAfterTheInterval()
    {
        using var hasty = new HeldQueue(interval: 10);
        using var session = hasty.Queue.Open();
        hasty.MakeSpans(session, 1);

        hasty.Exporter.WaitForExport();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void LossesCountInTheSessionAndOnceItIsClosedInTheMetric(bool throws)
    {
        held.Exporter.Outcome = () => throws ? throw new InvalidOperationException("no cable") : ExportResult.Failure;
        var session = held.Queue.Open();
        held.MakeSpans(session, 130);
        held.Provider.ForceFlush();
        held.Exporter.Hold();
        held.MakeSpans(session, 7);
        Assert.Equal((130, 0), (session.Close(), held.Lost));
        session.Dispose();

        held.Exporter.LetGo();
        held.Provider.ForceFlush();

        Assert.Equal((HeldQueue.Places, 7), (held.Queue.FreePlaces, held.Lost));
        Assert.Single(held.Logs.Lines, line => line.StartsWith("GuestSpansLost 100 guest spans", StringComparison.Ordinal) && line.Contains("no cable", StringComparison.Ordinal) == throws);
    }

    [Fact]
    public void LossesThatNobodyAskedForCountInTheMetric()
    {
        held.Exporter.Outcome = () => ExportResult.Failure;
        using (var session = held.Queue.Open())
        {
            held.MakeSpans(session, 3);
            held.Provider.ForceFlush();
            Assert.Equal(0, held.Lost);
        }

        Assert.Equal(3, held.Lost);
    }

    [Fact]
    public void AnExporterThatRecoversIsToldOnce()
    {
        using var session = held.Queue.Open();
        foreach (var result in (ExportResult[])[ExportResult.Failure, ExportResult.Failure, ExportResult.Success, ExportResult.Success])
        {
            held.Exporter.Outcome = () => result;
            held.MakeSpans(session, 1);
            held.Provider.ForceFlush();
        }

        Assert.Equal((2, 2), (session.Close(), held.Exporter.Arrived.Count));
        Assert.Equal(["GuestSpansLost", "GuestSpansArrive"], held.Logs.Lines.Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public void SpansThatNobodyAskedAPlaceForGoOutWhileThereIsRoomAndElseAreCounted()
    {
        held.Exporter.Hold();
        for (var i = 0; i < 600; i++)
        {
            held.StartSpan().Dispose();
        }

        using (var session = held.Queue.Open())
        {
            // One more than it has places for.
            held.MakeSpans(session, 10);
            held.StartSpan().Dispose();
        }

        held.Exporter.LetGo();
        held.Provider.ForceFlush();

        Assert.Equal((510, 101, HeldQueue.Places), (held.Exporter.Arrived.Count, held.Lost, held.Queue.FreePlaces));
    }

    [Fact]
    public void SpansOfAnotherQueuesSessionAreThatQueuesAlone()
    {
        using var other = new HeldQueue(beside: held);
        using var session = other.Queue.Open();
        held.MakeSpans(session, 10);

        Assert.Equal((HeldQueue.Places, HeldQueue.Places - 10), (held.Queue.FreePlaces, other.Queue.FreePlaces));
    }

    [Fact]
    public void StoppingExportsWhatIsLeftAndLosesWhatComesLater()
    {
        using var session = held.Queue.Open();
        held.MakeSpans(session, 150);
        var late = held.StartSpan();
        Assert.True(session.TryTake(1, reserved: false));

        Assert.True(held.Provider.Shutdown());
        held.Queue.OnEnd(late);

        Assert.Equal((150, HeldQueue.Places, 1), (held.Exporter.Arrived.Count, held.Queue.FreePlaces, session.Close()));
        late.Dispose();
    }

    [Fact]
    public void StoppingEndsInTimeWhereTheExporterDoesNot()
    {
        using var session = held.Queue.Open();
        held.Exporter.Hold();
        held.MakeSpans(session, HeldQueue.BatchSize);
        held.Exporter.WaitForExport();
        held.MakeSpans(session, 50);

        Assert.False(held.Provider.Shutdown(timeoutMilliseconds: 50));

        // Those under way may still arrive.
        Assert.Equal((50, HeldQueue.Places - HeldQueue.BatchSize), (session.Close(), held.Queue.FreePlaces));
        Assert.Contains(held.Logs.Lines, line => line.StartsWith("GuestSpansAbandoned 50 guest spans", StringComparison.Ordinal));
    }
}
