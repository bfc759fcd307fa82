namespace Aspire.Hosting.Testing;

/// <summary>An AppHost's builder, held where its entry point calls <c>Build</c>.</summary>
public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable, IDisposable
{
    /// <summary>Lets the entry point go on: it builds the application and runs it.</summary>
    /// <exception cref="Exception">What the entry point throws instead.</exception>
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}
