using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Runs an AppHost inside a test.</summary>
public static class DistributedApplicationTestingBuilder
{
    /// <summary>Runs the entry point of the assembly of <typeparamref name="TEntryPoint"/> up to <c>Build</c>.</summary>
    /// <exception cref="Exception">What the entry point throws before that.</exception>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync<TEntryPoint>([], cancellationToken);

    /// <summary>Runs the entry point of the assembly of <typeparamref name="TEntryPoint"/> with arguments up to <c>Build</c>.</summary>
    /// <exception cref="Exception">What the entry point throws before that.</exception>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync<TEntryPoint>(args, (_, _) => { }, cancellationToken);

    /// <summary>
    /// Runs the entry point of the assembly of <typeparamref name="TEntryPoint"/> with arguments up to <c>Build</c>. There
    /// is no dashboard and no fixed port, unless <paramref name="configureBuilder"/> says otherwise.
    /// </summary>
    /// <exception cref="Exception">What the entry point throws before that.</exception>
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(configureBuilder);
        if (args.Any(string.IsNullOrEmpty))
        {
            throw new ArgumentException($"Array params contains empty item: [{string.Join(", ", args)}]", nameof(args));
        }

        var entryPoint = new SuspendedEntryPoint(typeof(TEntryPoint).Assembly, args, configureBuilder);
        return new TestingBuilder(entryPoint, await entryPoint.StartAsync(cancellationToken));
    }
}
