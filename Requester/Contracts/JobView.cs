using System.Text.Json;
using WasmAspire.Jobs;

namespace WasmAspire.Requester.Contracts;

/// <summary>A job: its spec (contents by hash and size, environment values left out) and what became of it.</summary>
public sealed record JobView
{
    /// <summary>The job's id: a ULID.</summary>
    public required string Id { get; init; }

    /// <summary>Where it stands.</summary>
    public required JobState State { get; init; }

    /// <summary>Why it did not complete.</summary>
    public JobReason? Reason { get; init; }

    /// <summary>The reason in words.</summary>
    public string? Message { get; init; }

    /// <summary>The unsigned 32-bit number that the guest gave.</summary>
    public long? ExitCode { get; init; }

    /// <summary>The entry point's results: numbers, or strings for i64, NaN and infinities.</summary>
    public IReadOnlyList<JsonElement> Results { get; init; } = [];

    /// <summary>The first 4,096 bytes of stdout as text, of what it has written so far; null in lists.</summary>
    public string? Stdout { get; init; }

    /// <summary>The first 4,096 bytes of stderr as text, of what it has written so far; null in lists.</summary>
    public string? Stderr { get; init; }

    /// <summary>How often a node has taken it.</summary>
    public int Attempt { get; init; }

    /// <summary>The node that has it or had it last.</summary>
    public string? Node { get; init; }

    /// <summary>The trace it belongs to.</summary>
    public string? TraceId { get; init; }

    /// <summary>The trace in the dashboard; null where no <c>Dashboard:Url</c> is configured.</summary>
    public string? TraceUrl { get; init; }

    /// <summary>When it was accepted.</summary>
    public DateTimeOffset SubmittedAt { get; init; }

    /// <summary>When a node took it.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it became final.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>From acceptance until a node took it.</summary>
    public double? QueueMilliseconds { get; init; }

    /// <summary>From then until it became final.</summary>
    public double? RunMilliseconds { get; init; }

    /// <summary>What it used.</summary>
    public JobUsage? Usage { get; init; }

    /// <summary>How much telemetry the guest gave.</summary>
    public JobTelemetry? Telemetry { get; init; }

    /// <summary>What people call the job.</summary>
    public string? Name { get; init; }

    /// <summary>The module.</summary>
    public required BlobReference Module { get; init; }

    /// <summary>The exported function called.</summary>
    public required string Entrypoint { get; init; }

    /// <summary>Its arguments.</summary>
    public IReadOnlyList<JsonElement> EntrypointArgs { get; init; } = [];

    /// <summary><c>argv</c> from 1 on.</summary>
    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>The environment's names; a value may be a secret and is never given back.</summary>
    public required IReadOnlyDictionary<string, string?> Env { get; init; }

    /// <summary>stdin.</summary>
    public BlobReference? Stdin { get; init; }

    /// <summary>The files that the guest found.</summary>
    public IReadOnlyList<InputView> Inputs { get; init; } = [];

    /// <summary>The folders whose files are kept.</summary>
    public IReadOnlyList<OutputFolder> Outputs { get; init; } = [];

    /// <summary>Modules whose exports the others import.</summary>
    public IReadOnlyList<JobImportView> Imports { get; init; } = [];

    /// <summary>What it might use.</summary>
    public required JobLimits Limits { get; init; }

    /// <summary>How often a node may try it.</summary>
    public int MaxAttempts { get; init; }

    /// <summary>Higher goes first.</summary>
    public int Priority { get; init; }

    /// <summary>Free words to find the job by.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>What of the guest became telemetry.</summary>
    public required ObserveSettings Observe { get; init; }
}
