using Aspire.Hosting;
using Aspire.Hosting.Testing;

namespace WasmAspire.Tests.EndToEnd;

/// <summary>The AppHost in the test's process, all its resources healthy, its Redis in a folder of its own.</summary>
internal sealed class StartedAppHost : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(2);

    private readonly string folder;

    private StartedAppHost(DistributedApplication application, string folder)
    {
        Application = application;
        this.folder = folder;
    }

    public DistributedApplication Application { get; }

    /// <summary>Starts it.</summary>
    /// <param name="args">Settings for the AppHost.</param>
    /// <param name="disableDashboard">Whether there is to be no dashboard.</param>
    /// <param name="configure">Called before it is built.</param>
    public static async Task<StartedAppHost> StartAsync(string[] args, bool disableDashboard, Action<IDistributedApplicationTestingBuilder>? configure = null)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"wasmaspire-test-{Guid.NewGuid():n}");
        using var patience = new CancellationTokenSource(StartPatience);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            [.. args, $"--Redis:DataFolder={folder}"],
            (options, _) => options.DisableDashboard = disableDashboard,
            patience.Token);
        configure?.Invoke(builder);
        var application = await builder.BuildAsync(patience.Token);
        await application.StartAsync(patience.Token);
        foreach (var resource in (string[])["requester", "computenode"])
        {
            await application.ResourceNotifications.WaitForResourceHealthyAsync(resource, patience.Token);
        }

        return new StartedAppHost(application, folder);
    }

    public async ValueTask DisposeAsync()
    {
        await Application.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
