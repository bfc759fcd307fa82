using System.IO.Compression;
using System.Net;
using WasmAspire.Jobs;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Requester;

public sealed class OutputsApiTests(RequesterFixture requester) : IClassFixture<RequesterFixture>
{
    private static readonly DateTimeOffset Modified = new(2026, 1, 2, 3, 4, 6, TimeSpan.Zero);

    [RequiresToolTheory("redis-server")]
    [InlineData(JobState.Completed)]
    [InlineData(JobState.Failed)]
    [InlineData(JobState.Cancelled)]
    public async Task TheZipHasEachFileUnderItsPath(JobState state)
    {
        var id = await FinishAsync(state, File("/out/a.txt", "one ", "two"), Folder("/out/empty"), File("/out/ü b.txt"));

        using var response = await requester.Client.GetAsync($"/jobs/{id}/outputs");

        Assert.Equal((HttpStatusCode.OK, "application/zip"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Equal(("attachment", $"{id}.zip"), (response.Content.Headers.ContentDisposition!.DispositionType, response.Content.Headers.ContentDisposition.FileName));
        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        using var zip = new ZipArchive(await response.Content.ReadAsStreamAsync());
        Assert.Equal([("out/a.txt", "one two"), ("out/empty/", ""), ("out/ü b.txt", "")], zip.Entries.Select(entry => (entry.FullName, new StreamReader(entry.Open()).ReadToEnd())));
    }

    [RequiresToolFact("redis-server")]
    public async Task WithoutFilesTheZipIsEmpty()
    {
        var id = await FinishAsync(JobState.Completed);

        using var zip = new ZipArchive(await requester.Client.GetStreamAsync($"/jobs/{id}/outputs"));

        Assert.Empty(zip.Entries);
    }

    [RequiresToolTheory("redis-server")]
    [InlineData("out/a.txt", "one two")]
    [InlineData("out/%C3%BC%20b.txt", "")]
    public async Task OneFileComesAsAnAttachment(string path, string content)
    {
        var id = await FinishAsync(JobState.Completed, File("/out/a.txt", "one ", "two"), File("/out/ü b.txt"));

        using var response = await requester.Client.GetAsync($"/jobs/{id}/outputs/{path}");

        Assert.Equal((HttpStatusCode.OK, content), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal((content.Length, "application/octet-stream", "attachment"), (response.Content.Headers.ContentLength, response.Content.Headers.ContentType!.MediaType, response.Content.Headers.ContentDisposition!.DispositionType));
        Assert.Equal(Modified, response.Content.Headers.LastModified);
    }

    [RequiresToolTheory("redis-server")]
    [InlineData("out")]
    [InlineData("out/b.txt")]
    [InlineData("a.txt")]
    [InlineData("out/empty")]
    public async Task AFileThatWasNotMadeIsNotFound(string path)
    {
        var id = await FinishAsync(JobState.Completed, File("/out/a.txt"), Folder("/out/empty"));

        using var response = await requester.Client.GetAsync($"/jobs/{id}/outputs/{path}");

        Assert.Equal((404, "urn:wasmaspire:problem:no-such-output"), await ProblemAsync(response));
    }

    [RequiresToolTheory("redis-server")]
    [InlineData("outputs")]
    [InlineData("outputs/a")]
    public async Task BeforeTheEndThereIsNothing(string path)
    {
        var job = await requester.SubmitAsync();

        using var response = await requester.Client.GetAsync($"/jobs/{job.Id}/{path}");

        Assert.Equal((409, "urn:wasmaspire:problem:not-final"), await ProblemAsync(response));
    }

    [RequiresToolFact("redis-server")]
    public async Task OfNoJobThereIsNothing()
    {
        using var response = await requester.Client.GetAsync("/jobs/nope/outputs");

        Assert.Equal((404, "urn:wasmaspire:problem:no-such-job"), await ProblemAsync(response));
    }

    private static async Task<(int? Status, string? Type)> ProblemAsync(HttpResponseMessage response)
    {
        var problem = await ProblemView.ReadAsync(response);
        return (problem.Status, problem.Type);
    }

    private static OutputFile Folder(string path) => new(path, IsFolder: true, 0, Modified, []);

    private OutputFile File(string path, params string[] pieces) => new(
        path,
        IsFolder: false,
        pieces.Sum(piece => piece.Length),
        Modified,
        [.. pieces.Select(piece => new BlobStore(requester.Redis.Connection).Put(System.Text.Encoding.ASCII.GetBytes(piece)).Sha256)]);

    private async Task<string> FinishAsync(JobState state, params OutputFile[] files)
    {
        var job = await requester.SubmitAsync();
        Assert.True(requester.Queue.Finish(requester.Claim(job.Id), new JobResult { State = state }, default, default, files));
        return job.Id;
    }
}
