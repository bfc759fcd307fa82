using Microsoft.AspNetCore.Http.HttpResults;

namespace WasmAspire.Requester.Problems;

/// <summary>The answers to what cannot be done, each with a stable type, what is wrong, and what to do.</summary>
internal static class Problem
{
    private const string TypePrefix = "urn:wasmaspire:problem:";

    public static ProblemHttpResult NoSuchJob(string id) =>
        Create(StatusCodes.Status404NotFound, "no-such-job", "No such job", $"There is no job '{id}'. GET /jobs lists those there are.");

    public static ProblemHttpResult InvalidModule(string detail) =>
        Create(StatusCodes.Status400BadRequest, "invalid-module", "Not a WebAssembly module", $"{detail}.");

    public static ProblemHttpResult InvalidJson(string detail) =>
        Create(StatusCodes.Status400BadRequest, "invalid-json", "The JSON cannot be read", detail);

    public static ProblemHttpResult IdempotencyConflict(string key) =>
        Create(StatusCodes.Status422UnprocessableEntity, "idempotency-conflict", "The idempotency key is taken", $"Another request came with Idempotency-Key '{key}' within the last day. Use a new key for a new request.");

    /// <summary>Fields that are wrong, by their path in the spec.</summary>
    public static ValidationProblem InvalidFields(IDictionary<string, string[]> errors) =>
        TypedResults.ValidationProblem(errors, type: TypePrefix + "invalid-fields", title: "The request has fields that are wrong");

    /// <summary>One field that is wrong.</summary>
    public static ValidationProblem InvalidField(string name, string error) =>
        InvalidFields(new Dictionary<string, string[]> { [name] = [error] });

    public static ProblemHttpResult Create(int status, string type, string title, string detail) =>
        TypedResults.Problem(detail, statusCode: status, title: title, type: TypePrefix + type);
}
