using Microsoft.AspNetCore.Http.HttpResults;
using WasmAspire.Jobs;

namespace WasmAspire.Requester.Problems;

/// <summary>The answers to what cannot be done, each with a stable type, what is wrong, and what to do.</summary>
internal static class Problem
{
    private const string TypePrefix = "urn:wasmaspire:problem:";

    public static ProblemHttpResult NoSuchJob(string id) =>
        Create(StatusCodes.Status404NotFound, "no-such-job", "No such job", $"There is no job '{id}'. GET /jobs lists those there are.");

    public static ProblemHttpResult NoSuchOutput(string id, string path) =>
        Create(StatusCodes.Status404NotFound, "no-such-output", "No such output", $"Job '{id}' has made no file '{path}' under its output paths. GET /jobs/{id}/outputs has all that it made.");

    public static ProblemHttpResult NotFinal(string id, JobState state) =>
        Create(StatusCodes.Status409Conflict, "not-final", "The job has not ended", $"Job '{id}' is {state}; its outputs are there when it has ended. GET /jobs/{id}?wait=30 waits for that.");

    public static ProblemHttpResult InvalidModule(string detail) =>
        Create(StatusCodes.Status400BadRequest, "invalid-module", "Not a WebAssembly module", $"{detail}.");

    public static ProblemHttpResult UnsupportedFeature(string detail) =>
        Create(StatusCodes.Status400BadRequest, "unsupported-feature", "The module uses a proposal that is not supported", $"{detail}. Compile it for WebAssembly 2.0.");

    public static ProblemHttpResult InvalidJson(string detail) =>
        Create(StatusCodes.Status400BadRequest, "invalid-json", "The JSON cannot be read", detail);

    public static ProblemHttpResult InvalidMultipart(string detail) =>
        Create(StatusCodes.Status400BadRequest, "invalid-multipart", "The multipart body cannot be read", detail);

    public static ProblemHttpResult IdempotencyConflict(string key) =>
        Create(StatusCodes.Status422UnprocessableEntity, "idempotency-conflict", "The idempotency key is taken", $"Another request came with Idempotency-Key '{key}' within the last day. Use a new key for a new request.");

    /// <summary>Fields that are wrong, by their path in the spec.</summary>
    public static ValidationProblem InvalidFields(IDictionary<string, string[]> errors) =>
        TypedResults.ValidationProblem(errors, type: TypePrefix + "invalid-fields", title: "The request has fields that are wrong");

    /// <summary>One field that is wrong.</summary>
    public static ValidationProblem InvalidField(string name, string error) =>
        InvalidFields(new Dictionary<string, string[]> { [name] = [error] });

    /// <summary>What a status says by itself, where nothing more is known.</summary>
    public static ProblemHttpResult OfStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => Create(status, "not-found", "There is nothing at this address", "GET /openapi/v1.json lists what there is."),
        StatusCodes.Status405MethodNotAllowed => Create(status, "method-not-allowed", "The address does not take this method", "The header Allow lists those that it takes."),
        StatusCodes.Status408RequestTimeout => Create(status, "too-slow", "The body came too slowly", "Send it again on a faster connection."),
        StatusCodes.Status413PayloadTooLarge => Create(status, "too-large", "The body is too large", $"A module may have {Sizes.Module} bytes, a whole request {Sizes.Body}."),
        StatusCodes.Status415UnsupportedMediaType => Create(status, "unsupported-media-type", "The body is of another type", "POST /jobs takes application/json or multipart/form-data, POST /modules application/wasm, POST /instrument multipart/form-data."),
        StatusCodes.Status500InternalServerError => Create(status, "internal-error", "The requester failed", "It is not the request's fault; the requester's log says more under this traceId."),
        StatusCodes.Status503ServiceUnavailable => Create(status, "busy", "Too much comes at once", "Other requests hold the memory for bodies. Try again in a moment."),
        _ => Create(status, "bad-request", "The request cannot be answered", $"The status is {status}."),
    };

    public static ProblemHttpResult Create(int status, string type, string title, string detail) =>
        TypedResults.Problem(detail, statusCode: status, title: title, type: TypePrefix + type);
}
