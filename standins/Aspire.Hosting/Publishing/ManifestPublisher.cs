using System.Text.Json;
using Aspire.Hosting.Orchestrator;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes the manifest and ends the AppHost.</summary>
internal sealed class ManifestPublisher(
    DistributedApplicationModel model,
    ConfigurationResolver resolver,
    IConfiguration configuration,
    IHostApplicationLifetime lifetime,
    ILogger<DistributedApplication> logger) : IHostedService
{
    private const string DefaultFileName = "aspire-manifest.json";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(lifetime.StopApplication);
        try
        {
            Log.ManifestPublished(logger, await PublishAsync(cancellationToken));
        }
        catch (Exception e) when (e is DistributedApplicationException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            Log.ManifestFailed(logger, e.Message);
            Environment.ExitCode = 1;
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<string> PublishAsync(CancellationToken cancellationToken)
    {
        if (configuration["Publishing:Publisher"] is { } publisher && publisher != "manifest")
        {
            throw new DistributedApplicationException($"The stand-in for Aspire.Hosting has the publisher 'manifest' only, not '{publisher}'. Use the real Aspire packages (UseStandIns=false).");
        }

        var path = configuration["Pipeline:OutputPath"]
            ?? throw new DistributedApplicationException("The '--output-path [path]' option was not specified even though manifest publishing was requested.");
        path = Path.GetFullPath(path.EndsWith(".json", StringComparison.Ordinal) ? path : Path.Combine(path, DefaultFileName));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);

        // First in memory: a manifest that fails half-way leaves the last one as it was.
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            new ManifestWriter(json, Path.GetDirectoryName(path)!, resolver).Write(model, cancellationToken);
        }

        await File.WriteAllBytesAsync(path, buffer.ToArray(), cancellationToken);
        return path;
    }
}
