using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>
/// An AppHost's entry point, run on a thread of its own and held where it calls <c>Build</c>. After that it goes on as it
/// would in its own process: what a test holds is the application that the entry point runs.
/// </summary>
internal sealed class SuspendedEntryPoint(
    Assembly assembly,
    string[] args,
    Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder) : IBuilderInterceptor, IAsyncDisposable
{
    private readonly TaskCompletionSource<DistributedApplicationBuilder> building = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<TestedApplication> built = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    // True: go on; false: the test has given the application up.
    private readonly TaskCompletionSource<bool> decided = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the entry point has returned or thrown.</summary>
    public Task Exited => exited.Task;

    /// <summary>Starts the entry point; gives its builder when it calls <c>Build</c>.</summary>
    public Task<DistributedApplicationBuilder> StartAsync(CancellationToken cancellationToken)
    {
        var main = assembly.EntryPoint ?? throw new InvalidOperationException($"Assembly '{assembly.GetName().Name}' does not have an entry point.");
        new Thread(() => Run(main)) { IsBackground = true, Name = $"{assembly.GetName().Name}.EntryPoint" }.Start();
        return building.Task.WaitAsync(cancellationToken);
    }

    public async Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken)
    {
        decided.TrySetResult(true);
        return await built.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Ends the entry point: where it runs its application, by stopping that.</summary>
    public async ValueTask DisposeAsync()
    {
        decided.TrySetResult(false);
        await ((Task)built.Task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (built.Task.IsCompletedSuccessfully)
        {
            await (await built.Task).DisposeAsync();
        }
    }

    void IBuilderInterceptor.OnConstructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings) =>
        TestDefaults.Apply(assembly, args, options, settings, configureBuilder);

    void IBuilderInterceptor.OnBuilding(DistributedApplicationBuilder builder)
    {
        builder.Services.AddHttpClient();
        building.TrySetResult(builder);
        if (!decided.Task.GetAwaiter().GetResult())
        {
            throw new OperationCanceledException("The test has given the AppHost up before it was built.");
        }
    }

    DistributedApplication IBuilderInterceptor.OnBuilt(DistributedApplication application)
    {
        var observed = new ObservedHost(application);
        built.TrySetResult(new TestedApplication(observed, this));
        return new DistributedApplication(observed);
    }

    private void Run(MethodInfo main)
    {
        try
        {
            BuilderInterception.Current = this;
            object?[] parameters = main.GetParameters().Length == 0 ? [] : [args];
            main.Invoke(obj: null, BindingFlags.DoNotWrapExceptions, binder: null, parameters, culture: null);
            Fail(new InvalidOperationException("The entry point exited without building a DistributedApplication."));
        }
        catch (Exception e)
        {
            // Whatever it is, it is the test's: nothing else would see it.
            Fail(e);
        }
        finally
        {
            exited.SetResult();
        }
    }

    private void Fail(Exception exception)
    {
        building.TrySetException(exception);
        built.TrySetException(exception);
    }
}
