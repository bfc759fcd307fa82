using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using WasmAspire.Requester.Contracts;
using WasmAspire.Requester.Problems;

namespace WasmAspire.Requester.Submission;

/// <summary>Reads <c>POST /jobs</c>: JSON, or multipart with the module, the spec and input files as parts.</summary>
internal static class SubmissionReader
{
    private const string InputPrefix = "input:";
    private const int MaxBoundary = 256;

    // A misspelt field would be a setting that silently does nothing.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    };

    /// <summary>Reads the request.</summary>
    /// <exception cref="InvalidSubmissionException">It cannot be read.</exception>
    /// <exception cref="BadHttpRequestException">It is too large.</exception>
    public static Task<JobRequest> ReadAsync(HttpRequest request, CancellationToken cancellation) =>
        // Any other type than these two has been refused before: the endpoint says what it accepts.
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            ? ReadMultipartAsync(request, type, cancellation)
            : ReadJsonAsync(request.Body, cancellation);

    private static async Task<JobRequest> ReadJsonAsync(Stream body, CancellationToken cancellation)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<JobRequest>(body, Json, cancellation)
                ?? throw new InvalidSubmissionException(Problem.InvalidJson("The spec is null; it must be an object."));
        }
        catch (JsonException e)
        {
            throw new InvalidSubmissionException(Describe(e));
        }
    }

    /// <summary>The serializer's complaint without its .NET types: a field by its path where it knows one, else the place in the text.</summary>
    private static IResult Describe(JsonException e)
    {
        var field = e.Path?.TrimStart('$').TrimStart('.') is { Length: > 0 } path ? path : "spec";
        (string Mark, string Error)[] known =
        [
            ("could not be mapped", "There is no such field."),
            ("could not be converted", "The value is of the wrong type or out of range."),
            ("doesn't allow setting null", "Must not be null."),
        ];
        return known.FirstOrDefault(entry => e.Message.Contains(entry.Mark, StringComparison.Ordinal)).Error is { } error
            ? Problem.InvalidField(field, error)
            : Problem.InvalidJson($"{e.Message.Split(" Path: ")[0]} (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})");
    }

    private static async Task<JobRequest> ReadMultipartAsync(HttpRequest request, MediaTypeHeaderValue type, CancellationToken cancellation)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary);
        if (StringSegment.IsNullOrEmpty(boundary) || boundary.Length > MaxBoundary)
        {
            throw Invalid("boundary", $"A multipart body needs a boundary of at most {MaxBoundary} characters.");
        }

        byte[]? wasm = null;
        JobRequest? spec = null;
        var inputs = new List<InputRequest>();
        try
        {
            var reader = new MultipartReader(boundary.Value!, request.Body) { BodyLengthLimit = Sizes.Body };
            while (await reader.ReadNextSectionAsync(cancellation) is { } section)
            {
                switch (NameOf(section))
                {
                    case "wasm" when wasm is null:
                        wasm = await BoundedBody.ReadAsync(section.Body, Sizes.Module, cancellation);
                        break;
                    case "spec" when spec is null:
                        spec = await ReadJsonAsync(new MemoryStream(await BoundedBody.ReadAsync(section.Body, Sizes.Spec, cancellation)), cancellation);
                        break;
                    case "wasm" or "spec":
                        throw Invalid(NameOf(section), "The part stands twice.");
                    case var name when name.StartsWith(InputPrefix, StringComparison.Ordinal):
                        inputs.Add(new InputRequest { Path = name[InputPrefix.Length..], Base64 = await BoundedBody.ReadAsync(section.Body, Sizes.Body, cancellation) });
                        break;
                    case var name:
                        throw Invalid(name, "There is no such part: send 'wasm' (the module), 'spec' (JSON), and 'input:/guest/path' for each input file.");
                }
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException && e is not BadHttpRequestException)
        {
            throw new InvalidSubmissionException(Problem.Create(StatusCodes.Status400BadRequest, "invalid-multipart", "The multipart body cannot be read", e.Message));
        }

        return Merge(wasm, spec ?? new JobRequest(), inputs);
    }

    private static JobRequest Merge(byte[]? wasm, JobRequest spec, List<InputRequest> inputs)
    {
        if (wasm is null)
        {
            throw Invalid("wasm", "The part is missing: it holds the module.");
        }

        if (spec.Module is not null)
        {
            throw Invalid("spec.module", "The module is the part 'wasm'; leave it out of the spec.");
        }

        return spec with { Module = new ContentRequest { Base64 = wasm }, Inputs = [.. spec.Inputs, .. inputs] };
    }

    private static string NameOf(MultipartSection section) =>
        ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
            ? HeaderUtilities.RemoveQuotes(disposition.Name).ToString()
            : "";

    private static InvalidSubmissionException Invalid(string field, string error) => new(Problem.InvalidField(field, error));
}
