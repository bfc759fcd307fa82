namespace Aspire.Dashboard.Api;

/// <summary>A resource as /api/telemetry/resources tells of it.</summary>
internal sealed record ResourceEntry(string Name, string? InstanceId, string DisplayName, bool HasLogs, bool HasTraces, bool HasMetrics);
