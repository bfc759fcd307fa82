using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace WasmAspire.Tests.StandIns;

/// <summary>Telemetry never fails a job: with the dashboard gone, everything else goes on.</summary>
public sealed partial class DashboardGoneTests
{
    [RedisFact]
    public async Task JobsRunOnWhenTheDashboardIsKilled()
    {
        using var host = new AppHostProcess();
        var line = await host.WaitForLineAsync("requester = Running", "healthy");
        using var requester = new HttpClient { BaseAddress = new Uri(Address().Match(line).Value) };

        var dashboard = host.Members().Single(pid => ProcFileSystem.ReadCommandLine(pid) is [_, var program, ..] && program.EndsWith("Aspire.Dashboard.dll", StringComparison.Ordinal));
        Signals.Send(dashboard, "KILL");
        await host.WaitForLineAsync("aspire-dashboard = Exited with code 137");

        using var body = new MultipartFormDataContent { { new ByteArrayContent(await File.ReadAllBytesAsync(Path.Combine(RepositoryRoot.Path, "guests", "wasm", "c", "count_vowels.wasm"))), "wasm", "module.wasm" } };
        using var accepted = await requester.PostAsync(new Uri("/jobs", UriKind.Relative), body);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        var job = JsonDocument.Parse(await requester.GetStringAsync(new Uri($"{accepted.Headers.Location}?wait=60", UriKind.Relative)));
        Assert.Equal("Completed", job.RootElement.GetProperty("state").GetString());
        Assert.Equal("Healthy", await requester.GetStringAsync(new Uri("/health", UriKind.Relative)));
    }

    [GeneratedRegex(@"http://\S+\d")]
    private static partial Regex Address();
}
