using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace WasmAspire.Observe;

/// <summary>What a session reports, and where.</summary>
public sealed record ObserveOptions
{
    /// <summary>The module that runs.</summary>
    public required ObservedModule Module { get; init; }

    /// <summary>What people call the module in this run.</summary>
    public required string ModuleName { get; init; }

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

    /// <summary>Shorter calls become no span, unless they have a tag, a log, memory growth or a kept child.</summary>
    public TimeSpan MinimumDuration { get; init; } = TimeSpan.FromMicroseconds(20);

    /// <summary>No more spans than this; further calls are folded.</summary>
    public int MaxSpans { get; init; } = 10_000;
}
