using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace WasmAspire.Tests.StandIns;

/// <summary>The AppHost run by the testing builder, with a data folder of its own.</summary>
internal sealed class TestedAppHost : IAsyncDisposable
{
    private readonly string dataFolder;

    private TestedAppHost(IDistributedApplicationTestingBuilder builder, string dataFolder)
    {
        Builder = builder;
        this.dataFolder = dataFolder;
    }

    public IDistributedApplicationTestingBuilder Builder { get; }

    /// <param name="dashboard">Starts the dashboard.</param>
    /// <param name="telemetry">Leaves the projects their telemetry where there is no dashboard to receive it.</param>
    /// <param name="args">The AppHost's arguments.</param>
    public static async Task<TestedAppHost> CreateAsync(bool dashboard = false, bool telemetry = false, params string[] args)
    {
        var dataFolder = Path.Combine(Path.GetTempPath(), $"tested-{Guid.NewGuid()}");
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            [$"--Redis:DataFolder={Path.Combine(dataFolder, "redis")}", .. args],
            (options, _) => options.DisableDashboard = !dashboard,
            Patience.Token);
        if (!dashboard && !telemetry)
        {
            // Nobody listens where the default sends telemetry, and a service that stops waits for its exporters.
            foreach (var project in builder.Resources.OfType<ProjectResource>().ToArray())
            {
                builder.CreateResourceBuilder(project).WithEnvironment("OTEL_EXPORTER_OTLP_ENDPOINT", "");
            }
        }

        return new(builder, dataFolder);
    }

    public async Task<DistributedApplication> StartAsync()
    {
        var app = await Builder.BuildAsync(Patience.Token);
        await app.StartAsync(Patience.Token);
        return app;
    }

    public async ValueTask DisposeAsync()
    {
        await Builder.DisposeAsync();
        if (Directory.Exists(dataFolder))
        {
            Directory.Delete(dataFolder, recursive: true);
        }
    }
}
