using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace WasmAspire.Benchmarks.WholeSystem;

/// <summary>From the request that cancels a running job to its answer: the guest has ended, and what it wrote is stored.</summary>
/// <param name="P50">Half of the answers took no longer, in milliseconds.</param>
/// <param name="Longest">The longest, in milliseconds.</param>
/// <param name="Jobs">How many were measured.</param>
internal sealed record Cancellation(double P50, double Longest, int Jobs)
{
    private const int WarmUp = 5;
    private const int Measured = 100;

    /// <summary>Cancels jobs one after another, each once it runs.</summary>
    /// <param name="guest">The module's file.</param>
    /// <param name="spec">The job's spec.</param>
    public static async Task<Cancellation> MeasureAsync(string guest, string spec)
    {
        using var client = new HttpClient { BaseAddress = new Uri("http://localhost:5080") };
        var times = new List<double>();
        for (var i = 0; i < WarmUp + Measured; i++)
        {
            using var body = new MultipartFormDataContent { { new ByteArrayContent(await File.ReadAllBytesAsync(guest)), "wasm", "guest.wasm" }, { new StringContent(spec), "spec" } };
            using var accepted = await client.PostAsync(new Uri("/jobs", UriKind.Relative), body);
            accepted.EnsureSuccessStatusCode();
            while ((await client.GetFromJsonAsync<JsonElement>(accepted.Headers.Location)).GetProperty("state").GetString() != "Running")
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5));
            }

            var begun = Stopwatch.GetTimestamp();
            using var cancelled = await client.PostAsync(new Uri($"{accepted.Headers.Location}/cancel", UriKind.Relative), content: null);
            var elapsed = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            var job = await cancelled.Content.ReadFromJsonAsync<JsonElement>();
            if (job.GetProperty("state").GetString() != "Cancelled")
            {
                throw new InvalidOperationException($"A job was not cancelled: {job}");
            }

            if (i >= WarmUp)
            {
                times.Add(elapsed);
            }
        }

        times.Sort();
        return new Cancellation(times[times.Count / 2], times[^1], times.Count);
    }
}
