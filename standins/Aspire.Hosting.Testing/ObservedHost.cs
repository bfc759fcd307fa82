using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>The host that the entry point runs; tells the test when it has started.</summary>
internal sealed class ObservedHost(DistributedApplication inner) : IHost, IAsyncDisposable
{
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IServiceProvider Services => inner.Services;

    /// <summary>Completes when the application has started, or has failed to.</summary>
    public Task Started => started.Task;

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await inner.StartAsync(cancellationToken);
            started.TrySetResult();
        }
        catch (Exception e)
        {
            started.TrySetException(e);
            throw;
        }
    }

    public Task StopAsync(CancellationToken cancellationToken = default) => inner.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    public void Dispose() => inner.Dispose();
}
