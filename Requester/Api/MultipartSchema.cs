using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using WasmAspire.Requester.Contracts;

namespace WasmAspire.Requester.Api;

/// <summary>What the OpenAPI document says of multipart bodies: their parts are read by hand.</summary>
internal static class MultipartSchema
{
    public static Task DescribeSubmission(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken _)
    {
        var schema = OfModule();
        schema.Properties!["spec"] = new OpenApiSchemaReference(nameof(JobRequest), context.Document);
        schema.PatternProperties = new Dictionary<string, IOpenApiSchema>
        {
            ["^input:/"] = File("An input file; its path in the guest's tree follows the colon."),
        };
        operation.RequestBody!.Content!["multipart/form-data"].Schema = schema;
        return Task.CompletedTask;
    }

    public static Task DescribeModule(OpenApiOperation operation)
    {
        operation.RequestBody!.Content!["multipart/form-data"].Schema = OfModule();
        return Task.CompletedTask;
    }

    private static OpenApiSchema OfModule() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "wasm" },
        Properties = new Dictionary<string, IOpenApiSchema> { ["wasm"] = File("The module.") },
    };

    private static OpenApiSchema File(string description) =>
        new() { Type = JsonSchemaType.String, Format = "binary", Description = description };
}
