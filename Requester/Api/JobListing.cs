using WasmAspire.Jobs;

namespace WasmAspire.Requester.Api;

/// <summary>Lists jobs by state and labels.</summary>
internal sealed class JobListing(JobStore store)
{
    private const int ReadAtOnce = 100;

    // A filter that hardly anything matches must not read all of Redis for one request.
    private const int MaxRead = 5000;

    /// <summary>A page of jobs, newest first.</summary>
    /// <param name="state">Only jobs in this state; null for all.</param>
    /// <param name="labels">Only jobs with all of these labels.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="after">The <c>Next</c> of the page before; null for the first.</param>
    /// <returns>The jobs, and where the next page begins; null at the end. A page may have fewer jobs than there are: its next goes on.</returns>
    public async Task<(IReadOnlyList<JobRecord> Jobs, string? Next)> ReadAsync(JobState? state, IReadOnlyList<Label> labels, int limit, string? after)
    {
        var found = new List<JobRecord>();
        for (var read = 0; read < MaxRead; read += ReadAtOnce)
        {
            var jobs = await store.ListAsync(after, ReadAtOnce);
            foreach (var job in jobs.Where(job => Matches(job, state, labels)))
            {
                // Only a match that finds the page full tells that there is a next one.
                if (found.Count == limit)
                {
                    return (found, found[^1].Id);
                }

                found.Add(job);
            }

            if (jobs.Count < ReadAtOnce)
            {
                return (found, null);
            }

            after = jobs[^1].Id;
        }

        return (found, after);
    }

    private static bool Matches(JobRecord job, JobState? state, IReadOnlyList<Label> labels) =>
        (state is null || job.State == state)
        && labels.All(label => job.Spec.Labels.TryGetValue(label.Name, out var value) && value == label.Value);
}
