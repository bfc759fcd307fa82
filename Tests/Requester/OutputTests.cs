using System.Net;
using WasmAspire.Jobs;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Requester;

public sealed class OutputTests(RequesterFixture requester) : IClassFixture<RequesterFixture>
{
    // HTML, so that a browser that looked at the content would take it for a page; and what is no UTF-8.
    private static readonly byte[] Stdout = [.. "<script>alert(1)</script>\r\n"u8, 0x00, 0xFF];
    private static readonly byte[] Stderr = "err"u8.ToArray();

    [RequiresToolFact("redis-server")]
    public async Task TheBytesComeBackAsPlainText()
    {
        var job = await requester.SubmitAsync();
        requester.Queue.Finish(requester.Claim(job.Id), new JobResult { State = JobState.Failed }, Stdout, Stderr);

        foreach (var (path, bytes) in new[] { ("stdout", Stdout), ("stderr", Stderr), ("stdout?follow=true", Stdout), ("stderr?follow=true", Stderr) })
        {
            using var response = await requester.Client.GetAsync($"/jobs/{job.Id}/{path}");

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync());
            Assert.Equal("text/plain; charset=utf-8", response.Content.Headers.ContentType!.ToString());
            Assert.Equal(bytes.Length, response.Content.Headers.ContentLength);
            Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        }
    }

    [RequiresToolFact("redis-server")]
    public async Task BeforeTheEndThereIsNoneYet()
    {
        var job = await requester.SubmitAsync();

        using var response = await requester.Client.GetAsync($"/jobs/{job.Id}/stdout");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [RequiresToolFact("redis-server")]
    public async Task WhatIsWrittenIsThereWhileTheJobRuns()
    {
        var job = await requester.SubmitAsync();
        requester.Queue.Append(requester.Claim(job.Id), OutputStream.Stdout, Stdout);

        Assert.Equal(Stdout, await requester.Client.GetByteArrayAsync($"/jobs/{job.Id}/stdout"));
    }

    [RequiresToolFact("redis-server")]
    public async Task ToFollowIsToHaveEachPieceAsItComes()
    {
        var job = await requester.SubmitAsync();
        var claimed = requester.Claim(job.Id);
        requester.Queue.Append(claimed, OutputStream.Stdout, "one"u8.ToArray());
        using var response = await requester.Client.GetAsync($"/jobs/{job.Id}/stdout?follow=true", HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[3];

        foreach (var (piece, offset) in new[] { ("two", 3), ("six", 6) })
        {
            await body.ReadExactlyAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
            requester.Queue.Append(claimed, OutputStream.Stdout, new OutputPiece(offset, System.Text.Encoding.ASCII.GetBytes(piece)));
        }

        await body.ReadExactlyAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("six"u8.ToArray(), buffer);
        requester.Queue.Finish(claimed, new JobResult { State = JobState.Completed }, new OutputPiece(9, default), default);
        Assert.Equal(-1, body.ReadByte());
    }

    [RequiresToolFact("redis-server")]
    public async Task ToFollowIsToHaveTheHeadersAtOnceAndTheBytesAtTheEnd()
    {
        var job = await requester.SubmitAsync();
        using var response = await requester.Client.GetAsync($"/jobs/{job.Id}/stdout?follow=true", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal((HttpStatusCode.OK, "text/plain; charset=utf-8"), (response.StatusCode, response.Content.Headers.ContentType!.ToString()));
        await requester.Time.WaitForTimerAsync(TimeSpan.FromSeconds(1));
        await requester.WaitForSubscriptionAsync();

        requester.Queue.Finish(requester.Claim(job.Id), new JobResult { State = JobState.Completed }, Stdout, Stderr);

        Assert.Equal(Stdout, await response.Content.ReadAsByteArrayAsync().WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [RequiresToolTheory("redis-server")]
    [InlineData("stdout")]
    [InlineData("stderr")]
    public async Task FollowIsTrueOrFalse(string path)
    {
        using var response = await requester.Client.GetAsync($"/jobs/x/{path}?follow=yes");

        Assert.Equal(["follow: 'yes' cannot be read."], await ProblemView.ReadFieldsAsync(response));
    }
}
