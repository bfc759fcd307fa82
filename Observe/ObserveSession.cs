using System.Diagnostics;
using WasmAspire.Observe.Calibration;
using WasmAspire.Observe.Logs;
using WasmAspire.Observe.Metrics;
using WasmAspire.Observe.Spans;
using WasmAspire.Wasm;
using Wasmtime;

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
    private readonly SpanBudget budget;
    private readonly SpanStack spans;
    private readonly GuestNames names = new();
    private readonly GuestLogs logs;
    private readonly SessionMetrics? metrics;
    private long malformed;
    private bool completed;

    private ObserveSession(ObserveOptions options, CalibratedCost cost)
    {
        this.options = options;
        failures = new TelemetryFailures(options);
        budget = new SpanBudget(options.MaxSpans, options.Admission);
        spans = new SpanStack(options, new SpanMaker(options, failures), budget, cost);
        logs = new GuestLogs(options, failures);
        metrics = options.Metrics?.Open(failures.Tell);
    }

    ObserveSession? IObserveSessionSource.ObserveSession => this;

    /// <summary>The span that outermost guest spans are children of from now on.</summary>
    public Activity? Parent
    {
        get => spans.Parent;
        set => spans.Parent = value;
    }

    /// <summary>How much telemetry the guest has given so far.</summary>
    public ObserveSummary Summary => new(
        budget.Made,
        spans.Folded,
        logs.Given,
        metrics?.Recorded ?? 0,
        malformed + spans.Unmatched + (metrics?.Malformed ?? 0),
        logs.Dropped,
        metrics?.Dropped ?? 0,
        spans.Gated);

    /// <summary>Begins a session.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static ObserveSession Start(ObserveOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Start(options, SpanStack.MakesSpans(options) ? CalibratedCost.OfProcess : CalibratedCost.None);
    }

    /// <summary>
    /// Tells of an instance of the run, right after its instantiation: from then on calls of its hot functions may pass
    /// unseen, if its module has gates (<see cref="ObserveOptions.Gates"/>). It lives in the session's store. Of several
    /// instances of one number the first counts.
    /// </summary>
    /// <param name="instance">The instance.</param>
    /// <param name="module">The number in <see cref="ObserveOptions.Modules"/> of its module.</param>
    public void Attach(Instance instance, int module = 0)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentOutOfRangeException.ThrowIfNegative(module);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(module, options.Modules.Count);
        if (options.Gates && !completed)
        {
            spans.Attach(instance, module, options.Modules[module].Module);
        }
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
        if (outcome.Error is not null)
        {
            spans.Fail();
        }

        if (outcome.Exception is { } trap)
        {
            var stack = GuestStack.Read(trap, options.Modules, spans.OpenCalls);
            Emit(GuestLogRecord.Trap(trap.Type.ToString(), outcome.Error!, stack, options));
        }

        spans.End(outcome.Error);
        if (logs.Dropped > 0)
        {
            Emit(GuestLogRecord.LinesDropped(logs.Dropped, options));
        }
    }

    /// <summary>
    /// Tells of a call of a host function that has just ended: a span under the innermost open one by the rules for
    /// guests' calls, else a folded call.
    /// </summary>
    /// <param name="name">The span's name: one of a few, never the guest's.</param>
    /// <param name="start">When the call began: a <see cref="Stopwatch.GetTimestamp"/>.</param>
    /// <param name="state">What <paramref name="describe"/> needs.</param>
    /// <param name="describe">Puts attributes on the span; called for a kept one only. It must not throw.</param>
    public void HostCall<TState>(string name, long start, in TState state, Action<Activity, TState> describe)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(describe);
        spans.HostCall(name, start, state, describe);
    }

    /// <summary>Ends a session that nobody completed, as a success.</summary>
    public void Dispose() => Complete(GuestOutcome.Success);

    /// <summary>The time of the calls directly below the innermost one that is open, in <see cref="Stopwatch"/> ticks.</summary>
    internal long TicksBelowInnermost => spans.TicksBelowInnermost;

    /// <summary>Begins a session for which observing a call costs what is given.</summary>
    internal static ObserveSession Start(ObserveOptions options, CalibratedCost cost)
    {
        options.Validate();
        var session = new ObserveSession(options, cost);
        session.WarnOfOldNames();
        return session;
    }

    internal void EnterFunction(Caller caller, int module, int function) => spans.EnterFunction(module, function, Fuel(caller));

    internal void ExitFunction(Caller caller, int module, int function) => spans.ExitFunction(module, function, Fuel(caller));

    internal void GrowMemory(Caller caller, int module, int pages)
    {
        // Where there are several memories, a growth does not say which.
        var grows = module < options.Modules.Count && options.Modules[module].Module.ExportsItsOnlyMemory;
        spans.Grow((uint)pages, grows ? caller.GetMemory("memory") : null);
    }

    internal void EnterSpan(Caller caller, int module, long pointer, int length)
    {
        string name;
        if (GuestText.TrySlice(caller, pointer, length, out var bytes))
        {
            name = names.Get(bytes);
        }
        else
        {
            malformed++;
            // Opened all the same: its exit must close nothing else.
            name = "(name outside memory)";
        }

        spans.EnterSpan(module, name, Fuel(caller));
    }

    internal void ExitSpan(Caller caller) => spans.ExitSpan(Fuel(caller));

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

    internal void LogLine(Caller caller, int module, int level, long pointer, int length)
    {
        spans.Hear();
        if (!GuestText.TrySlice(caller, pointer, length, out var bytes))
        {
            malformed++;
        }
        else if (logs.Take(module, level, bytes) is { } record)
        {
            Emit(record);
        }
    }

    internal void Measure(Caller caller, int format, long pointer, int length)
    {
        const int Statsd = 1;
        spans.Hear();
        if (format != Statsd || !GuestText.TrySlice(caller, pointer, length, out var bytes))
        {
            malformed++;
        }
        else if (metrics is not null)
        {
            var current = Activity.Current;
            try
            {
                // An exemplar takes trace and span from the current activity; a measurement makes none.
                Activity.Current = spans.NearestMade();
                metrics.Record(bytes);
            }
            finally
            {
                Activity.Current = current;
            }
        }
    }

    private ulong Fuel(Caller caller) => options.MeasureFuel ? caller.Fuel : 0;

    private void Guarded(Action tell)
    {
        try
        {
            tell();
        }
        catch (Exception e)
        {
            failures.Tell(e);
        }
    }

    private void WarnOfOldNames()
    {
        foreach (var (module, name) in options.Modules)
        {
            if (options.Logger is { } logger && module.TakeOldNamesWarning())
            {
                Guarded(() => Log.OldNames(logger, name, ObserveAbi.OldModule, ObserveAbi.Api));
            }
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
