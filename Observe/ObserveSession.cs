using System.Diagnostics;
using WasmAspire.Observe.Logs;
using WasmAspire.Observe.Spans;

namespace WasmAspire.Observe;

/// <summary>
/// What one run of a guest reports. It belongs to the thread that runs the guest. Nothing that a guest says makes a
/// method throw.
/// </summary>
public sealed class ObserveSession : IObserveSessionSource, IDisposable
{
    /// <summary>The <see cref="ActivitySource"/> of guest spans; add it to the tracer provider.</summary>
    public const string SourceName = "WasmAspire.Guest";

    /// <summary>The logger category of guest logs.</summary>
    public const string Category = "WasmAspire.Guest";

    internal static readonly ActivitySource Source = new(SourceName);

    private readonly ObserveOptions options;
    private readonly SpanStack spans;
    private long logs;
    private long metrics;
    private long malformed;
    private bool completed;

    private ObserveSession(ObserveOptions options)
    {
        this.options = options;
        spans = new SpanStack(options);
    }

    ObserveSession? IObserveSessionSource.ObserveSession => this;

    /// <summary>The span that outermost guest spans are children of from now on.</summary>
    public Activity? Parent
    {
        get => spans.Parent;
        set => spans.Parent = value;
    }

    /// <summary>How much telemetry the guest has given so far.</summary>
    public ObserveSummary Summary => new(spans.Made, spans.Folded, logs, metrics, malformed + spans.Unmatched);

    /// <summary>Begins a session.</summary>
    public static ObserveSession Start(ObserveOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var session = new ObserveSession(options);
        if (options.Module.TakeOldNamesWarning() && options.Logger is { } logger)
        {
            Log.OldNames(logger, options.ModuleName, ObserveImports.OldModule, ObserveImports.Api);
        }

        return session;
    }

    /// <summary>
    /// Ends the session: all open spans are closed, with status Error if the guest failed; a trap becomes a log record
    /// on the innermost one.
    /// </summary>
    public void Complete(GuestOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        if (completed)
        {
            return;
        }

        completed = true;
        if (outcome.TrapType is not null)
        {
            Emit(GuestLogRecord.Trap(outcome, options));
        }

        spans.CloseAll(outcome.Error);
    }

    /// <summary>Ends a session that nobody completed, as a success.</summary>
    public void Dispose() => Complete(GuestOutcome.Success);

    internal void EnterFunction(int function) => spans.EnterFunction(function);

    internal void ExitFunction(int function) => spans.ExitFunction(function);

    internal void GrowMemory(int pages) => spans.Grow((uint)pages);

    internal void EnterSpan(string? name)
    {
        if (name is null)
        {
            malformed++;
        }

        // Opened all the same: its exit must close nothing else.
        spans.EnterSpan(name ?? "(name outside memory)");
    }

    internal void ExitSpan() => spans.ExitSpan();

    internal void TagSpan(string? tags)
    {
        if (tags is null)
        {
            malformed++;
        }
        else
        {
            spans.Tag(tags);
        }
    }

    internal void LogLine(int level, string? message)
    {
        if (message is null)
        {
            malformed++;
        }
        else
        {
            logs++;
            Emit(GuestLogRecord.Line(level, message, options));
        }
    }

    internal void Measure(int format, string? line)
    {
        const int Statsd = 1;
        if (line is null || format != Statsd)
        {
            malformed++;
            return;
        }

        foreach (var one in line.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (options.Metrics is null || options.Metrics.Record(one))
            {
                metrics++;
            }
            else
            {
                malformed++;
            }
        }
    }

    private void Emit(GuestLogRecord record)
    {
        if (options.Logger is not { } logger || !logger.IsEnabled(record.Level))
        {
            return;
        }

        // A logger takes trace and span from the current activity.
        var current = Activity.Current;
        Activity.Current = spans.Innermost();
        logger.Log(record.Level, record.EventId, record, exception: null, GuestLogRecord.Format);
        Activity.Current = current;
    }
}
