using System.Diagnostics;

namespace WasmAspire.Benchmarks.WholeSystem;

/// <summary><c>./run.sh</c> as a user starts it, and how long it takes until the requester is healthy.</summary>
internal sealed class RunScript : IAsyncDisposable
{
    private static readonly Uri Health = new("http://localhost:5080/health");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Process process;

    private RunScript(Process process, TimeSpan coldStart)
    {
        this.process = process;
        ColdStart = coldStart;
    }

    /// <summary>From the start of the script until <c>/health</c> of the requester answers 200: then it reaches Redis.</summary>
    public TimeSpan ColdStart { get; }

    /// <summary>Starts the script of a clone and waits for health.</summary>
    /// <exception cref="InvalidOperationException">Something answers already, or the script ended.</exception>
    public static async Task<RunScript> StartAsync(string folder)
    {
        using var client = new HttpClient();
        if (await IsHealthyAsync(client))
        {
            throw new InvalidOperationException($"Something answers at {Health} already: stop it first.");
        }

        var started = Stopwatch.GetTimestamp();
        var start = new ProcessStartInfo(Path.Combine(folder, "run.sh")) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(start)!;
        var output = new Queue<string>();
        process.OutputDataReceived += (_, line) => Keep(output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(output, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (!await IsHealthyAsync(client))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(started) > Patience)
            {
                throw new InvalidOperationException($"run.sh gave no healthy requester:\n{string.Join('\n', output)}");
            }

            await Task.Delay(20);
        }

        return new RunScript(process, Stopwatch.GetElapsedTime(started));
    }

    public async ValueTask DisposeAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static void Keep(Queue<string> output, string? line)
    {
        lock (output)
        {
            output.Enqueue(line ?? "");
            if (output.Count > 20)
            {
                output.Dequeue();
            }
        }
    }

    private static async Task<bool> IsHealthyAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync(Health);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
