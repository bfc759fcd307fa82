using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace WasmAspire.Tests.EndToEnd;

/// <summary>What a user of the HTTP API does.</summary>
internal static class RequesterClient
{
    /// <summary>Submits a built guest, such as <c>c/trap</c>, and waits for the job's end.</summary>
    public static async Task<JsonElement> RunAsync(this HttpClient requester, string guest, object spec)
    {
        using var body = new MultipartFormDataContent
        {
            { new ByteArrayContent(await File.ReadAllBytesAsync(Path.Combine(RepositoryRoot.Path, "guests", "wasm", guest + ".wasm"))), "wasm", "module.wasm" },
            { new StringContent(JsonSerializer.Serialize(spec), Encoding.UTF8, "application/json"), "spec" },
        };
        using var answer = await requester.PostAsync(new Uri("/jobs", UriKind.Relative), body);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
        return await requester.GetFromJsonAsync<JsonElement>(new Uri($"{answer.Headers.Location}?wait=60", UriKind.Relative));
    }
}
