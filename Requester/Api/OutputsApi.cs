using System.IO.Compression;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using WasmAspire.Jobs;
using WasmAspire.Requester.Problems;

namespace WasmAspire.Requester.Api;

/// <summary>The files that jobs have made.</summary>
internal static class OutputsApi
{
    private const string Zip = "application/zip";
    private const string Binary = "application/octet-stream";

    public static void MapOutputsApi(this IEndpointRouteBuilder routes)
    {
        var outputs = routes.MapGroup("").WithTags("Jobs")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        outputs.MapGet("/jobs/{id}/outputs", GetAll)
            .Produces<Stream>(contentType: Zip)
            .WithSummary("All files that the job has made or changed under its output paths, as a zip");
        outputs.MapGet("/jobs/{id}/outputs/{**path}", GetOne)
            .Produces<Stream>(contentType: Binary)
            .WithSummary("One file of them, by its path without the leading slash");
    }

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> GetAll(string id, JobStore store, BlobStore blobs, HttpContext context)
    {
        if (await RefuseAsync(id, store) is { } problem)
        {
            return problem;
        }

        // .NET 10 ends an entry with synchronous writes, of some KB.
        context.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        var files = await store.GetOutputsAsync(id);
        return TypedResults.Stream(body => WriteZipAsync(files, blobs, body, context.RequestAborted), Zip, $"{id}.zip");
    }

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> GetOne(string id, string path, JobStore store, BlobStore blobs, HttpContext context)
    {
        if (await RefuseAsync(id, store) is { } problem)
        {
            return problem;
        }

        if ((await store.GetOutputsAsync(id)).FirstOrDefault(file => !file.IsFolder && file.Path[1..] == path) is not { } found)
        {
            return Problem.NoSuchOutput(id, path);
        }

        context.Response.ContentLength = found.Bytes;
        return TypedResults.Stream(body => WriteAsync(found, blobs, body, context.RequestAborted), Binary, Path.GetFileName(found.Path), lastModified: found.Modified);
    }

    private static async Task<ProblemHttpResult?> RefuseAsync(string id, JobStore store) => await store.GetAsync(id) switch
    {
        null => Problem.NoSuchJob(id),
        { IsFinal: false } job => Problem.NotFinal(id, job.State),
        _ => null,
    };

    private static async Task WriteZipAsync(IReadOnlyList<OutputFile> files, BlobStore blobs, Stream body, CancellationToken cancellation)
    {
        await using var zip = await ZipArchive.CreateAsync(body, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellation);
        foreach (var file in files)
        {
            var entry = zip.CreateEntry(file.Path[1..] + (file.IsFolder ? "/" : ""));
            entry.LastWriteTime = InRange(file.Modified);
            if (!file.IsFolder)
            {
                await using var content = await entry.OpenAsync(cancellation);
                await WriteAsync(file, blobs, content, cancellation);
            }
        }
    }

    private static async Task WriteAsync(OutputFile file, BlobStore blobs, Stream target, CancellationToken cancellation)
    {
        foreach (var piece in file.Pieces)
        {
            // An exception cuts the answer off: a clean end would say that this was all of the file.
            var bytes = await blobs.FindContentAsync(piece) ?? throw new InvalidDataException($"A part of '{file.Path}' is not in Redis any more.");
            await target.WriteAsync(bytes, cancellation);
        }
    }

    // A guest sets any time; a zip knows the years from 1980 to 2107.
    private static DateTimeOffset InRange(DateTimeOffset time) =>
        new DateTimeOffset(Math.Clamp(time.UtcTicks, new DateTime(1980, 1, 1).Ticks, new DateTime(2107, 12, 31).Ticks), TimeSpan.Zero);
}
