using System.Text.Json;
using System.Text.Json.Serialization;

namespace WasmAspire.Jobs;

/// <summary>What a job is to run, as it is stored: contents are blobs, by hash.</summary>
public sealed record JobSpec
{
    /// <summary>The name of a job that was given none.</summary>
    public const string DefaultName = "module.wasm";

    /// <summary>A folder that every guest may write to, and of which nothing is kept.</summary>
    public const string TemporaryFolder = "/tmp";

    /// <summary>What people call the job, and the guest's <c>argv[0]</c>; null for <see cref="DefaultName"/>.</summary>
    public string? Name { get; init; }

    /// <summary>The module.</summary>
    public required BlobReference Module { get; init; }

    /// <summary>The exported function to call.</summary>
    public string Entrypoint { get; init; } = "_start";

    /// <summary>Its numeric arguments: numbers, or strings for i64, NaN and infinities.</summary>
    public IReadOnlyList<JsonElement> EntrypointArgs { get; init; } = [];

    /// <summary><c>argv</c> from 1 on.</summary>
    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>The environment. Its values may be secrets: they are stored here and nowhere else.</summary>
    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    /// <summary>stdin, or null for an empty one.</summary>
    public BlobReference? Stdin { get; init; }

    /// <summary>The files that the guest finds.</summary>
    public IReadOnlyList<JobInput> Inputs { get; init; } = [];

    /// <summary>The folders that the guest may write to, and whose files are kept; absolute paths in its tree.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Modules whose exports the others import, in any order.</summary>
    public IReadOnlyList<JobImport> Imports { get; init; } = [];

    /// <summary>What it may use.</summary>
    public JobLimits Limits { get; init; } = new();

    /// <summary>Bytes of a node's memory that a run may take: the guest's memory, its output, its files, and what it is given.</summary>
    [JsonIgnore]
    public long ReservedBytes =>
        Limits.MemoryBytes + Limits.OutputBytes + Limits.StdoutBytes + Limits.StderrBytes
        + (Stdin?.Bytes ?? 0) + Inputs.Sum(input => input.Content.Bytes);

    /// <summary>How often a node may try it.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>Free words to find the job by.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>What of it becomes telemetry.</summary>
    public ObserveSettings Observe { get; init; } = new();
}
