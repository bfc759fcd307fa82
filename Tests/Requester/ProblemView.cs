using System.Net.Http.Json;

namespace WasmAspire.Tests.Requester;

/// <summary>An error as the API tells it.</summary>
internal sealed record ProblemView(string Type, string Title, int Status, string? Detail, Dictionary<string, string[]>? Errors)
{
    /// <summary>Reads one from an answer, which must say that it is one and tell nothing of our insides.</summary>
    public static async Task<ProblemView> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotMatch(@"System\.|Microsoft\.|WasmAspire\.|StackExchange|   at |Exception", text);
        var problem = (await response.Content.ReadFromJsonAsync<ProblemView>())!;
        Assert.Equal((int)response.StatusCode, problem.Status);
        Assert.StartsWith("urn:wasmaspire:problem:", problem.Type, StringComparison.Ordinal);
        Assert.NotEmpty(problem.Title);
        return problem;
    }

    /// <summary>Reads one that names fields: each with its errors, as <c>field: error</c>.</summary>
    public static async Task<string[]> ReadFieldsAsync(HttpResponseMessage response)
    {
        var problem = await ReadAsync(response);
        Assert.Equal((400, "urn:wasmaspire:problem:invalid-fields"), (problem.Status, problem.Type));
        return [.. problem.Errors!.SelectMany(field => field.Value, (field, error) => $"{field.Key}: {error}")];
    }
}
