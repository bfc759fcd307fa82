using System.IO.Compression;
using System.Net.Http.Json;
using System.Text.Json;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.EndToEnd;

/// <summary>What a job may do, from the request to its files.</summary>
public sealed class JobTests(RunningApplication application) : IClassFixture<RunningApplication>
{
    [RequiresToolFact("redis-server")]
    public async Task WhatAGuestWritesComesBack()
    {
        var job = await application.RunAsync("c/upper", new { args = new[] { "/outputs/upper.txt" }, stdin = new { text = "hello" }, outputs = new[] { new { path = "/outputs" } } });

        Assert.Equal("Completed", job.GetProperty("state").GetString());
        var outputs = new Uri($"/jobs/{job.GetProperty("id")}/outputs", UriKind.Relative);
        Assert.Equal("HELLO", await application.Requester.GetStringAsync($"{outputs}/outputs/upper.txt"));
        using var zip = new ZipArchive(await application.Requester.GetStreamAsync(outputs));
        Assert.Equal(["outputs/upper.txt"], zip.Entries.Select(entry => entry.FullName));
    }

    [RequiresToolFact("redis-server")]
    public async Task OutsideItsOutputsAGuestCannotWrite()
    {
        var job = await application.RunAsync("c/upper", new { args = new[] { "/upper.txt" }, stdin = new { text = "hello" } });

        Assert.Equal(("Failed", "exit-code", "/upper.txt: Operation not permitted\n"), (job.GetProperty("state").GetString(), job.GetProperty("reason").GetString(), job.GetProperty("stderr").GetString()));
    }

    [RequiresToolFact("redis-server")]
    public async Task ARunningJobIsFollowedAndCancelled()
    {
        using var body = new MultipartFormDataContent
        {
            { new ByteArrayContent(await File.ReadAllBytesAsync(Path.Combine(RepositoryRoot.Path, "guests", "wasm", "c", "spin.wasm"))), "wasm", "spin.wasm" },
        };
        using var accepted = await application.Requester.PostAsync("/jobs", body);
        var location = accepted.Headers.Location!;
        var patience = TimeSpan.FromSeconds(60);
        var follow = application.Requester.GetStringAsync($"{location}/stdout?follow=true");
        using var events = new StreamReader(await application.Requester.GetStreamAsync("/jobs/events"));
        while ((await application.Requester.GetFromJsonAsync<JsonElement>(location)).GetProperty("state").GetString() != "Running")
        {
            Assert.NotNull(await events.ReadLineAsync().WaitAsync(patience));
        }

        using var cancelled = await application.Requester.PostAsync($"{location}/cancel", null).WaitAsync(patience);

        var job = await cancelled.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(("Cancelled", "cancelled", "The job was cancelled."), (job.GetProperty("state").GetString(), job.GetProperty("reason").GetString(), job.GetProperty("message").GetString()));
        Assert.Equal(job.GetProperty("stdout").GetString(), await follow.WaitAsync(patience));
    }

    [RequiresToolFact("redis-server")]
    public async Task AModuleImportsFromAnother()
    {
        // (module (import "add.wasm" "add" (func (param i32 i32) (result i32))) (func (export "run") (result i32) (call 0 (i32.const 20) (i32.const 22))))
        const string Entry = "AGFzbQEAAAABCwJgAn9/AX9gAAF/AhABCGFkZC53YXNtA2FkZAAAAwIBAQcHAQNydW4AAQoKAQgAQRRBFhAACw==";
        var library = await File.ReadAllBytesAsync(Path.Combine(RepositoryRoot.Path, "guests", "wasm", "c", "add.wasm"));

        using var accepted = await application.Requester.PostAsJsonAsync("/jobs", new { module = new { base64 = Entry }, entrypoint = "run", imports = new[] { new { name = "add.wasm", base64 = library } } });
        var job = await application.Requester.GetFromJsonAsync<JsonElement>($"{accepted.Headers.Location}?wait=60");

        Assert.Equal(("Completed", "[42]"), (job.GetProperty("state").GetString(), job.GetProperty("results").GetRawText()));
    }
}
