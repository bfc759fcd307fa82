using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestrator;

namespace WasmAspire.Tests.StandIns;

/// <summary>Remembers the resources' lines and states, and lets tests wait for them.</summary>
internal sealed class RecordingOutput : IResourceOutput
{
    private readonly Lock sync = new();
    private readonly List<string> entries = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lines as <c>NAME | text</c> (errors <c>NAME ! text</c>), states as <c>NAME = Running</c>, in order.</summary>
    public IReadOnlyList<string> Entries
    {
        get
        {
            lock (sync)
            {
                return [.. entries];
            }
        }
    }

    public void WriteLine(IResource resource, string? replicaId, string text, bool isError) => Add($"{resource.Name} {(isError ? '!' : '|')} {text}");

    public void WriteState(ResourceEvent change)
    {
        var code = change.Snapshot.ExitCode is { } exit ? $" {exit}" : "";
        Add($"{change.Resource.Name} = {change.Snapshot.State?.Text}{code}");
    }

    public void Flush()
    {
        // Everything is written already.
    }

    /// <summary>Waits for an entry, among those that have been and those that come.</summary>
    public async Task<string> WaitForAsync(Func<string, bool> fits)
    {
        var token = Patience.Token;
        while (true)
        {
            Task next;
            lock (sync)
            {
                if (entries.FirstOrDefault(fits) is { } found)
                {
                    return found;
                }

                next = changed.Task;
            }

            try
            {
                await next.WaitAsync(token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"It did not come. What did:\n{string.Join('\n', Entries)}");
            }
        }
    }

    public Task<string> WaitForAsync(string entry) => WaitForAsync(e => e == entry);

    private void Add(string entry)
    {
        TaskCompletionSource signal;
        lock (sync)
        {
            // Health reports change without a change of state.
            if (entry.Contains(" = ", StringComparison.Ordinal) && entries.LastOrDefault(e => e.StartsWith(entry[..(entry.IndexOf(" = ", StringComparison.Ordinal) + 3)], StringComparison.Ordinal)) == entry)
            {
                return;
            }

            entries.Add(entry);
            signal = changed;
            changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        signal.SetResult();
    }
}
