using WasmAspire.Jobs;

namespace WasmAspire.Requester.Api;

/// <summary>Lists jobs by state and label.</summary>
internal sealed class JobListing(JobStore store)
{
    // A filter that hardly anything matches must not read all of Redis for one request.
    private const int MaxRead = 5000;

    /// <summary>A page of jobs, newest first.</summary>
    /// <param name="state">Only jobs in this state; null for all.</param>
    /// <param name="label">Only jobs with this label, <c>name:value</c>; null for all.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="after">The <c>Next</c> of the page before; null for the first.</param>
    /// <returns>The jobs, and where the next page begins; null at the end. A page may have fewer jobs than there are: its next goes on.</returns>
    public async Task<(IReadOnlyList<JobRecord> Jobs, string? Next)> ReadAsync(JobState? state, string? label, int limit, string? after)
    {
        var found = new List<JobRecord>();
        for (var read = 0; read < MaxRead;)
        {
            var page = await store.ListAsync(after, limit);
            foreach (var job in page)
            {
                after = job.Id;
                if (Matches(job, state, label))
                {
                    found.Add(job);
                    if (found.Count == limit)
                    {
                        return (found, after);
                    }
                }
            }

            if (page.Count < limit)
            {
                return (found, null);
            }

            read += page.Count;
        }

        return (found, after);
    }

    private static bool Matches(JobRecord job, JobState? state, string? label)
    {
        var colon = label?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        return (state is null || job.State == state)
            && (label is null || (job.Spec.Labels.TryGetValue(label[..colon], out var value) && value == label[(colon + 1)..]));
    }
}
