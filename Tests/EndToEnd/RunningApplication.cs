using System.Net.Http.Json;
using System.Text;
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
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(2);

    private readonly string folder = Path.Combine(Path.GetTempPath(), $"wasmaspire-test-{Guid.NewGuid():n}");
    private DistributedApplication? application;

    internal OtlpReceiver Telemetry { get; private set; } = null!;

    /// <summary>A client of the requester.</summary>
    public HttpClient Requester { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (InstalledTools.ReasonToSkip(["redis-server"]) is not null)
        {
            return;
        }

        using var patience = new CancellationTokenSource(StartPatience);
        Telemetry = await OtlpReceiver.StartAsync();
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(["--Redis:DataFolder=" + folder], patience.Token);
        foreach (var project in builder.Resources.OfType<ProjectResource>().ToList())
        {
            builder.CreateResourceBuilder(project)
                .WithEnvironment("OTEL_EXPORTER_OTLP_ENDPOINT", Telemetry.Url)
                .WithEnvironment("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
        }

        application = await builder.BuildAsync(patience.Token);
        await application.StartAsync(patience.Token);
        await application.ResourceNotifications.WaitForResourceHealthyAsync("requester", patience.Token);
        await application.ResourceNotifications.WaitForResourceHealthyAsync("computenode", patience.Token);
        Requester = application.CreateHttpClient("requester");
    }

    public async Task DisposeAsync()
    {
        Requester?.Dispose();
        if (application is not null)
        {
            await application.DisposeAsync();
            await Telemetry.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Submits a guest of the repository and waits for its end.</summary>
    /// <param name="guest">Such as <c>c/count_vowels</c>.</param>
    /// <param name="spec">The spec without its module.</param>
    public async Task<JsonElement> RunAsync(string guest, object spec)
    {
        using var body = new MultipartFormDataContent
        {
            { new ByteArrayContent(await File.ReadAllBytesAsync(Path.Combine(RepositoryRoot.Path, "guests", "wasm", guest + ".wasm"))), "wasm", "module.wasm" },
            { new StringContent(JsonSerializer.Serialize(spec), Encoding.UTF8, "application/json"), "spec" },
        };
        using var answer = await Requester.PostAsync(new Uri("/jobs", UriKind.Relative), body);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
        return await Requester.GetFromJsonAsync<JsonElement>(new Uri($"{answer.Headers.Location}?wait=60", UriKind.Relative));
    }
}
