using Aspire.Hosting;
using Aspire.Hosting.Orchestrator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace WasmAspire.Tests.StandIns;

/// <summary>A small application of shell scripts, without a dashboard.</summary>
internal sealed class TestApplication : IAsyncDisposable
{
    private TestApplication(DistributedApplication app, RecordingOutput output)
    {
        App = app;
        Output = output;
    }

    public DistributedApplication App { get; }

    public RecordingOutput Output { get; }

    public static TestApplication Create(Action<IDistributedApplicationBuilder> configure, params string[] args)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = args,
            AssemblyName = typeof(Projects.AppHost).Assembly.GetName().Name,
            DisableDashboard = true,
        });
        builder.Services.AddLogging(logging => logging.ClearProviders());
        var output = new RecordingOutput();
        builder.Services.AddSingleton<IResourceOutput>(output);
        configure(builder);
        return new(builder.Build(), output);
    }

    public async ValueTask DisposeAsync()
    {
        // A host that has not come to its services cannot be stopped; disposing stops what runs all the same.
        if (App.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.IsCancellationRequested)
        {
            await App.StopAsync();
        }

        await App.DisposeAsync();
    }
}
