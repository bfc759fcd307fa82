using System.Diagnostics.Metrics;

namespace WasmAspire.Tests.Telemetry;

/// <summary>The sum of what a counter was given.</summary>
internal sealed class RecordedCounter : IDisposable
{
    private readonly MeterListener listener;
    private long value;

    /// <param name="name">The counter's name.</param>
    /// <param name="isWanted">Which meter's: one name may be many in a process.</param>
    public RecordedCounter(string name, Func<Meter, bool> isWanted)
    {
        listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == name && isWanted(instrument.Meter))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, measured, _, _) => Interlocked.Add(ref value, measured));
        listener.Start();
    }

    public long Value => Interlocked.Read(ref value);

    public void Dispose() => listener.Dispose();
}
