using System.Text.Json;
using WasmAspire.Jobs;

namespace WasmAspire.Requester.Contracts;

/// <summary>What a job is to run. Only <c>module</c> is required; a partial <c>limits</c> or <c>observe</c> keeps the other defaults. Name, args, env, labels and paths may have 128 KiB together; larger data is <c>stdin</c> or <c>inputs</c>.</summary>
public sealed record JobRequest
{
    /// <summary>What people call the job, and the guest's <c>argv[0]</c>: any text without NUL to 256 bytes; missing: <c>module.wasm</c>.</summary>
    public string? Name { get; init; }

    /// <summary>The module: <c>sha256</c> or <c>base64</c>.</summary>
    public ContentRequest? Module { get; init; }

    /// <summary>The exported function to call.</summary>
    public string Entrypoint { get; init; } = "_start";

    /// <summary>Its numeric arguments: numbers, or strings for i64, NaN and infinities.</summary>
    public IReadOnlyList<JsonElement> EntrypointArgs { get; init; } = [];

    /// <summary><c>argv</c> from 1 on.</summary>
    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>The environment.</summary>
    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    /// <summary>What stdin gives.</summary>
    public ContentRequest? Stdin { get; init; }

    /// <summary>The files that the guest finds.</summary>
    public IReadOnlyList<InputRequest> Inputs { get; init; } = [];

    /// <summary>The folders whose files are kept.</summary>
    public IReadOnlyList<OutputFolder> Outputs { get; init; } = [];

    /// <summary>Modules whose exports the job's module, or another of these, imports; in any order.</summary>
    public IReadOnlyList<ImportRequest> Imports { get; init; } = [];

    /// <summary>What the job may use.</summary>
    public JobLimits Limits { get; init; } = new();

    /// <summary>How often a node may try it, 1 to 100.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>Higher goes first.</summary>
    public int Priority { get; init; }

    /// <summary>Free words to find the job by.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>What of the guest becomes telemetry.</summary>
    public ObserveSettings Observe { get; init; } = new();
}
