namespace Aspire.Dashboard.Telemetry;

/// <summary>The log records, oldest out first. Not synchronized: <see cref="TelemetryStore"/> holds the lock.</summary>
internal sealed class LogStore(TelemetryLimits limits)
{
    private readonly Queue<StoredLog> logs = [];
    private readonly Dictionary<string, Queue<StoredLog>> byTrace = [];
    private long bytes;

    /// <summary>Oldest arrival first.</summary>
    public IReadOnlyCollection<StoredLog> All => logs;

    public IReadOnlyCollection<StoredLog> OfTrace(string traceId) => byTrace.GetValueOrDefault(traceId) ?? [];

    public void Add(StoredLog log)
    {
        logs.Enqueue(log);
        bytes += log.Bytes;
        if (log.TraceId is { } traceId)
        {
            if (!byTrace.TryGetValue(traceId, out var ofTrace))
            {
                byTrace[traceId] = ofTrace = [];
            }
            ofTrace.Enqueue(log);
        }
        while (logs.Count > limits.Logs || bytes > limits.LogBytes)
        {
            Evict(logs.Dequeue());
        }
    }

    private void Evict(StoredLog log)
    {
        bytes -= log.Bytes;
        if (log.TraceId is { } traceId && byTrace.TryGetValue(traceId, out var ofTrace))
        {
            // both queues are in the order of arrival, so this one is first there too
            ofTrace.Dequeue();
            if (ofTrace.Count == 0)
            {
                byTrace.Remove(traceId);
            }
        }
    }
}
