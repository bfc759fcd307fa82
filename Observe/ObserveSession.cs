using System.Diagnostics;
using WasmAspire.Observe.Logs;
using WasmAspire.Observe.Spans;

namespace WasmAspire.Observe;

/// <summary>
/// What one run of a guest reports. It belongs to the thread that runs the guest. Neither what a guest says nor what a
/// logger, processor or listener throws makes a method throw.
/// </summary>
public sealed class ObserveSession : IObserveSessionSource, IDisposable
{
    /// <summary>The <see cref="ActivitySource"/> of guest spans; add it to the tracer provider.</summary>
    public const string SourceName = "WasmAspire.Guest";

    /// <summary>The logger category of guest logs.</summary>
    public const string Category = "WasmAspire.Guest";

    internal static readonly ActivitySource Source = new(SourceName);

    private readonly ObserveOptions options;
    private readonly TelemetryFailures failures;
    private readonly SpanMaker maker;
    private readonly SpanStack spans;
    private long logs;
    private long metrics;
    private long malformed;
    private bool completed;

    private ObserveSession(ObserveOptions options)
    {
        this.options = options;
        failures = new TelemetryFailures(options);
        maker = new SpanMaker(options, failures);
        spans = new SpanStack(options, maker);
    }

    ObserveSession? IObserveSessionSource.ObserveSession => this;

    /// <summary>The span that outermost guest spans are children of from now on.</summary>
    public Activity? Parent
    {
        get => spans.Parent;
        set => spans.Parent = value;
    }

    /// <summary>How much telemetry the guest has given so far.</summary>
    public ObserveSummary Summary => new(maker.Made, spans.Folded, logs, metrics, malformed + spans.Unmatched);

    /// <summary>Begins a session.</summary>
    public static ObserveSession Start(ObserveOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var session = new ObserveSession(options);
        session.WarnOfOldNames();
        return session;
    }

    /// <summary>
    /// Ends the session: all open spans are closed, with status Error if the guest failed; a trap becomes a log record
    /// on the innermost one. The first call counts; a guest that is called later makes no more spans.
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

        spans.End(outcome.Error);
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
            if (Record(one))
            {
                metrics++;
            }
            else
            {
                malformed++;
            }
        }
    }

    private bool Record(string line)
    {
        try
        {
            return options.Metrics is null || options.Metrics.Record(line);
        }
        catch (Exception e)
        {
            // A listener's, after the measurement was made.
            failures.Tell(e);
            return true;
        }
    }

    private void WarnOfOldNames()
    {
        if (options.Logger is not { } logger || !options.Module.TakeOldNamesWarning())
        {
            return;
        }

        try
        {
            Log.OldNames(logger, options.ModuleName, ObserveImports.OldModule, ObserveImports.Api);
        }
        catch (Exception e)
        {
            failures.Tell(e);
        }
    }

    private void Emit(GuestLogRecord record)
    {
        if (options.Logger is not { } logger)
        {
            return;
        }

        var current = Activity.Current;
        try
        {
            if (logger.IsEnabled(record.Level))
            {
                // A logger takes trace and span from the current activity.
                Activity.Current = spans.Innermost();
                logger.Log(record.Level, record.EventId, record, exception: null, GuestLogRecord.Format);
            }
        }
        catch (Exception e)
        {
            failures.Tell(e);
        }
        finally
        {
            Activity.Current = current;
        }
    }
}
