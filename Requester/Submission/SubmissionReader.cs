using WasmAspire.Requester.Contracts;
using WasmAspire.Requester.Problems;

namespace WasmAspire.Requester.Submission;

/// <summary>Reads <c>POST /jobs</c>: JSON, or multipart with the module, the spec and input files as parts.</summary>
internal sealed class SubmissionReader(BodyReader body)
{
    private const string InputPrefix = "input:";
    private const int MaxParts = JobRequestValidator.MaxListLength + 2;

    /// <summary>Reads the request. The endpoint has refused every other type of body; none at all is read as JSON.</summary>
    /// <exception cref="InvalidSubmissionException">It cannot be read.</exception>
    /// <exception cref="BadHttpRequestException">It is too large, too slow, or cut off.</exception>
    public async Task<JobRequest> ReadAsync(HttpRequest request, CancellationToken cancellation) =>
        MultipartParts.Has(request)
            ? await ReadMultipartAsync(request, cancellation)
            : SpecParser.Parse(await body.ReadAsync(request.Body, Sizes.Body, cancellation));

    private async Task<JobRequest> ReadMultipartAsync(HttpRequest request, CancellationToken cancellation)
    {
        byte[]? wasm = null;
        JobRequest? spec = null;
        var inputs = new List<InputRequest>();
        await MultipartParts.ReadAsync(request, MaxParts, async (name, content) =>
        {
            switch (name)
            {
                case "wasm" when wasm is null:
                    wasm = await body.ReadAsync(content, Sizes.Module, cancellation);
                    break;
                case "spec" when spec is null:
                    spec = SpecParser.Parse(await body.ReadAsync(content, Sizes.Body, cancellation));
                    break;
                case "wasm" or "spec":
                    throw Invalid(name, "The part stands twice.");
                case var _ when name.StartsWith(InputPrefix, StringComparison.Ordinal):
                    inputs.Add(new InputRequest { Path = name[InputPrefix.Length..], Base64 = await body.ReadAsync(content, Sizes.Body, cancellation) });
                    break;
                default:
                    throw Invalid("multipart", $"There is no part '{name}': send 'wasm' (the module), 'spec' (JSON), and 'input:/guest/path' for each input file.");
            }
        }, cancellation);

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

    private static InvalidSubmissionException Invalid(string field, string error) => new(Problem.InvalidField(field, error));
}
