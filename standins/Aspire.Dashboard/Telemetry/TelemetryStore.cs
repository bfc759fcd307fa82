using OpenTelemetry.Proto.Logs.V1;
using OpenTelemetry.Proto.Metrics.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace Aspire.Dashboard.Telemetry;

/// <summary>
/// All telemetry, in memory, within <see cref="TelemetryLimits"/>. One lock; spans and log records never change once
/// they are in, so readers take references and leave. Messages given to it are its own from then on.
/// </summary>
internal sealed partial class TelemetryStore
{
    private readonly Lock gate = new();
    private readonly Trimmer trimmer;
    private readonly ResourceStore resources;
    private readonly TraceStore traces;
    private readonly LogStore logs;
    private readonly MetricStore metrics;
    private readonly Subscribers<StoredSpan> spanSubscribers = new();
    private readonly Subscribers<StoredLog> logSubscribers = new();

    public TelemetryStore(TelemetryLimits limits)
    {
        trimmer = new(limits);
        resources = new(trimmer);
        traces = new(limits);
        logs = new(limits);
        metrics = new(trimmer);
    }

    public AddResult Add(IEnumerable<ResourceSpans> request)
    {
        var result = new AddResult();
        lock (gate)
        {
            foreach (var ofResource in request)
            {
                var resource = resources.FindOrAdd(ofResource.Resource);
                foreach (var ofScope in ofResource.ScopeSpans)
                {
                    if (resource is not null && resources.FindOrAdd(resource, ofScope.Scope) is { } scope)
                    {
                        Add(resource, scope, ofScope.Spans, result);
                    }
                    else
                    {
                        result.Reject(NoRoom, ofScope.Spans.Count);
                    }
                }
            }
        }
        return result;
    }

    public AddResult Add(IEnumerable<ResourceLogs> request)
    {
        var result = new AddResult();
        lock (gate)
        {
            foreach (var ofResource in request)
            {
                var resource = resources.FindOrAdd(ofResource.Resource);
                foreach (var ofScope in ofResource.ScopeLogs)
                {
                    if (resource is not null && resources.FindOrAdd(resource, ofScope.Scope) is { } scope)
                    {
                        Add(resource, scope, ofScope.LogRecords, result);
                    }
                    else
                    {
                        result.Reject(NoRoom, ofScope.LogRecords.Count);
                    }
                }
            }
        }
        return result;
    }

    public AddResult Add(IEnumerable<ResourceMetrics> request)
    {
        var result = new AddResult();
        lock (gate)
        {
            foreach (var ofResource in request)
            {
                var resource = resources.FindOrAdd(ofResource.Resource);
                foreach (var ofScope in ofResource.ScopeMetrics)
                {
                    if (resource is not null && resources.FindOrAdd(resource, ofScope.Scope) is { } scope)
                    {
                        resource.HasMetrics = true;
                        foreach (var metric in ofScope.Metrics)
                        {
                            metrics.Add(resource, scope, metric, result);
                        }
                    }
                    else
                    {
                        result.Reject(NoRoom, ofScope.Metrics.Sum(MetricStore.CountPoints));
                    }
                }
            }
        }
        return result;
    }

    private const string NoRoom = "There are too many resources or scopes to keep another.";

    private void Add(StoredResource resource, StoredScope scope, IEnumerable<Span> spans, AddResult result)
    {
        foreach (var message in spans)
        {
            if (TraceStore.RefuseIds(message) is { } invalid)
            {
                result.Reject(invalid);
                continue;
            }
            trimmer.Trim(message);
            var span = new StoredSpan(message, resource, scope);
            if (traces.Add(span) is { } reason)
            {
                result.Reject(reason);
                continue;
            }
            resource.HasTraces = true;
            result.Accept();
            spanSubscribers.Publish(span);
        }
    }

    private void Add(StoredResource resource, StoredScope scope, IEnumerable<LogRecord> records, AddResult result)
    {
        foreach (var message in records)
        {
            trimmer.Trim(message);
            var log = new StoredLog(message, resource, scope, MemoryEstimate.Of(message));
            logs.Add(log);
            if (log.TraceId is { } traceId)
            {
                traces.Touch(traceId);
            }
            resource.HasLogs = true;
            result.Accept();
            logSubscribers.Publish(log);
        }
    }
}
