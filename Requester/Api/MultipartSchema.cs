using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using WasmAspire.Requester.Contracts;

namespace WasmAspire.Requester.Api;

/// <summary>What the OpenAPI document says of the multipart form of a submission: its parts are read by hand.</summary>
internal static class MultipartSchema
{
    public static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken _)
    {
        operation.RequestBody!.Content!["multipart/form-data"].Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Required = new HashSet<string> { "wasm" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["wasm"] = File("The module."),
                ["spec"] = new OpenApiSchemaReference(nameof(JobRequest), context.Document),
            },
            PatternProperties = new Dictionary<string, IOpenApiSchema>
            {
                ["^input:/"] = File("An input file; its path in the guest's tree follows the colon."),
            },
        };
        return Task.CompletedTask;
    }

    private static OpenApiSchema File(string description) =>
        new() { Type = JsonSchemaType.String, Format = "binary", Description = description };
}
