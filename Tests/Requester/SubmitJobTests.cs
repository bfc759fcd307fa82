using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using WasmAspire.Jobs;
using WasmAspire.Requester.Contracts;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Requester;

public sealed class SubmitJobTests(RequesterFixture requester) : IClassFixture<RequesterFixture>
{
    private const string FullSpec = """
        "name": "count vowels", "entrypoint": "run", "entrypointArgs": [1, "-9223372036854775808", "NaN"], "args": ["one", ""],
        "env": { "KEY": "secret" }, "stdin": { "text": "häh" },
        "inputs": [ { "path": "/data/a.txt", "text": "" }, { "path": "/data/b.bin", "base64": "AAE=" } ],
        "limits": { "timeoutSeconds": 1.5, "memoryBytes": 65536 }, "maxAttempts": 1,
        "labels": { "team": "data" }, "observe": { "maxSpans": 7, "wasi": false }
        """;

    [RequiresToolFact("redis-server")]
    public async Task AMinimalSpecGivesAQueuedJobWithTheDefaults()
    {
        using var response = await requester.Client.PostAsync("/jobs", Json.Spec());

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        using var job = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var id = job.RootElement.GetProperty("id").GetString()!;
        Assert.Equal($"/jobs/{id}", response.Headers.Location!.ToString());
        var traceId = job.RootElement.GetProperty("traceId").GetString();
        var submittedAt = job.RootElement.GetProperty("submittedAt").GetString();
        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{26}$", id);
        Assert.Matches("^[0-9a-f]{32}$", traceId);
        Assert.Equal(
            $$$"""
            {"id":"{{{id}}}","state":"Queued","reason":null,"message":null,"exitCode":null,"results":[],"stdout":null,"stderr":null,"attempt":0,"node":null,"traceId":"{{{traceId}}}","traceUrl":"http://localhost:18888/traces/detail/{{{traceId}}}","submittedAt":"{{{submittedAt}}}","startedAt":null,"finishedAt":null,"queueMilliseconds":null,"runMilliseconds":null,"usage":null,"telemetry":null,"name":null,"module":{"sha256":"{{{Json.ModuleSha256}}}","bytes":8},"entrypoint":"_start","entrypointArgs":[],"args":[],"env":{},"stdin":null,"inputs":[],"outputs":[],"imports":[],"limits":{"timeoutSeconds":60,"memoryBytes":268435456,"fuel":null,"stdoutBytes":1048576,"stderrBytes":1048576,"outputBytes":67108864},"maxAttempts":3,"priority":0,"labels":{},"observe":{"instrument":"none","minSpanMicroseconds":20,"maxSpans":10000,"wasi":true,"fuel":false}}
            """,
            job.RootElement.GetRawText());
    }

    [RequiresToolFact("redis-server")]
    public async Task TheNodeGetsTheWholeSpecAndTheCallerEverythingButTheContents()
    {
        var job = await requester.SubmitAsync(FullSpec);

        var spec = requester.Claim(job.Id).Spec;
        Assert.Equal(("count vowels", "run", 1), (spec.Name, spec.Entrypoint, spec.MaxAttempts));
        Assert.Equal(["1", "\"-9223372036854775808\"", "\"NaN\""], spec.EntrypointArgs.Select(argument => argument.GetRawText()));
        Assert.Equal(["one", ""], spec.Args);
        Assert.Equal("secret", spec.Env["KEY"]);
        Assert.Equal((1.5, 65536, 1 << 20), (spec.Limits.TimeoutSeconds, spec.Limits.MemoryBytes, spec.Limits.StdoutBytes));
        Assert.Equal((20, 7, false), (spec.Observe.MinSpanMicroseconds, spec.Observe.MaxSpans, spec.Observe.Wasi));
        Assert.Equal("data", spec.Labels["team"]);
        var blobs = new BlobStore(requester.Redis.Connection);
        Assert.Equal("häh"u8.ToArray(), blobs.Get(spec.Stdin!));
        Assert.Equal(["/data/a.txt", "/data/b.bin"], spec.Inputs.Select(input => input.Path));
        Assert.Equal([[], [0, 1]], spec.Inputs.Select(input => blobs.Get(input.Content)));

        Assert.Equal(new KeyValuePair<string, string?>("KEY", null), Assert.Single(job.Env));
        Assert.Equal(spec.Stdin, job.Stdin);
        Assert.Equal([0L, 2L], job.Inputs.Select(input => input.Bytes));
        Assert.Equal(["one", ""], job.Args);
    }

    [RequiresToolFact("redis-server")]
    public async Task AModuleUploadedBeforeIsNamedByItsHash()
    {
        await requester.SubmitAsync();

        using var response = await requester.Client.PostAsync("/jobs", Json.Text($$$"""{"module":{"sha256":"{{{Json.ModuleSha256}}}"}}"""));

        Assert.Equal(new BlobReference(Json.ModuleSha256, 8), (await response.Content.ReadFromJsonAsync<JobView>())!.Module);
    }

    [RequiresToolTheory("redis-server")]
    [InlineData(ActivityTraceFlags.Recorded, "01")]
    [InlineData(ActivityTraceFlags.None, "00")]
    public async Task TheJobBelongsToTheCallersTraceSampledOrNot(ActivityTraceFlags flags, string flagsText)
    {
        using var caller = new Activity("caller") { ActivityTraceFlags = flags }.Start();

        var job = await requester.SubmitAsync();

        Assert.Equal(flags == ActivityTraceFlags.Recorded ? caller.TraceId.ToHexString() : null, job.TraceId);
        Assert.Equal(job.TraceId is null, job.TraceUrl is null);
        Assert.Matches($"^00-{caller.TraceId}-(?!{caller.SpanId})[0-9a-f]{{16}}-{flagsText}$", requester.Claim(job.Id).TraceContext["traceparent"]);
    }

    [RequiresToolFact("redis-server")]
    public async Task AByteOrderMarkIsNoPartOfTheSpec()
    {
        using var response = await requester.Client.PostAsync("/jobs", Json.Text($"\uFEFF{{{Json.Module}}}"));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [RequiresToolFact("redis-server")]
    public async Task WhatIsNoModuleLeavesNothingBehind()
    {
        using var response = await requester.Client.PostAsync("/jobs", Json.Text("""{"module":{"base64":"R0lGODlh"},"stdin":{"text":"left behind?"}}"""));

        var problem = await ProblemView.ReadAsync(response);
        Assert.Equal((400, "urn:wasmaspire:problem:invalid-module"), (problem.Status, problem.Type));
        Assert.Equal("not a WebAssembly module: the file does not begin with the bytes 00 61 73 6D (at byte 0).", problem.Detail);
        Assert.Null(await new BlobStore(requester.Redis.Connection).FindAsync(Convert.ToHexStringLower(SHA256.HashData("left behind?"u8))));
    }
}
