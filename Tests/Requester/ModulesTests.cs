using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using WasmAspire.Jobs;
using WasmAspire.Requester.Contracts;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Requester;

public sealed class ModulesTests(RequesterFixture requester) : IClassFixture<RequesterFixture>
{
    [RequiresToolFact("redis-server")]
    public async Task AnUploadIsDescribedAndStored()
    {
        var bytes = await GuestAsync("wat/instrumented.wasm");

        using var response = await PostAsync(bytes);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var module = (await response.Content.ReadFromJsonAsync<ModuleView>())!;
        Assert.Equal($"/modules/{module.Sha256}", response.Headers.Location!.ToString());
        Assert.Equal((bytes.Length, true), (module.Bytes, module.Instrumented));
        Assert.Contains(new ImportView("dylibso:observe/instrument", "enter", "function", "(i32) -> ()"), module.Imports);
        Assert.Contains(new ExportView("memory", "memory", null), module.Exports);
        Assert.Equal(bytes, new BlobStore(requester.Redis.Connection).Get(new BlobReference(module.Sha256, module.Bytes)));
    }

    [RequiresToolFact("redis-server")]
    public async Task TheSameBytesGiveTheSameAnswer()
    {
        var bytes = await GuestAsync("c/add.wasm");
        using var first = await PostAsync(bytes);
        using var second = await PostAsync(bytes);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, second.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Contains("\"instrumented\":false", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [RequiresToolTheory("redis-server")]
    [InlineData(0, "not a WebAssembly module: the file does not begin with the bytes 00 61 73 6D (at byte 0).")]
    [InlineData(9, "unexpected end (at byte 9).")]
    public async Task WhatIsNoWholeModuleIsRefused(int length, string detail)
    {
        using var response = await PostAsync((await GuestAsync("c/add.wasm"))[..length]);

        var problem = await ProblemView.ReadAsync(response);
        Assert.Equal((400, "urn:wasmaspire:problem:invalid-module", detail), (problem.Status, problem.Type, problem.Detail));
    }

    [RequiresToolFact("redis-server")]
    public async Task AnotherTypeIsRefused()
    {
        using var response = await requester.Client.PostAsync("/modules", Json.Spec());

        var problem = await ProblemView.ReadAsync(response);
        Assert.Equal((415, "urn:wasmaspire:problem:unsupported-media-type"), (problem.Status, problem.Type));
        Assert.Equal("POST /jobs takes application/json or multipart/form-data, POST /modules application/wasm, POST /instrument multipart/form-data.", problem.Detail);
    }

    private static Task<byte[]> GuestAsync(string path) =>
        File.ReadAllBytesAsync(Path.Combine(RepositoryRoot.Path, "guests", "wasm", path));

    private Task<HttpResponseMessage> PostAsync(byte[] bytes) =>
        requester.Client.PostAsync("/modules", new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/wasm") } });
}
