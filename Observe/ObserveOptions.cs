using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace WasmAspire.Observe;

/// <summary>What a session reports, and where.</summary>
public sealed record ObserveOptions
{
    /// <summary>The modules of the run, by the numbers that their imports were defined for (<see cref="ObserveLinkerExtensions.DefineObserve"/>). At least one.</summary>
    public required IReadOnlyList<SessionModule> Modules { get; init; }

    /// <summary>The span that the guest's outermost spans are children of; null makes each a trace of its own.</summary>
    public Activity? Parent { get; init; }

    /// <summary>The clock of the run's spans; give the one that the parent's times are from.</summary>
    public SpanClock Clock { get; init; } = new();

    /// <summary>Where the guest's log lines go, by a logger of the category <see cref="ObserveSession.Category"/>; null drops them.</summary>
    public ILogger? Logger { get; init; }

    /// <summary>Where the guest's measurements go; null drops them.</summary>
    public GuestMetrics? Metrics { get; init; }

    /// <summary>Attributes of every log record, such as the job's id.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> LogAttributes { get; init; } = [];

    /// <summary>Attributes of every guest span, such as chosen baggage. A guest's tag of the same name loses.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> SpanAttributes { get; init; } = [];

    /// <summary>
    /// Shorter calls become no span, unless they have a tag, a log, an error, memory growth or a kept child; 20 µs by
    /// default, 0 to 1 hour. What observing the calls below a call took is no part of its duration here; a span's times
    /// are the clock's.
    /// </summary>
    public TimeSpan MinimumDuration { get; init; } = TimeSpan.FromMicroseconds(20);

    /// <summary>
    /// No more spans than this; further calls are folded. 10,000 by default, 0 to 1,000,000. Up to 128 of them, at most a
    /// tenth, are held back for the spans that are open when the run fails.
    /// </summary>
    public int MaxSpans { get; init; } = 10_000;

    /// <summary>
    /// Whether most calls of hot functions run without being seen; true by default. It is for instances that are attached
    /// (<see cref="ObserveSession.Attach"/>), of modules that WasmAspire's instrumenter made. A function is hot when the
    /// mean own time of 256 of its calls is below a tenth of <see cref="MinimumDuration"/> and it gave no tag, log,
    /// measurement, memory growth or host call in them. From then on its calls pass in windows of at most 10 ms, by what
    /// was measured; the first after each window is seen, and ends this if it is slow or gives any of these. All are counted.
    /// </summary>
    public bool Gates { get; init; } = true;

    /// <summary>Where a place is asked for before a span is made; null where every span has one.</summary>
    public ISpanAdmission? Admission { get; init; }

    /// <summary>
    /// Log lines a second that go on to the logger, and as many at once; others are dropped and counted. 1,000 by default, 0 to 1,000,000.
    /// A line has at most 16 KiB.
    /// </summary>
    public int MaxLogsPerSecond { get; init; } = 1_000;

    /// <summary>Log lines that go on to the logger in all; others are dropped and counted. 100,000 by default, 0 to 10,000,000.</summary>
    public int MaxLogs { get; init; } = 100_000;

    /// <summary>Whether spans tell the fuel that their calls took. The engine must have been made with fuel consumption.</summary>
    public bool MeasureFuel { get; init; }

    /// <summary>Throws if an option is out of its range.</summary>
    internal void Validate()
    {
        if (Modules is not { Count: > 0 } || Modules.Any(module => module.Module is null || module.Name is null))
        {
            throw new ArgumentException("A session has at least one module, each with a name.", nameof(Modules));
        }

        if (MinimumDuration < TimeSpan.Zero || MinimumDuration > TimeSpan.FromHours(1))
        {
            throw new ArgumentOutOfRangeException(nameof(MinimumDuration), MinimumDuration, "It is between 0 and 1 hour.");
        }

        CheckRange(MaxSpans, 1_000_000, nameof(MaxSpans));
        CheckRange(MaxLogsPerSecond, 1_000_000, nameof(MaxLogsPerSecond));
        CheckRange(MaxLogs, 10_000_000, nameof(MaxLogs));
    }

    private static void CheckRange(int value, int max, string name)
    {
        if (value < 0 || value > max)
        {
            throw new ArgumentOutOfRangeException(name, value, string.Create(CultureInfo.InvariantCulture, $"It is between 0 and {max:N0}."));
        }
    }
}
