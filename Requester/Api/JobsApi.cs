using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using WasmAspire.Jobs;
using WasmAspire.Requester.Contracts;
using WasmAspire.Requester.Events;
using WasmAspire.Requester.Problems;
using WasmAspire.Requester.Submission;

namespace WasmAspire.Requester.Api;

/// <summary>Submit, list, show and follow jobs.</summary>
internal static class JobsApi
{
    private const int MaxWaitSeconds = 120;
    private const int MaxPage = 500;
    private const int MaxIdempotencyKey = 255;
    private const string PlainText = "text/plain; charset=utf-8";

    public static void MapJobsApi(this IEndpointRouteBuilder routes)
    {
        // Whole paths: a group's prefix would name the span of a submission "POST /jobs/".
        var jobs = routes.MapGroup("").WithTags("Jobs");
        jobs.MapPost("/jobs", Submit)
            .Accepts<JobRequest>("application/json", "multipart/form-data")
            .Produces<JobView>(StatusCodes.Status202Accepted)
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithSummary("Submit a job");
        jobs.MapGet("/jobs", List).WithSummary("List jobs, newest first");
        jobs.MapGet("/jobs/events", Follow).WithSummary("Follow all jobs: one server-sent event a state change");
        jobs.MapGet("/jobs/{id}", Get).WithSummary("Show a job; with wait, as soon as it is final or after that many seconds");
        jobs.MapGet("/jobs/{id}/stdout", GetStdout).Produces<string>(contentType: "text/plain").ProducesProblem(StatusCodes.Status404NotFound).WithSummary("What the job wrote to stdout");
        jobs.MapGet("/jobs/{id}/stderr", GetStderr).Produces<string>(contentType: "text/plain").ProducesProblem(StatusCodes.Status404NotFound).WithSummary("What the job wrote to stderr");
    }

    private static async Task<IResult> Submit(HttpRequest request, JobSubmitter submitter, JobStore store, JobViews views, ILoggerFactory loggers, CancellationToken cancellation)
    {
        var key = request.Headers["Idempotency-Key"].ToString();
        if (key.Length > MaxIdempotencyKey)
        {
            return Problem.InvalidField("Idempotency-Key", $"May have {MaxIdempotencyKey} characters.");
        }

        try
        {
            var spec = await SubmissionReader.ReadAsync(request, cancellation);
            if (JobRequestValidator.Validate(spec) is { Count: > 0 } errors)
            {
                return Problem.InvalidFields(errors);
            }

            var (id, outcome) = await submitter.SubmitAsync(spec, key.Length == 0 ? null : key);
            if (outcome == SubmitOutcome.Different)
            {
                return Problem.IdempotencyConflict(key);
            }

            Log.Accepted(loggers.CreateLogger(typeof(JobsApi)), id);
            return await store.GetAsync(id) is { } job
                ? TypedResults.Accepted($"/jobs/{id}", views.Of(job))
                : Problem.NoSuchJob(id);
        }
        catch (InvalidSubmissionException e)
        {
            return e.Answer;
        }
    }

    private static async Task<Results<Ok<JobPage>, ValidationProblem>> List(JobViews views, JobListing listing, JobState? state = null, string? label = null, int limit = 50, string? after = null)
    {
        if (limit is < 1 or > MaxPage)
        {
            return Problem.InvalidField("limit", $"Must be between 1 and {MaxPage}; it is {limit}.");
        }

        if (label is not null && !label.Contains(':', StringComparison.Ordinal))
        {
            return Problem.InvalidField("label", "Must be name:value.");
        }

        var (jobs, next) = await listing.ReadAsync(state, label, limit, after);
        return TypedResults.Ok(new JobPage([.. jobs.Select(views.Of)], next));
    }

    private static async Task<Results<Ok<JobView>, ValidationProblem, ProblemHttpResult>> Get(string id, JobEvents events, JobViews views, CancellationToken cancellation, double wait = 0)
    {
        if (wait is not (>= 0 and <= MaxWaitSeconds))
        {
            return Problem.InvalidField("wait", $"Must be between 0 and {MaxWaitSeconds} seconds.");
        }

        return await events.WaitForFinalAsync(id, TimeSpan.FromSeconds(wait), cancellation) is { } job
            ? TypedResults.Ok(await views.WithOutputAsync(job))
            : Problem.NoSuchJob(id);
    }

    private static Task<IResult> GetStdout(string id, JobStore store, JobEvents events, CancellationToken cancellation, bool follow = false) =>
        GetOutput(id, store.GetStdoutAsync, events, follow, cancellation);

    private static Task<IResult> GetStderr(string id, JobStore store, JobEvents events, CancellationToken cancellation, bool follow = false) =>
        GetOutput(id, store.GetStderrAsync, events, follow, cancellation);

    private static async Task<IResult> GetOutput(string id, Func<string, long, Task<byte[]>> read, JobEvents events, bool follow, CancellationToken cancellation)
    {
        // A node stores what a job wrote when the job ends: to follow is to wait for that.
        var patience = follow ? Timeout.InfiniteTimeSpan : TimeSpan.Zero;
        return await events.WaitForFinalAsync(id, patience, cancellation) is null
            ? Problem.NoSuchJob(id)
            : TypedResults.Bytes(await read(id, long.MaxValue), PlainText);
    }

    private static async Task Follow(HttpContext context, JobEvents events, IOptions<JsonOptions> json, CancellationToken cancellation)
    {
        // Written here and not by TypedResults.ServerSentEvents, which sends no header before the first event: a client
        // could not tell an open connection from one that hangs.
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache, no-store";
        await context.Response.Body.FlushAsync(cancellation);
        await SseFormatter.WriteAsync(
            Items(events.ListenAsync(cancellation)),
            context.Response.Body,
            (item, writer) =>
            {
                using var text = new Utf8JsonWriter(writer);
                JsonSerializer.Serialize(text, item.Data, json.Value.SerializerOptions);
            },
            cancellation);
    }

    private static async IAsyncEnumerable<SseItem<JobEvent>> Items(IAsyncEnumerable<JobEvent> changes)
    {
        await foreach (var change in changes)
        {
            yield return new SseItem<JobEvent>(change, "job");
        }
    }
}
