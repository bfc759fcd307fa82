using System.Net.Http.Json;
using WasmAspire.Jobs;
using WasmAspire.Requester.Contracts;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Requester;

public sealed class ListJobsTests(RequesterFixture requester) : IClassFixture<RequesterFixture>
{
    // A label of the test's own keeps the jobs of the others out.
    private readonly string test = Guid.NewGuid().ToString("n");

    [RequiresToolFact("redis-server")]
    public async Task JobsComeNewestFirstPageByPage()
    {
        var ids = await SubmitManyAsync(5);

        var first = await ListAsync("limit=2");
        var second = await ListAsync($"limit=2&after={first.Next}");
        var third = await ListAsync($"limit=2&after={second.Next}");

        Assert.Equal([ids[4], ids[3]], Ids(first));
        Assert.Equal([ids[2], ids[1]], Ids(second));
        Assert.Equal([ids[0]], Ids(third));
        Assert.Null(third.Next);
    }

    [RequiresToolFact("redis-server")]
    public async Task TheLastPageHasNoNextAlsoWhenItIsFull()
    {
        await SubmitManyAsync(2);

        var page = await ListAsync("limit=2");

        Assert.Equal((2, null), (page.Jobs.Count, page.Next));
    }

    [RequiresToolFact("redis-server")]
    public async Task AFilterFindsWhatLiesBehindManyOthers()
    {
        // More than are read at once.
        await SubmitManyAsync(3);
        var other = test;
        for (var i = 0; i < 120; i++)
        {
            await requester.SubmitAsync($"\"labels\":{{\"other\":\"{other}\"}}");
        }

        Assert.Equal(3, (await ListAsync("limit=200")).Jobs.Count);
        Assert.Equal(120, (await ListAsync("limit=200", $"other:{other}")).Jobs.Count);
    }

    [RequiresToolFact("redis-server")]
    public async Task StateAndLabelsFilterTogether()
    {
        var plain = (await requester.SubmitAsync($"\"labels\":{{\"test\":\"{test}\"}}")).Id;
        var labelled = (await requester.SubmitAsync($"\"labels\":{{\"test\":\"{test}\",\"url\":\"http://a:b\",\"empty\":\"\"}}")).Id;
        requester.Queue.Finish(requester.Claim(plain), new JobResult { State = JobState.Completed }, default, default);

        Assert.Equal([labelled, plain], Ids(await ListAsync("")));
        Assert.Equal([labelled], Ids(await ListAsync("state=Queued")));
        Assert.Equal([plain], Ids(await ListAsync("state=completed")));
        Assert.Empty((await ListAsync("state=Failed")).Jobs);
        Assert.Equal([labelled], Ids(await ListAsync("label=url:http://a:b")));
        Assert.Equal([labelled], Ids(await ListAsync("label=empty:")));
        Assert.Equal([labelled], Ids(await ListAsync("label=empty:&label=url:http://a:b&state=Queued")));
        Assert.Empty((await ListAsync("label=url:http")).Jobs);
        Assert.Empty((await ListAsync("label=URL:http://a:b")).Jobs);
    }

    [RequiresToolFact("redis-server")]
    public async Task AListLeavesTheOutputOut()
    {
        var id = (await SubmitManyAsync(1))[0];
        requester.Queue.Finish(requester.Claim(id), new JobResult { State = JobState.Completed }, "x"u8.ToArray(), default);

        Assert.Null(Assert.Single((await ListAsync("")).Jobs).Stdout);
    }

    [RequiresToolTheory("redis-server")]
    [InlineData("state=Done", "state: Must be one of Queued, Scheduled, Running, Completed, Failed, Cancelled.")]
    [InlineData("state=", "state: Must be one of Queued, Scheduled, Running, Completed, Failed, Cancelled.")]
    [InlineData("state=2", "state: Must be one of Queued, Scheduled, Running, Completed, Failed, Cancelled.")]
    [InlineData("state=Queued,Running", "state: Must be one of Queued, Scheduled, Running, Completed, Failed, Cancelled.")]
    [InlineData("state=Queued&state=Running", "state: Must be one of Queued, Scheduled, Running, Completed, Failed, Cancelled.")]
    [InlineData("label=team", "label: Must be name:value.")]
    [InlineData("label=:data", "label: Must be name:value.")]
    [InlineData("label=a:b&label=c", "label: Must be name:value.")]
    [InlineData("limit=0", "limit: Must be between 1 and 200; it is 0.")]
    [InlineData("limit=201", "limit: Must be between 1 and 200; it is 201.")]
    [InlineData("limit=99999999999", "limit: '99999999999' cannot be read.")]
    [InlineData("limit=ten", "limit: 'ten' cannot be read.")]
    [InlineData("after=x", "after: There is no job 'x'. Give the next of the page before, or leave it out.")]
    [InlineData("after=01M827A3ZNN9D4N2MJKRF7HEN2", "after: There is no job '01M827A3ZNN9D4N2MJKRF7HEN2'. Give the next of the page before, or leave it out.")]
    public async Task EachParameterThatIsWrongIsNamed(string query, string error)
    {
        using var response = await requester.Client.GetAsync($"/jobs?{query}");

        Assert.Equal([error], await ProblemView.ReadFieldsAsync(response));
    }

    private static IEnumerable<string> Ids(JobPage page) => page.Jobs.Select(job => job.Id);

    private async Task<List<string>> SubmitManyAsync(int count)
    {
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
        {
            ids.Add((await requester.SubmitAsync($"\"labels\":{{\"test\":\"{test}\"}}")).Id);
        }

        return ids;
    }

    private async Task<JobPage> ListAsync(string query, string? label = null) =>
        (await requester.Client.GetFromJsonAsync<JobPage>($"/jobs?label={label ?? $"test:{test}"}&{query}"))!;
}
