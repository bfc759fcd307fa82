using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WasmAspire.Jobs;
using WasmAspire.Requester.Contracts;
using WasmAspire.Requester.Problems;
using WasmAspire.ServiceDefaults;
using WasmAspire.Wasm;

namespace WasmAspire.Requester.Submission;

/// <summary>Stores a job's contents and puts the job into the queue, under the span <c>send jobs</c>.</summary>
internal sealed class JobSubmitter(JobQueue queue, BlobStore blobs)
{
    /// <summary>Named as the application, so that the service defaults export it.</summary>
    private static readonly ActivitySource Source = new("WasmAspire.Requester");

    /// <summary>Submits a request that is valid in itself.</summary>
    /// <param name="request">The request.</param>
    /// <param name="idempotencyKey">The caller's word for it, or null.</param>
    /// <returns>The job's id and what the submission met.</returns>
    /// <exception cref="InvalidSubmissionException">The module is none, a content is not there, or no node has the memory.</exception>
    public async Task<(string Id, SubmitOutcome Outcome)> SubmitAsync(JobRequest request, string? idempotencyKey)
    {
        var spec = await StoreAsync(request);
        var id = JobQueue.NewId();
        using var activity = Source.StartActivity(
            $"send {queue.Name}",
            ActivityKind.Producer,
            parentContext: default,
            tags:
            [
                new("messaging.system", "redis"),
                new("messaging.destination.name", queue.Name),
                new("messaging.operation.type", "send"),
                // What today's dashboard still looks for.
                new("messaging.operation", "send"),
                new("messaging.message.id", id),
            ]);
        try
        {
            return await queue.SubmitAsync(
                id,
                spec,
                // Without a span of ours, the request's own context: a caller's "not sampled" holds for the node too.
                TraceContext.Inject(activity ?? Activity.Current),
                activity?.TraceId.ToHexString(),
                idempotencyKey is null ? null : new IdempotencyKey(idempotencyKey, Fingerprint(spec)));
        }
        catch (ExcessiveJobException e)
        {
            throw new InvalidSubmissionException(Problem.InvalidField(
                "limits.memoryBytes",
                $"{e.Message} It counts memoryBytes, outputBytes, stdoutBytes, stderrBytes, stdin and inputs together."));
        }
    }

    private async Task<JobSpec> StoreAsync(JobRequest request)
    {
        // The modules first: what is none must leave no contents behind.
        var module = await StoreModuleAsync("module", request.Module!.Sha256, request.Module.Base64);
        var imports = new List<JobImport>();
        for (var i = 0; i < request.Imports.Count; i++)
        {
            var import = request.Imports[i];
            imports.Add(new JobImport(import.Name, await StoreModuleAsync($"imports[{i}]", import.Sha256, import.Base64)));
        }

        var inputs = new List<JobInput>();
        for (var i = 0; i < request.Inputs.Count; i++)
        {
            inputs.Add(new JobInput(request.Inputs[i].Path, await StoreAsync($"inputs[{i}]", request.Inputs[i].Content)));
        }

        return new JobSpec
        {
            Name = request.Name,
            Module = module,
            Entrypoint = request.Entrypoint,
            EntrypointArgs = request.EntrypointArgs,
            Args = request.Args,
            Env = request.Env,
            Stdin = request.Stdin is { } stdin ? await StoreAsync("stdin", stdin) : null,
            Inputs = inputs,
            Outputs = [.. request.Outputs.Select(output => output.Path)],
            Imports = imports,
            Limits = request.Limits,
            MaxAttempts = request.MaxAttempts,
            Labels = request.Labels,
            Observe = request.Observe,
        };
    }

    private async Task<BlobReference> StoreModuleAsync(string field, string? sha256, byte[]? bytes)
    {
        if (bytes is null)
        {
            return await FindAsync(field, sha256!);
        }

        if (bytes.Length > Sizes.Module)
        {
            throw new BadHttpRequestException($"A module may have {Sizes.Module} bytes.", StatusCodes.Status413PayloadTooLarge);
        }

        try
        {
            WasmModule.Read(bytes);
        }
        catch (WasmFormatException e)
        {
            throw new InvalidSubmissionException(Problem.InvalidModule(field == "module" ? e.Message : $"{field}: {e.Message}"));
        }

        return await blobs.PutAsync(bytes);
    }

    private async Task<BlobReference> StoreAsync(string field, ContentRequest content)
    {
        if (content.Sha256 is { } sha256)
        {
            return await FindAsync(field, sha256);
        }

        return await blobs.PutAsync(content.Base64 ?? Encoding.UTF8.GetBytes(content.Text!));
    }

    private async Task<BlobReference> FindAsync(string field, string sha256) => await blobs.FindAsync(sha256)
        ?? throw new InvalidSubmissionException(Problem.InvalidField($"{field}.sha256", $"Nothing is stored under {sha256}. POST /modules stores a module; other content is given as text or base64 once."));

    /// <summary>The same for the same request, whichever way its contents came and in whichever order its names.</summary>
    private static string Fingerprint(JobSpec spec)
    {
        var ordered = spec with { Env = Sort(spec.Env), Labels = Sort(spec.Labels) };
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(ordered)));
    }

    private static SortedDictionary<string, string> Sort(IReadOnlyDictionary<string, string> entries) =>
        new(entries.ToDictionary(), StringComparer.Ordinal);
}
