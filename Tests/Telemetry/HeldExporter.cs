using System.Diagnostics;
using OpenTelemetry;

namespace WasmAspire.Tests.Telemetry;

/// <summary>An exporter in process that a test holds up, fails or lets go.</summary>
internal sealed class HeldExporter : BaseExporter<Activity>
{
    private readonly ManualResetEventSlim open = new(initialState: true);
    private readonly ManualResetEventSlim entered = new(initialState: false);
    private readonly Lock gate = new();
    private readonly List<Activity> arrived = [];
    private readonly List<int> batches = [];

    /// <summary>What each export does once it is let go; success by default.</summary>
    public Func<ExportResult> Outcome { get; set; } = () => ExportResult.Success;

    /// <summary>Spans exported.</summary>
    public IReadOnlyList<Activity> Arrived
    {
        get
        {
            lock (gate)
            {
                return [.. arrived];
            }
        }
    }

    /// <summary>How many spans each export brought.</summary>
    public IReadOnlyList<int> Batches
    {
        get
        {
            lock (gate)
            {
                return [.. batches];
            }
        }
    }

    /// <summary>From now on exports wait.</summary>
    public void Hold() => open.Reset();

    /// <summary>Exports go on.</summary>
    public void LetGo() => open.Set();

    /// <summary>Waits until an export has begun.</summary>
    public void WaitForExport() => Assert.True(entered.Wait(TimeSpan.FromSeconds(60)), "nothing was exported");

    public override ExportResult Export(in Batch<Activity> batch)
    {
        entered.Set();
        open.Wait();
        var result = Outcome();
        lock (gate)
        {
            batches.Add((int)batch.Count);
            if (result == ExportResult.Success)
            {
                foreach (var activity in batch)
                {
                    arrived.Add(activity);
                }
            }
        }

        return result;
    }

    protected override void Dispose(bool disposing)
    {
        open.Set();
        base.Dispose(disposing);
    }
}
