using Microsoft.AspNetCore.Mvc;
using WasmAspire.Instrument;
using WasmAspire.Requester.Problems;
using WasmAspire.Requester.Submission;
using WasmAspire.Wasm;

namespace WasmAspire.Requester.Api;

/// <summary>Instrument modules: the call that users of the hosted compiler know.</summary>
internal static class InstrumentApi
{
    private const int MaxMinInstructions = 1_000_000;

    // Each pattern is tried on each function's name.
    private const int MaxPatterns = 32;
    private const int MaxPatternLength = 256;

    public static void MapInstrumentApi(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/instrument", Post)
            .WithTags("Modules")
            .Accepts<IFormFile>("multipart/form-data")
            .AddOpenApiOperationTransformer((operation, _, _) => MultipartSchema.DescribeModule(operation))
            .Produces<Stream>(contentType: "application/wasm")
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("Instrument a module: its functions report their calls to a host of the Observe API. include and exclude are globs over function names and may be given more than once");
    }

    private static async Task<IResult> Post(
        HttpRequest request,
        BodyReader body,
        [FromQuery] string[] include,
        [FromQuery] string[] exclude,
        CancellationToken cancellation,
        int? minInstructions = null)
    {
        var options = new InstrumentOptions { Include = include, Exclude = exclude };
        options = options with { MinInstructions = minInstructions ?? options.MinInstructions };
        if (Validate(options) is { Count: > 0 } errors)
        {
            return Problem.InvalidFields(errors);
        }

        try
        {
            var wasm = await ReadModuleAsync(request, body, cancellation);
            return TypedResults.Bytes(Instrumenter.Instrument(wasm, options, cancellation).Wasm, "application/wasm");
        }
        catch (InvalidSubmissionException e)
        {
            return e.Answer;
        }
        catch (UnsupportedFeatureException e)
        {
            return Problem.UnsupportedFeature(e.Message);
        }
        catch (WasmFormatException e)
        {
            return Problem.InvalidModule(e.Message);
        }
    }

    private static Dictionary<string, string[]> Validate(InstrumentOptions options)
    {
        var errors = new Dictionary<string, string[]>();
        void Check(string field, bool valid, string error)
        {
            if (!valid)
            {
                errors[field] = [error];
            }
        }

        Check("minInstructions", options.MinInstructions is >= 0 and <= MaxMinInstructions, $"Must be between 0 and {MaxMinInstructions}; it is {options.MinInstructions}.");
        Check("include", IsShort(options.Include), $"May be given {MaxPatterns} times, with {MaxPatternLength} characters each.");
        Check("exclude", IsShort(options.Exclude), $"May be given {MaxPatterns} times, with {MaxPatternLength} characters each.");
        return errors;
    }

    private static bool IsShort(IReadOnlyList<string> patterns) =>
        patterns.Count <= MaxPatterns && patterns.All(pattern => pattern.Length <= MaxPatternLength);

    private static async Task<byte[]> ReadModuleAsync(HttpRequest request, BodyReader body, CancellationToken cancellation)
    {
        byte[]? wasm = null;
        await MultipartParts.ReadAsync(request, most: 1, async (name, content) => wasm = name == "wasm"
            ? await body.ReadAsync(content, Sizes.Module, cancellation)
            : throw Invalid("multipart", $"There is no part '{name}': send 'wasm' (the module)."), cancellation);
        return wasm ?? throw Invalid("wasm", "The part is missing: it holds the module.");
    }

    private static InvalidSubmissionException Invalid(string field, string error) => new(Problem.InvalidField(field, error));
}
