namespace Aspire.Dashboard.Telemetry;

/// <summary>What one resource has in a trace.</summary>
internal sealed record ResourceShare(StoredResource Resource, ulong FirstStart, int Spans, int Errors);
