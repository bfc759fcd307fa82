using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using WasmAspire.Tests.Requires;
using WasmAspire.Tests.Telemetry;

namespace WasmAspire.Tests.EndToEnd;

/// <summary>The whole application, started by its own AppHost with its own Redis, exporting to a receiver of the test's.</summary>
public sealed class RunningApplication : IAsyncLifetime
{
    private StartedAppHost? appHost;

    internal OtlpReceiver Telemetry { get; private set; } = null!;

    /// <summary>A client of the requester.</summary>
    public HttpClient Requester { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        // Where it is not installed the tests say so and are skipped; their fixture is made all the same.
        if (InstalledTools.ReasonToSkip(["redis-server"]) is null)
        {
            Telemetry = await OtlpReceiver.StartAsync();
            appHost = await StartedAppHost.StartAsync([], disableDashboard: true, Receive);
            Requester = appHost.Application.CreateHttpClient("requester");
        }
    }

    public async Task DisposeAsync()
    {
        if (appHost is not null)
        {
            Requester.Dispose();
            await appHost.DisposeAsync();
            await Telemetry.DisposeAsync();
        }
    }

    /// <summary>Submits a guest of the repository and waits for its end.</summary>
    /// <param name="guest">Such as <c>c/count_vowels</c>.</param>
    /// <param name="spec">The spec without its module.</param>
    public Task<JsonElement> RunAsync(string guest, object spec) => Requester.RunAsync(guest, spec);

    /// <summary>Has all services export to the test's receiver.</summary>
    private void Receive(IDistributedApplicationTestingBuilder builder)
    {
        foreach (var project in builder.Resources.OfType<ProjectResource>().ToList())
        {
            builder.CreateResourceBuilder(project)
                .WithEnvironment("OTEL_EXPORTER_OTLP_ENDPOINT", Telemetry.Url)
                .WithEnvironment("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
        }
    }
}
