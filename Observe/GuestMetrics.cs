using System.Diagnostics.Metrics;
using WasmAspire.Observe.Metrics;

namespace WasmAspire.Observe;

/// <summary>
/// Instruments for what guests measure, one set a process, shared by its sessions. Guests name them, and an SDK keeps every
/// stream that it ever saw: so there are limits on how many there are, and one that nobody uses is given up.
/// </summary>
public sealed class GuestMetrics : IDisposable
{
    /// <summary>
    /// The name of the guests' meters, of which each instrument has its own. Add it to a meter provider that has nothing else,
    /// so that guests cannot push the host's instruments out.
    /// </summary>
    public const string MeterName = "WasmAspire.Guest";

    /// <summary>
    /// The meter of what this class says itself, for the host's own meter provider: the counter
    /// <c>wasmaspire.guest.metrics.dropped</c>, by <c>reason</c>: <c>names</c>, <c>instruments</c> or <c>tags</c>.
    /// </summary>
    public const string OwnMeterName = "WasmAspire.Observe";

    /// <summary>No more instruments at a time than this; measurements for further names are dropped.</summary>
    public const int MaxInstruments = 200;

    /// <summary>A session's measurements go to no more names than this; those for further ones are dropped.</summary>
    public const int MaxNames = 20;

    /// <summary>An instrument has no more sets of tags than this; measurements with further ones are dropped.</summary>
    public const int MaxTagSets = 100;

    /// <summary>Minutes without a measurement after which an instrument is given up, in the minute that follows.</summary>
    public const int MaxIdleMinutes = 10;

    private readonly Lock gate = new();
    private readonly Dictionary<string, GuestInstrument> instruments = new(StringComparer.OrdinalIgnoreCase);
    private readonly Meter own;
    private readonly Counter<long> dropped;
    private readonly ITimer timer;
    private bool disposed;

    /// <summary>A set whose time is the system's.</summary>
    public GuestMetrics()
        : this(TimeProvider.System)
    {
    }

    /// <summary>A set with a time of its own.</summary>
    /// <param name="time">Tells when a minute has passed, by a timer.</param>
    public GuestMetrics(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        own = NewMeter(OwnMeterName);
        dropped = own.CreateCounter<long>("wasmaspire.guest.metrics.dropped", description: "Measurements of guests that a limit kept out.");
        timer = time.CreateTimer(_ => PassMinute(), null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
    }

    /// <summary>Gives all instruments up. Sessions that are still open record nothing more.</summary>
    public void Dispose()
    {
        timer.Dispose();
        lock (gate)
        {
            disposed = true;
            foreach (var instrument in instruments.Values)
            {
                instrument.GiveUp();
            }

            instruments.Clear();
        }

        own.Dispose();
    }

    /// <summary>Whether a meter is this set's: meters of one name may be many in a process.</summary>
    internal bool Owns(Meter meter) => meter.Scope == this;

    /// <summary>Where one session records.</summary>
    internal SessionMetrics Open(Action<Exception> tellFailure) => new(this, tellFailure);

    /// <summary>The instrument of a name, made if there is none, of whichever kind it is; null where there are too many.</summary>
    internal GuestInstrument? FindOrCreate(string name, InstrumentKind kind, bool isTime)
    {
        lock (gate)
        {
            if (instruments.TryGetValue(name, out var known) || instruments.Count == MaxInstruments || disposed)
            {
                return known;
            }

            return instruments[name] = GuestInstrument.Create(NewMeter(MeterName), name, kind, isTime);
        }
    }

    internal void CountDropped(int measurements, string reason) => dropped.Add(measurements, new KeyValuePair<string, object?>("reason", reason));

    private Meter NewMeter(string name) => new(new MeterOptions(name) { Scope = this });

    private void PassMinute()
    {
        // Under the lock: were a name given again before its old meter is disposed, an SDK would take both for one
        // stream and end it with the old.
        lock (gate)
        {
            foreach (var (name, instrument) in instruments)
            {
                if (instrument.IsIdleFor(MaxIdleMinutes))
                {
                    instruments.Remove(name);
                    instrument.GiveUp();
                }
            }
        }
    }
}
