using System.Text.Json;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Requester;

public sealed class OpenApiTests(RequesterFixture requester) : IClassFixture<RequesterFixture>
{
    [RequiresToolFact("redis-server")]
    public async Task TheDocumentListsEveryEndpointWithItsAnswers()
    {
        using var document = await ReadAsync();

        Assert.Equal("WasmAspire", document.RootElement.GetProperty("info").GetProperty("title").GetString());
        Assert.Equal(
            [
                "GET /jobs/events: 200 503",
                "GET /jobs/{id}/outputs/{path}: 200 404 409 503",
                "GET /jobs/{id}/outputs: 200 404 409 503",
                "GET /jobs/{id}/stderr: 200 400 404 503",
                "GET /jobs/{id}/stdout: 200 400 404 503",
                "GET /jobs/{id}: 200 400 404 503",
                "GET /jobs: 200 400 503",
                "POST /instrument: 200 400 413 415 503",
                "POST /jobs/{id}/cancel: 200 404 503",
                "POST /jobs: 202 400 413 415 422 503",
                "POST /modules: 201 400 413 415 503",
            ],
            document.RootElement.GetProperty("paths").EnumerateObject().SelectMany(
                path => path.Value.EnumerateObject(),
                (path, operation) => $"{operation.Name.ToUpperInvariant()} {path.Name}: {string.Join(' ', operation.Value.GetProperty("responses").EnumerateObject().Select(answer => answer.Name).Order())}").Order(StringComparer.Ordinal));
    }

    [RequiresToolFact("redis-server")]
    public async Task TheJobRequestIsDescribedFieldByField()
    {
        using var document = await ReadAsync();
        var properties = document.RootElement.GetProperty("components").GetProperty("schemas").GetProperty("JobRequest").GetProperty("properties");

        Assert.Equal(
            ["name", "module", "entrypoint", "entrypointArgs", "args", "env", "stdin", "inputs", "outputs", "imports", "limits", "maxAttempts", "priority", "labels", "observe"],
            properties.EnumerateObject().Select(property => property.Name));
        Assert.Equal("integer", properties.GetProperty("maxAttempts").GetProperty("type").GetString());
        Assert.All(properties.EnumerateObject(), property => Assert.Contains("description", property.Value.GetRawText(), StringComparison.Ordinal));
    }

    [RequiresToolFact("redis-server")]
    public async Task BothFormsOfASubmissionAreDescribed()
    {
        using var document = await ReadAsync();
        var content = document.RootElement.GetProperty("paths").GetProperty("/jobs").GetProperty("post").GetProperty("requestBody").GetProperty("content");

        Assert.Equal("#/components/schemas/JobRequest", content.GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString());
        var form = content.GetProperty("multipart/form-data").GetProperty("schema");
        Assert.Equal("binary", form.GetProperty("properties").GetProperty("wasm").GetProperty("format").GetString());
        Assert.Equal("#/components/schemas/JobRequest", form.GetProperty("properties").GetProperty("spec").GetProperty("$ref").GetString());
        Assert.True(form.GetProperty("patternProperties").TryGetProperty("^input:/", out _));
    }

    private async Task<JsonDocument> ReadAsync() =>
        JsonDocument.Parse(await requester.Client.GetStringAsync("/openapi/v1.json"));
}
