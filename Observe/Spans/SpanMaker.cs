using System.Diagnostics;
using WasmAspire.Observe.Gates;

namespace WasmAspire.Observe.Spans;

/// <summary>
/// Turns the frames of one run into Activities. Samplers, processors and listeners run in each start and stop: what they
/// throw is told once and reaches neither the guest nor the frames.
/// </summary>
internal sealed class SpanMaker(ObserveOptions options, TelemetryFailures failures)
{
    private const int ToldGates = 10;

    /// <summary>Makes the span of a frame, with the time at which the frame began.</summary>
    /// <param name="frame">A frame without a span.</param>
    /// <param name="parent">The span's parent; null makes it a root.</param>
    /// <returns>False where it is not sampled; then the frame stays without one.</returns>
    public bool TryMake(ref Frame frame, Activity? parent)
    {
        frame.Activity = Start(NameOf(frame.Key), frame.Start, parent);
        return frame.Activity is not null;
    }

    /// <summary>Makes the span of a host function's call.</summary>
    /// <param name="name">The span's name.</param>
    /// <param name="start">When it began, as a timestamp.</param>
    /// <param name="parent">The span's parent.</param>
    /// <returns>Null where it is not sampled.</returns>
    public Activity? TryMakeHostCall(string name, long start, Activity? parent) => Start(name, start, parent);

    /// <summary>Ends the span of a frame, with all that the frame has gathered.</summary>
    public void Stop(ref Frame frame, long now, ulong fuel)
    {
        var activity = frame.Activity!;
        frame.Tags?.CopyTo(activity);

        // After the guest's tags: what the host knows no guest can say otherwise.
        activity.SetTag("wasm.module", ModuleOf(frame.Module).Name);
        if (!frame.IsManual)
        {
            Describe(activity, ModuleOf(frame.Module).Module.Function(frame.Function));
        }

        if (frame.GrownPages > 0)
        {
            activity.SetTag("wasm.memory.grow", frame.GrownPages);
        }

        if (frame.Fuel > fuel)
        {
            activity.SetTag("wasm.fuel", (long)(frame.Fuel - fuel));
        }

        if (frame.Folds is { Calls: > 0 } folds)
        {
            SetFolded(activity, folds);
        }

        Stop(activity, now);
    }

    /// <summary>Ends a span.</summary>
    public void Stop(Activity activity, long now)
    {
        foreach (var (key, value) in options.SpanAttributes)
        {
            activity.SetTag(key, value);
        }

        var current = Activity.Current;
        try
        {
            activity.SetEndTime(options.Clock.ToUtc(now));
            activity.Stop();
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

    /// <summary>Puts folded calls on a span: how many, how long, and an event for each of those that took longest.</summary>
    public void SetFolded(Activity activity, FoldTable folds)
    {
        activity.SetTag("wasm.folded.calls", folds.Calls);
        activity.SetTag("wasm.folded.duration_us", Microseconds(folds.Ticks));
        foreach (var (key, calls, ticks) in folds.Longest())
        {
            activity.AddEvent(new ActivityEvent("folded", tags: new ActivityTagsCollection
            {
                { "code.function.name", NameOf(key) },
                { "wasm.folded.calls", calls },
                { "wasm.folded.duration_us", Microseconds(ticks) },
            }));
        }
    }

    /// <summary>Puts gated calls on a span: how many and of how many functions, an estimate of their time, and an event for each function with most of them.</summary>
    public void SetGated(Activity activity, SessionGates gates)
    {
        var gated = gates.Gated.ToList();
        activity.SetTag("wasm.gated.calls", gates.SkippedCalls);
        activity.SetTag("wasm.gated.functions", (long)gated.Count);
        activity.SetTag("wasm.gated.duration_us", Microseconds(gated.Sum(gate => gate.SkippedTicks)));
        foreach (var gate in gated.Take(ToldGates))
        {
            activity.AddEvent(new ActivityEvent("gated", tags: new ActivityTagsCollection
            {
                { "code.function.name", ModuleOf(gate.Module).Module.FunctionName(gate.Function) },
                { "wasm.gated.calls", gate.SkippedCalls },
                { "wasm.gated.duration_us", Microseconds(gate.SkippedTicks) },
            }));
        }
    }

    private Activity? Start(string name, long start, Activity? parent)
    {
        var current = Activity.Current;
        try
        {
            // Without a current activity the parent given is the parent, also where there is none.
            Activity.Current = null;
            var activity = ObserveSession.Source.StartActivity(
                name,
                ActivityKind.Internal,
                parent?.Context ?? default,
                startTime: options.Clock.ToUtc(start));
            return activity is { IsAllDataRequested: true } ? activity : null;
        }
        catch (Exception e)
        {
            failures.Tell(e);
            return null;
        }
        finally
        {
            Activity.Current = current;
        }
    }

    private static void Describe(Activity activity, ObservedFunction function)
    {
        activity.SetTag("code.function.name", function.Name);
        activity.SetTag("wasm.function.index", function.Index);
        if (function.RawName is { } raw)
        {
            activity.SetTag("wasm.function.raw_name", raw);
        }

        if (function.File is { } file)
        {
            activity.SetTag("code.file.path", file);
            activity.SetTag("code.line.number", function.Line);
        }
    }

    private string NameOf(in FoldKey key) =>
        key.Name ?? (key.Is(FoldKey.Other) ? "other" : ModuleOf(key.Module).Module.Function(key.Function).Name);

    private static double Microseconds(double ticks) => ticks * 1e6 / Stopwatch.Frequency;

    // The host's mistake, not the guest's: so it is told as an exception.
    private SessionModule ModuleOf(int number) => number < options.Modules.Count
        ? options.Modules[number]
        : throw new InvalidOperationException($"Imports were defined for module {number}, and the session has {options.Modules.Count}: see {nameof(ObserveOptions)}.{nameof(ObserveOptions.Modules)}.");
}
