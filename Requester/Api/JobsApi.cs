using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
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
    private const int MaxPage = 200;
    private const int MaxIdempotencyKey = 255;
    // A node hears within milliseconds, or looks within a second; then its guest ends, and what it wrote is stored.
    private static readonly TimeSpan NodePatience = TimeSpan.FromSeconds(3);

    private const string PlainText = "text/plain; charset=utf-8";

    public static void MapJobsApi(this IEndpointRouteBuilder routes)
    {
        // Whole paths: a group's prefix would name the span of a submission "POST /jobs/".
        var jobs = routes.MapGroup("").WithTags("Jobs").ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        jobs.MapPost("/jobs", Submit)
            .Accepts<JobRequest>("application/json", "multipart/form-data")
            .AddOpenApiOperationTransformer(MultipartSchema.DescribeSubmission)
            .Produces<JobView>(StatusCodes.Status202Accepted)
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithSummary("Submit a job");
        jobs.MapGet("/jobs", List)
            .WithSummary("List jobs, newest first; label=name:value may be given more than once");
        jobs.MapGet("/jobs/events", Follow)
            .Produces<JobEvent>(contentType: "text/event-stream")
            .WithSummary("Follow all jobs: one server-sent event a state change");
        jobs.MapGet("/jobs/{id}", Get)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Show a job; with wait, as soon as it is final or after that many seconds");
        jobs.MapGet("/jobs/{id}/stdout", GetStdout)
            .Produces<string>(contentType: "text/plain")
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("What the job wrote to stdout; with follow, until it is final");
        jobs.MapGet("/jobs/{id}/stderr", GetStderr)
            .Produces<string>(contentType: "text/plain")
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("What the job wrote to stderr; with follow, until it is final");
        jobs.MapPost("/jobs/{id}/cancel", Cancel)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Cancel a job; one that is final stays as it is");
    }

    private static async Task<IResult> Submit(HttpRequest request, SubmissionReader reader, JobSubmitter submitter, JobStore store, JobViews views, ILoggerFactory loggers, CancellationToken cancellation)
    {
        string?[] keys = [.. request.Headers["Idempotency-Key"]];
        if (keys is not ([] or [{ Length: > 0 and <= MaxIdempotencyKey }]))
        {
            return Problem.InvalidField("Idempotency-Key", $"Must be one text of 1 to {MaxIdempotencyKey} characters.");
        }

        try
        {
            var spec = await reader.ReadAsync(request, cancellation);
            if (JobRequestValidator.Validate(spec) is { Count: > 0 } errors)
            {
                return Problem.InvalidFields(errors);
            }

            var (id, outcome) = await submitter.SubmitAsync(spec, keys is [var key] ? key : null);
            if (outcome == SubmitOutcome.Different)
            {
                return Problem.IdempotencyConflict(keys[0]!);
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

    private static async Task<Results<Ok<JobPage>, ValidationProblem>> List(JobStore store, JobListing listing, JobViews views, string[] label, string? state = null, int limit = 50, string? after = null)
    {
        // By name: Enum.Parse would take numbers, and lists that it adds up.
        var states = Enum.GetValues<JobState>().Where(known => known.ToString().Equals(state, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (state is not null && states is [])
        {
            return Problem.InvalidField("state", $"Must be one of {string.Join(", ", Enum.GetNames<JobState>())}.");
        }

        Label?[] labels = [.. label.Select(Label.Parse)];
        if (labels.Contains(null))
        {
            return Problem.InvalidField("label", "Must be name:value.");
        }

        if (limit is < 1 or > MaxPage)
        {
            return Problem.InvalidField("limit", $"Must be between 1 and {MaxPage}; it is {limit}.");
        }

        if (after is not null && await store.GetAsync(after) is null)
        {
            return Problem.InvalidField("after", $"There is no job '{after}'. Give the next of the page before, or leave it out.");
        }

        var (jobs, next) = await listing.ReadAsync(states is [var only] ? only : null, [.. labels.OfType<Label>()], limit, after);
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

    private static Task<IResult> GetStdout(string id, HttpContext context, JobStore store, JobEvents events, bool follow = false) =>
        GetOutput(id, OutputStream.Stdout, context, store, events, follow);

    private static Task<IResult> GetStderr(string id, HttpContext context, JobStore store, JobEvents events, bool follow = false) =>
        GetOutput(id, OutputStream.Stderr, context, store, events, follow);

    private static async Task<IResult> GetOutput(string id, OutputStream stream, HttpContext context, JobStore store, JobEvents events, bool follow)
    {
        if (await store.GetAsync(id) is not { } job)
        {
            return Problem.NoSuchJob(id);
        }

        return job.IsFinal || !follow
            ? TypedResults.Bytes(await store.GetOutputAsync(id, stream, 0, long.MaxValue), PlainText)
            : TypedResults.Stream(body => FollowOutput(id, stream, context, store, events, body), PlainText);
    }

    private static async Task FollowOutput(string id, OutputStream stream, HttpContext context, JobStore store, JobEvents events, Stream body)
    {
        // The headers go out at once, so that a client can tell an open connection from one that hangs.
        await body.FlushAsync(context.RequestAborted);
        await foreach (var piece in events.FollowOutputAsync(id, stream, context.RequestAborted))
        {
            await body.WriteAsync(piece, context.RequestAborted);
            await body.FlushAsync(context.RequestAborted);
        }

        if (events.Stopping.IsCancellationRequested || await store.GetAsync(id) is null)
        {
            // The service stops, or Redis has lost the job. A clean end would say that this was all of the output.
            context.Abort();
        }
    }

    private static async Task<Results<Ok<JobView>, ProblemHttpResult>> Cancel(string id, JobQueue queue, JobEvents events, JobViews views, ILoggerFactory loggers, CancellationToken cancellation)
    {
        if (await queue.CancelAsync(id) == JobState.Running)
        {
            // Also where the caller has gone meanwhile: only the time that has passed says that the node is gone.
            var job = await events.WaitForFinalAsync(id, NodePatience, CancellationToken.None);
            if (job is { IsFinal: false } && !events.Stopping.IsCancellationRequested)
            {
                // It shall have no say in the job any more either.
                await queue.CancelAsync(id, withoutNode: true);
            }
        }

        if (await events.WaitForFinalAsync(id, TimeSpan.Zero, cancellation) is not { } shown)
        {
            return Problem.NoSuchJob(id);
        }

        Log.Cancelled(loggers.CreateLogger(typeof(JobsApi)), id, shown.State);
        return TypedResults.Ok(await views.WithOutputAsync(shown));
    }

    private static async Task Follow(HttpContext context, JobEvents events, IOptions<JsonOptions> json, CancellationToken cancellation)
    {
        // Written here and not by TypedResults.ServerSentEvents, which sends no header before the first event: a client
        // could not tell an open connection from one that hangs.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, events.Stopping);
        using var listener = events.Listen();
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache, no-store";
        await context.Response.Body.FlushAsync(cancellation);
        await SseFormatter.WriteAsync(
            Items(listener, end.Token),
            context.Response.Body,
            (item, writer) =>
            {
                using var text = new Utf8JsonWriter(writer);
                JsonSerializer.Serialize(text, item.Data, json.Value.SerializerOptions);
            },
            cancellation);
    }

    private static async IAsyncEnumerable<SseItem<JobEvent>> Items(JobListener listener, [EnumeratorCancellation] CancellationToken end)
    {
        while (await listener.ReadAsync(end) is { } change)
        {
            yield return new SseItem<JobEvent>(change, "job");
        }
    }
}
