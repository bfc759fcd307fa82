using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Requester;

/// <summary>What only shows in the bytes on the wire.</summary>
public sealed class KestrelTests(RequesterFixture requester) : IClassFixture<RequesterFixture>
{
    private const int Mebibyte = 1 << 20;

    private static readonly byte[] Spec = Encoding.UTF8.GetBytes($"{{{Json.Module}}}");

    [RequiresToolTheory("redis-server")]
    [InlineData("/jobs", "application/json", 96 * Mebibyte + 1)]
    [InlineData("/jobs", "multipart/form-data; boundary=X", 200 * Mebibyte)]
    [InlineData("/modules", "application/wasm", 64 * Mebibyte + 1)]
    public async Task ALengthOverTheLimitIsRefusedBeforeTheBody(string path, string type, int length)
    {
        using var connection = await requester.ConnectAsync();
        // With Expect the client waits before it sends; it must be told no, not to go on.
        await connection.SendHeadAsync($"POST {path} HTTP/1.1", $"Content-Type: {type}", $"Content-Length: {length}", "Expect: 100-continue", "Connection: close");

        var answer = await connection.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"type\":\"urn:wasmaspire:problem:too-large\"", answer, StringComparison.Ordinal);
        Assert.Contains("\"detail\":\"A module may have 67108864 bytes, a whole request 100663296.\"", answer, StringComparison.Ordinal);
    }

    [RequiresToolTheory("redis-server")]
    [InlineData("/jobs", "application/json", "", 97)]
    [InlineData("/jobs", "multipart/form-data; boundary=X", "--X\r\nContent-Disposition: form-data; name=\"input:/a\"\r\n\r\n", 97)]
    [InlineData("/jobs", "multipart/form-data; boundary=X", "--X\r\nContent-Disposition: form-data; name=\"wasm\"\r\n\r\n", 65)]
    [InlineData("/modules", "application/wasm", "", 65)]
    public async Task ABodyWithoutALengthIsRefusedAtTheLimit(string path, string type, string start, int mebibytes)
    {
        using var connection = await requester.ConnectAsync();
        await connection.SendHeadAsync($"POST {path} HTTP/1.1", $"Content-Type: {type}", "Transfer-Encoding: chunked");
        await SendChunkAsync(connection, Encoding.UTF8.GetBytes(start));
        var block = new byte[Mebibyte];
        for (var i = 0; i < mebibytes; i++)
        {
            await SendChunkAsync(connection, block);
        }

        Assert.StartsWith("HTTP/1.1 413 ", await connection.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [RequiresToolFact("redis-server")]
    public async Task AModuleInJsonHasTheSameLimit()
    {
        var module = Convert.ToBase64String(new byte[64 * Mebibyte + 1]);

        using var response = await requester.Client.PostAsync("/jobs", Json.Text($$$"""{"module":{"base64":"{{{module}}}"}}"""));

        Assert.Equal((413, "urn:wasmaspire:problem:too-large"), ((int)response.StatusCode, (await ProblemView.ReadAsync(response)).Type));
    }

    [RequiresToolFact("redis-server")]
    public async Task AClientThatAsksFirstIsToldToGoOn()
    {
        using var connection = await requester.ConnectAsync();
        await connection.SendHeadAsync("POST /jobs HTTP/1.1", "Content-Type: application/json", $"Content-Length: {Spec.Length}", "Expect: 100-continue");

        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", await connection.ReadHeadAsync());
        await connection.SendAsync(Spec);
        Assert.StartsWith("HTTP/1.1 202 ", await connection.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [RequiresToolFact("redis-server")]
    public async Task WhatFollowsABodyIsNoPartOfIt()
    {
        using var connection = await requester.ConnectAsync();
        await connection.SendHeadAsync("POST /jobs HTTP/1.1", "Content-Type: application/json", $"Content-Length: {Spec.Length}");
        await connection.SendAsync(Spec);
        await connection.SendAsync("GARBAGE\r\n\r\n"u8.ToArray());

        var answers = await connection.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 202 ", answers, StringComparison.Ordinal);
        Assert.Contains("HTTP/1.1 400 Bad Request", answers, StringComparison.Ordinal);
    }

    [RequiresToolFact("redis-server")]
    public async Task AChunkThatIsNoneIsRefused()
    {
        using var connection = await requester.ConnectAsync();
        await connection.SendHeadAsync("POST /modules HTTP/1.1", "Content-Type: application/wasm", "Transfer-Encoding: chunked");
        await connection.SendAsync("zz\r\n"u8.ToArray());

        var answer = await connection.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"title\":\"The request cannot be read\"", answer, StringComparison.Ordinal);
    }

    [RequiresToolFact("redis-server")]
    public async Task ABodyThatTricklesInIsGivenUp()
    {
        await using var factory = new RequesterFactory(
            requester.Redis.ConnectionString,
            services: services => services.PostConfigure<KestrelServerOptions>(options => options.Limits.MinRequestBodyDataRate = new MinDataRate(1e6, TimeSpan.FromSeconds(1.1))));
        using var client = factory.Start();
        using var connection = await RawConnection.OpenAsync(client.BaseAddress!);
        await connection.SendHeadAsync("POST /jobs HTTP/1.1", "Content-Type: application/json", "Content-Length: 1000");
        await connection.SendAsync("{"u8.ToArray());

        var answer = await connection.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"type\":\"urn:wasmaspire:problem:too-slow\"", answer, StringComparison.Ordinal);
    }

    [RequiresToolTheory("redis-server")]
    [InlineData("application/json", true)]
    [InlineData("application/json", false)]
    [InlineData("multipart/form-data; boundary=X", true)]
    [InlineData("multipart/form-data; boundary=X", false)]
    public async Task ABodyShorterThanItsLengthGivesNoJob(string type, bool reads)
    {
        var query = $"?short={Guid.NewGuid()}";
        using (var connection = await requester.ConnectAsync())
        {
            await connection.SendHeadAsync($"POST /jobs{query} HTTP/1.1", $"Content-Type: {type}", $"Content-Length: {Spec.Length + 1}");
            await connection.SendAsync(Spec);
            if (reads)
            {
                connection.EndSending();
                Assert.DoesNotContain(" 202 ", await connection.ReadToEndAsync(), StringComparison.Ordinal);
            }
        }

        await requester.Requests.WaitForEndAsync(query);
        await requester.SubmitAsync();
    }

    private static async Task SendChunkAsync(RawConnection connection, byte[] bytes)
    {
        if (bytes.Length > 0)
        {
            await connection.SendAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{bytes.Length:x}\r\n")));
            await connection.SendAsync(bytes);
            await connection.SendAsync("\r\n"u8.ToArray());
        }
    }
}
