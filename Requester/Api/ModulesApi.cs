using Microsoft.AspNetCore.Http.HttpResults;
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
            .Accepts<byte[]>("application/wasm")
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .WithSummary("Upload a module");
    }

    private static async Task<Results<Created<ModuleView>, ProblemHttpResult>> Upload(HttpRequest request, BlobStore blobs, CancellationToken cancellation)
    {
        var bytes = await BoundedBody.ReadAsync(request.Body, Sizes.Module, cancellation);
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

    private static ModuleView View(BlobReference blob, WasmModule module) => new(
        blob.Sha256,
        blob.Bytes,
        [.. module.Imports.Select(import => new ImportView(import.Module, import.Name, Kind(import.Kind), import.Function?.ToString()))],
        [.. module.Exports.Select(export => new ExportView(export.Name, Kind(export.Kind), export.Function?.ToString()))],
        module.Imports.Any(import => (import.Module, import.Name) is ("dylibso:observe/instrument", "enter") or ("dylibso_observe", "instrument_enter")));

    private static string Kind(ExternalKind kind) => kind.ToString().ToLowerInvariant();
}
