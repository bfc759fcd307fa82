namespace Aspire.StackExchange.Redis;

/// <summary>How a service connects to Redis; from the section <c>Aspire:StackExchange:Redis</c>, then from code.</summary>
public sealed class StackExchangeRedisSettings
{
    /// <summary>StackExchange.Redis's configuration; <c>ConnectionStrings:NAME</c> wins over the section.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Registers no health check. Default: false.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Makes no spans of Redis commands. The stand-in never does: set it, so that both ways give the same traces. Default: false.</summary>
    public bool DisableTracing { get; set; }
}
