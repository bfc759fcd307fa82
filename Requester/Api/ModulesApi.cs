using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using WasmAspire.Jobs;
using WasmAspire.Requester.Contracts;
using WasmAspire.Requester.Problems;
using WasmAspire.Requester.Submission;
using WasmAspire.Wasm;

namespace WasmAspire.Requester.Api;

/// <summary>Upload modules.</summary>
internal static class ModulesApi
{
    public static void MapModulesApi(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/modules", Upload)
            .WithTags("Modules")
            .Accepts<Stream>("application/wasm")
            .WithMetadata(new RequestSizeLimitAttribute(Sizes.Module))
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("Upload a module");
    }

    private static async Task<Results<Created<ModuleView>, ProblemHttpResult>> Upload(HttpRequest request, BodyReader body, BlobStore blobs, CancellationToken cancellation)
    {
        var bytes = await body.ReadAsync(request.Body, Sizes.Module, cancellation);
        try
        {
            var module = WasmModule.Read(bytes);
            var blob = await blobs.PutAsync(bytes);
            return TypedResults.Created($"/modules/{blob.Sha256}", View(blob, module));
        }
        catch (WasmFormatException e)
        {
            return Problem.InvalidModule(e.Message);
        }
    }

    private static ModuleView View(BlobReference blob, WasmModule module)
    {
        // One text for each type, not for each function: a million functions may share one of a thousand parameters.
        var types = new Dictionary<FunctionType, string>(ReferenceEqualityComparer.Instance);
        string? Type(FunctionType? type) =>
            type is null ? null : types.TryGetValue(type, out var text) ? text : types[type] = type.ToString();

        return new ModuleView(
            blob.Sha256,
            blob.Bytes,
            [.. module.Imports.Select(import => new ImportView(import.Module, import.Name, Kind(import.Kind), Type(import.Function)))],
            [.. module.Exports.Select(export => new ExportView(export.Name, Kind(export.Kind), Type(export.Function)))],
            ObserveAbi.InstrumenterOf(module) is not null);
    }

    private static string Kind(ExternalKind kind) => kind.ToString().ToLowerInvariant();
}
