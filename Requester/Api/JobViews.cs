using System.Text;
using Microsoft.Extensions.Options;
using WasmAspire.Jobs;
using WasmAspire.Requester.Contracts;

namespace WasmAspire.Requester.Api;

/// <summary>Jobs as the API shows them.</summary>
internal sealed class JobViews(JobStore store, IOptions<DashboardOptions> dashboard)
{
    // Enough to see what a job said; the rest is at /stdout and /stderr.
    private const int HeadBytes = 4096;

    /// <summary>A job without its output.</summary>
    public JobView Of(JobRecord job)
    {
        var spec = job.Spec;
        return new JobView
        {
            Id = job.Id,
            State = job.State,
            Reason = job.Result?.Reason,
            Message = job.Result?.Message,
            ExitCode = job.Result?.ExitCode,
            Results = job.Result?.Results ?? [],
            Attempt = job.Attempt,
            Node = job.Node,
            TraceId = job.TraceId,
            TraceUrl = TraceUrl(job.TraceId),
            SubmittedAt = job.SubmittedAt,
            StartedAt = job.StartedAt,
            FinishedAt = job.FinishedAt,
            QueueMilliseconds = (job.StartedAt - job.SubmittedAt)?.TotalMilliseconds,
            RunMilliseconds = (job.FinishedAt - job.StartedAt)?.TotalMilliseconds,
            Usage = job.Result?.Usage,
            Telemetry = job.Result?.Telemetry,
            Name = spec.Name,
            Module = spec.Module,
            Entrypoint = spec.Entrypoint,
            EntrypointArgs = spec.EntrypointArgs,
            Args = spec.Args,
            Env = spec.Env.ToDictionary(variable => variable.Key, _ => (string?)null),
            Stdin = spec.Stdin,
            Inputs = [.. spec.Inputs.Select(input => new InputView(input.Path, input.Content.Sha256, input.Content.Bytes))],
            Outputs = [.. spec.Outputs.Select(path => new OutputFolder { Path = path })],
            Imports = [.. spec.Imports.Select(import => new JobImportView(import.Name, import.Module.Sha256, import.Module.Bytes))],
            Limits = spec.Limits,
            MaxAttempts = spec.MaxAttempts,
            Labels = spec.Labels,
            Observe = spec.Observe,
        };
    }

    /// <summary>A job with the beginning of what it has written so far.</summary>
    public async Task<JobView> WithOutputAsync(JobRecord job) => Of(job) with
    {
        Stdout = Text(await store.GetStdoutAsync(job.Id, HeadBytes)),
        Stderr = Text(await store.GetStderrAsync(job.Id, HeadBytes)),
    };

    /// <summary>Bytes as text; a character that the head cuts in two is left out.</summary>
    private static string Text(byte[] head)
    {
        var text = new char[head.Length];
        var length = Encoding.UTF8.GetDecoder().GetChars(head, text, flush: head.Length < HeadBytes);
        return new string(text, 0, length);
    }

    private string? TraceUrl(string? traceId) =>
        traceId is not null && dashboard.Value.Url is { Length: > 0 } url ? $"{url.TrimEnd('/')}/traces/detail/{traceId}" : null;
}
