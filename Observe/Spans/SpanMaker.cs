using System.Diagnostics;

namespace WasmAspire.Observe.Spans;

/// <summary>
/// Turns the frames of one run into Activities, within its budget. Samplers, processors and listeners run in each start
/// and stop: what they throw is told once and reaches neither the guest nor the frames.
/// </summary>
internal sealed class SpanMaker(ObserveOptions options, TelemetryFailures failures)
{
    /// <summary>Spans made.</summary>
    public long Made { get; private set; }

    /// <summary>Whether the budget has room for so many more spans.</summary>
    public bool HasRoomFor(int spans) => Made + spans <= options.MaxSpans;

    /// <summary>Makes the span of a frame, with the time at which the frame began.</summary>
    /// <param name="frame">A frame without a span.</param>
    /// <param name="parent">The span's parent; null makes it a root.</param>
    /// <returns>False where it is not sampled; then the frame stays without one.</returns>
    public bool TryMake(ref Frame frame, Activity? parent)
    {
        var current = Activity.Current;
        try
        {
            // Without a current activity the parent given is the parent, also where there is none.
            Activity.Current = null;
            var activity = ObserveSession.Source.StartActivity(
                frame.Name ?? options.Module.FunctionName(frame.Function),
                ActivityKind.Internal,
                parent?.Context ?? default,
                startTime: options.Clock.ToUtc(frame.Start));
            if (activity is { IsAllDataRequested: true })
            {
                frame.Activity = activity;
                Made++;
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

        return frame.Activity is not null;
    }

    /// <summary>Ends the span of a frame, with all that the frame has gathered.</summary>
    public void Stop(ref Frame frame, long now)
    {
        var activity = frame.Activity!;
        foreach (var (key, value) in frame.Tags ?? [])
        {
            activity.SetTag(key, value);
        }

        // After the guest's tags: what the host knows no guest can say otherwise.
        activity.SetTag("wasm.module", options.ModuleName);
        if (!frame.IsManual)
        {
            activity.SetTag("code.function.name", activity.DisplayName);
            activity.SetTag("wasm.function.index", (long)(uint)frame.Function);
        }

        if (frame.GrownPages > 0)
        {
            activity.SetTag("wasm.memory.grow", frame.GrownPages);
        }

        if (frame.FoldedCalls > 0)
        {
            SetFolded(activity, frame.FoldedCalls, frame.FoldedTicks);
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

    /// <summary>Puts folded calls and their time, in <see cref="Stopwatch"/> ticks, on a span.</summary>
    public static void SetFolded(Activity? activity, long calls, long ticks) => activity?
        .SetTag("wasm.folded.calls", calls)
        .SetTag("wasm.folded.duration_us", Stopwatch.GetElapsedTime(0, ticks).TotalMicroseconds);
}
