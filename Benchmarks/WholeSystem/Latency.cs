using System.Net.Http.Json;
using System.Text.Json;

namespace WasmAspire.Benchmarks.WholeSystem;

/// <summary>From a job's acceptance until a node has it, on a system that does nothing else: <c>queueMilliseconds</c>, by Redis's clock.</summary>
/// <param name="P50">Half of the jobs wait no longer, in milliseconds.</param>
/// <param name="P99">99 of 100 wait no longer, in milliseconds.</param>
/// <param name="Jobs">How many were measured.</param>
internal sealed record Latency(double P50, double P99, int Jobs)
{
    private const int WarmUp = 100;
    private const int Measured = 1000;

    /// <summary>Submits jobs one after another, each when the one before has ended.</summary>
    public static async Task<Latency> MeasureAsync()
    {
        using var client = new HttpClient { BaseAddress = new Uri("http://localhost:5080") };
        var waits = new List<double>();
        for (var i = 0; i < WarmUp + Measured; i++)
        {
            using var body = new MultipartFormDataContent { { new ByteArrayContent(NoOpModule.Bytes), "wasm", "noop.wasm" } };
            using var accepted = await client.PostAsync(new Uri("/jobs", UriKind.Relative), body);
            accepted.EnsureSuccessStatusCode();
            var job = await client.GetFromJsonAsync<JsonElement>(new Uri($"{accepted.Headers.Location}?wait=30", UriKind.Relative));
            if (job.GetProperty("state").GetString() != "Completed")
            {
                throw new InvalidOperationException($"A job did not complete: {job}");
            }

            if (i >= WarmUp)
            {
                waits.Add(job.GetProperty("queueMilliseconds").GetDouble());
            }
        }

        waits.Sort();
        return new Latency(waits[waits.Count / 2], waits[waits.Count * 99 / 100], waits.Count);
    }
}
