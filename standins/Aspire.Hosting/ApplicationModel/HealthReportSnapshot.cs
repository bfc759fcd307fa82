using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a health check said last.</summary>
public sealed class HealthReportSnapshot
{
    internal HealthReportSnapshot(string name, HealthStatus? status, string? description)
    {
        Name = name;
        Status = status;
        Description = description;
    }

    /// <summary>The check's key.</summary>
    public string Name { get; }

    /// <summary>Null until it has run.</summary>
    public HealthStatus? Status { get; }

    /// <summary>Why it is not healthy.</summary>
    public string? Description { get; }
}
