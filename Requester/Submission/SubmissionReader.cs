using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using WasmAspire.Requester.Contracts;
using WasmAspire.Requester.Problems;

namespace WasmAspire.Requester.Submission;

/// <summary>Reads <c>POST /jobs</c>: JSON, or multipart with the module, the spec and input files as parts.</summary>
internal sealed class SubmissionReader(BodyReader body)
{
    private const string InputPrefix = "input:";
    private const int MaxBoundary = 256;
    private const int MaxParts = JobRequestValidator.MaxListLength + 2;

    /// <summary>Reads the request. The endpoint has refused every other type of body; none at all is read as JSON.</summary>
    /// <exception cref="InvalidSubmissionException">It cannot be read.</exception>
    /// <exception cref="BadHttpRequestException">It is too large, too slow, or cut off.</exception>
    public async Task<JobRequest> ReadAsync(HttpRequest request, CancellationToken cancellation) =>
        request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true
            ? await ReadMultipartAsync(request, cancellation)
            : SpecParser.Parse(await body.ReadAsync(request.Body, Sizes.Body, cancellation));

    private async Task<JobRequest> ReadMultipartAsync(HttpRequest request, CancellationToken cancellation)
    {
        var boundary = MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? HeaderUtilities.RemoveQuotes(type.Boundary) : default;
        if (StringSegment.IsNullOrEmpty(boundary) || boundary.Length > MaxBoundary)
        {
            throw Invalid("boundary", $"The Content-Type of a multipart body needs a boundary of at most {MaxBoundary} characters.");
        }

        try
        {
            return await ReadPartsAsync(new MultipartReader(boundary.Value!, request.Body), cancellation);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidSubmissionException(Problem.InvalidMultipart(e.Message));
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            throw new InvalidSubmissionException(Problem.InvalidMultipart("It ends before its closing boundary."));
        }
    }

    private async Task<JobRequest> ReadPartsAsync(MultipartReader reader, CancellationToken cancellation)
    {
        byte[]? wasm = null;
        JobRequest? spec = null;
        var inputs = new List<InputRequest>();
        for (var parts = 1; await reader.ReadNextSectionAsync(cancellation) is { } section; parts++)
        {
            if (parts > MaxParts)
            {
                throw new InvalidSubmissionException(Problem.InvalidMultipart($"It has more than {MaxParts} parts."));
            }

            switch (NameOf(section))
            {
                case "wasm" when wasm is null:
                    wasm = await body.ReadAsync(section.Body, Sizes.Module, cancellation);
                    break;
                case "spec" when spec is null:
                    spec = SpecParser.Parse(await body.ReadAsync(section.Body, Sizes.Body, cancellation));
                    break;
                case "wasm" or "spec":
                    throw Invalid(NameOf(section), "The part stands twice.");
                case var name when name.StartsWith(InputPrefix, StringComparison.Ordinal):
                    inputs.Add(new InputRequest { Path = name[InputPrefix.Length..], Base64 = await body.ReadAsync(section.Body, Sizes.Body, cancellation) });
                    break;
                case var name:
                    throw Invalid("multipart", $"There is no part '{name}': send 'wasm' (the module), 'spec' (JSON), and 'input:/guest/path' for each input file.");
            }
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
            throw Invalid("module", "The module is the part 'wasm'; leave it out of the spec.");
        }

        return spec with { Module = new ContentRequest { Base64 = wasm }, Inputs = [.. spec.Inputs, .. inputs] };
    }

    private static string NameOf(MultipartSection section) =>
        ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
            ? HeaderUtilities.RemoveQuotes(disposition.Name).ToString()
            : "";

    private static InvalidSubmissionException Invalid(string field, string error) => new(Problem.InvalidField(field, error));
}
