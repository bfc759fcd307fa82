using System.Diagnostics;
using WasmAspire.Jobs;
using WasmAspire.Observe;
using WasmAspire.ServiceDefaults;

namespace WasmAspire.ComputeNode.Telemetry;

/// <summary>The spans of a node. Names and attributes follow OpenTelemetry's conventions for messaging.</summary>
internal static class NodeTelemetry
{
    /// <summary>Of the node's source and of its meter: the application's, so that the service defaults export them.</summary>
    public const string Name = "WasmAspire.ComputeNode";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>The span of the time that a job spent in the queue; it ended when the clock started.</summary>
    public static void RecordQueueWait(ClaimedJob job, JobQueue queue, SpanClock clock)
    {
        using var activity = Source.StartActivity(
            "queue wait",
            ActivityKind.Internal,
            TraceContext.Extract(job.TraceContext).ActivityContext,
            tags: [new("messaging.system", "redis"), new("messaging.destination.name", queue.Name), new("messaging.message.id", job.Id)],
            startTime: clock.Start - job.Queued);
        activity?.SetEndTime(clock.Start);
    }

    /// <summary>The span of a node's work on a job, from the clock's start on.</summary>
    public static Activity? StartProcess(ClaimedJob job, JobQueue queue, string node, SpanClock clock) =>
        Source.StartActivity(
            $"process {queue.Name}",
            ActivityKind.Consumer,
            TraceContext.Extract(job.TraceContext).ActivityContext,
            tags:
            [
                new("messaging.system", "redis"),
                new("messaging.destination.name", queue.Name),
                new("messaging.operation.type", "process"),
                // What today's dashboard still looks for.
                new("messaging.operation", "process"),
                new("messaging.message.id", job.Id),
                new("wasmaspire.job.name", job.Spec.Name ?? JobSpec.DefaultName),
                new("wasmaspire.job.attempt", job.Attempt),
                new("wasmaspire.node", node),
            ],
            startTime: clock.Start);

    /// <summary>A child of the current span: one phase of the work.</summary>
    public static Activity? StartPhase(string name, SpanClock clock) =>
        Source.StartActivity(name, ActivityKind.Internal, parentContext: default, startTime: clock.UtcNow);

    /// <summary>Ends a span by the clock that it began by.</summary>
    public static void Stop(this Activity? activity, SpanClock clock, string? error)
    {
        if (error is not null)
        {
            activity?.SetStatus(ActivityStatusCode.Error, error);
        }

        activity?.SetEndTime(clock.UtcNow);
        activity?.Stop();
    }
}
