using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Trace;
using WasmAspire.ComputeNode.Telemetry.GuestSpans;
using WasmAspire.Tests.Telemetry;

namespace WasmAspire.Tests.ComputeNode;

/// <summary>A guest-span queue under OpenTelemetry's own provider, before an exporter that the test holds, with spans made by hand.</summary>
internal sealed class HeldQueue : IDisposable
{
    public const int Places = 1000;
    public const int BatchSize = 100;

    // Long enough never to come: what goes out does so for another reason.
    private const int Never = 3_600_000;

    // Sources and meters are one a process and tests run at once: each test has its own.
    private readonly ActivitySource source;
    private readonly Meter meter = new(nameof(HeldQueue));
    private readonly RecordedCounter lost;

    /// <param name="interval">After how many milliseconds a small batch goes out.</param>
    /// <param name="beside">A queue that listens to the same spans.</param>
    public HeldQueue(int interval = Never, HeldQueue? beside = null)
    {
        source = beside?.source ?? new ActivitySource($"{nameof(HeldQueue)}-{Guid.NewGuid()}");
        lost = new RecordedCounter("lost", candidate => candidate == meter);
        Queue = new GuestSpanQueue(Exporter, new GuestSpanQueueOptions(Places, BatchSize, interval), meter.CreateCounter<long>("lost"), Logs);
        Provider = Sdk.CreateTracerProviderBuilder().AddSource(source.Name).AddProcessor(Queue).Build();
    }

    public GuestSpanQueue Queue { get; }

    public TracerProvider Provider { get; }

    public HeldExporter Exporter { get; } = new();

    public RecordingLoggerProvider Logs { get; } = new();

    /// <summary>What the counter of lost spans says.</summary>
    public long Lost => lost.Value;

    /// <summary>Takes places one by one until there is none.</summary>
    public static int TakeAll(SessionPlaces session)
    {
        var taken = 0;
        while (session.TryTake(1, reserved: false))
        {
            taken++;
        }

        return taken;
    }

    /// <summary>Begins a span without a place.</summary>
    public Activity StartSpan() => source.StartActivity("span")!;

    /// <summary>Takes places, if need be, and makes the spans for them, on the session's thread.</summary>
    public void MakeSpans(SessionPlaces session, int count, bool taken = false)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.True(taken || session.TryTake(1, reserved: false));
            StartSpan().Dispose();
        }
    }

    public void Dispose()
    {
        Exporter.LetGo();
        Provider.Dispose();
        lost.Dispose();
        meter.Dispose();
        source.Dispose();
    }
}
