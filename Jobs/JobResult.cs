using System.Text.Json;

namespace WasmAspire.Jobs;

/// <summary>How a job ended, as its node reports it.</summary>
public sealed record JobResult
{
    /// <summary>One of the final states.</summary>
    public required JobState State { get; init; }

    /// <summary>Why it did not complete; null if it did.</summary>
    public JobReason? Reason { get; init; }

    /// <summary>The reason in words, with figures and what to do; null if there is nothing to say.</summary>
    public string? Message { get; init; }

    /// <summary>The unsigned 32-bit number that the guest gave; null if it gave none.</summary>
    public long? ExitCode { get; init; }

    /// <summary>The entry point's results: numbers, or strings for i64, NaN and infinities.</summary>
    public IReadOnlyList<JsonElement> Results { get; init; } = [];

    /// <summary>What it used.</summary>
    public JobUsage Usage { get; init; } = new();

    /// <summary>How much telemetry it gave.</summary>
    public JobTelemetry Telemetry { get; init; } = new();
}
