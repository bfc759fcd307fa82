using System.Collections.Concurrent;
using System.Diagnostics;
using WasmAspire.Observe;

namespace WasmAspire.Tests.ComputeNode;

/// <summary>
/// A trace of the test's own, and the spans that nodes of this process make in it. Other tests' jobs belong to no trace:
/// nothing of them is sampled for this one's sake.
/// </summary>
internal sealed class RecordedTrace : IDisposable
{
    private readonly ActivityTraceId id = ActivityTraceId.CreateRandom();
    private readonly ConcurrentQueue<Activity> ended = new();
    private readonly ActivityListener listener;

    public RecordedTrace()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "WasmAspire.ComputeNode" or ObserveSession.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => options.Parent.TraceId != id ? ActivitySamplingResult.None
                : options.Parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? ActivitySamplingResult.AllDataAndRecorded
                : options.Parent.IsRemote ? ActivitySamplingResult.PropagationData
                : ActivitySamplingResult.None,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == id)
                {
                    ended.Enqueue(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>The trace's id, 32 hexadecimal digits.</summary>
    public string Id => id.ToHexString();

    /// <summary>What a job is submitted with, to belong to this trace.</summary>
    /// <param name="flags">01: sampled; 00: not.</param>
    /// <param name="more">Other entries.</param>
    public Dictionary<string, string> Context(string flags = "01", params ReadOnlySpan<(string Name, string Value)> more)
    {
        var context = new Dictionary<string, string> { ["traceparent"] = $"00-{Id}-b7ad6b7169203331-{flags}" };
        foreach (var (name, value) in more)
        {
            context[name] = value;
        }

        return context;
    }

    /// <summary>The one span of this name.</summary>
    public Activity Span(string name) => ended.Single(span => span.OperationName == name);

    /// <summary>The guest's spans, by their start.</summary>
    public IReadOnlyList<Activity> GuestSpans => [.. ended.Where(span => span.Source.Name == ObserveSession.SourceName).OrderBy(span => span.StartTimeUtc)];

    public void Dispose() => listener.Dispose();
}
