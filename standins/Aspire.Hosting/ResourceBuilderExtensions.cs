using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Configures resources of any kind.</summary>
public static partial class ResourceBuilderExtensions
{
    /// <summary>Sets an environment variable.</summary>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, string? value)
        where T : IResourceWithEnvironment =>
        builder.WithEnvironment(context => context.EnvironmentVariables[name] = value ?? "");

    /// <summary>Sets environment variables when the resource starts or is published.</summary>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, Action<EnvironmentCallbackContext> callback)
        where T : IResourceWithEnvironment =>
        builder.WithAnnotation(new EnvironmentCallbackAnnotation(callback));

    /// <summary>Adds arguments.</summary>
    public static IResourceBuilder<T> WithArgs<T>(this IResourceBuilder<T> builder, params string[] args)
        where T : IResourceWithArgs =>
        builder.WithArgs(all =>
        {
            foreach (var arg in args)
            {
                all.Add(arg);
            }
        });

    /// <summary>Hands the other resource's connection string on as <c>ConnectionStrings__NAME</c>.</summary>
    /// <exception cref="DistributedApplicationException">When the resource starts: there is none, and it is not <paramref name="optional"/>.</exception>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null, bool optional = false)
        where TDestination : IResourceWithEnvironment
    {
        var reference = new ConnectionStringReference(source.Resource, optional);
        var variable = source.Resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{connectionName ?? source.Resource.Name}";
        return builder
            .WithAnnotation(new ReferenceAnnotation(source.Resource))
            .WithEnvironment(context => context.EnvironmentVariables[variable] = reference);
    }

    /// <summary>Hands the other resource's addresses on, for service discovery (<c>services__NAME__http__0</c>) and as <c>NAME_HTTP</c>.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment
    {
        var resource = source.Resource;
        return builder
            .WithAnnotation(new ReferenceAnnotation(resource))
            .WithEnvironment(context =>
            {
                foreach (var endpoint in resource.GetEndpoints())
                {
                    var reference = new EndpointReference(resource, endpoint.Name);
                    context.EnvironmentVariables[$"{VariableName(resource.Name)}_{VariableName(endpoint.Name)}"] = reference;
                    context.EnvironmentVariables[$"services__{resource.Name}__{endpoint.Name}__0"] = reference;
                }
            });
    }

    /// <summary>Starts the resource when <paramref name="dependency"/> is healthy.</summary>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport =>
        builder.WithAnnotation(new WaitAnnotation(dependency.Resource));

    /// <summary>The resource is healthy while the health check registered as <paramref name="key"/> is.</summary>
    public static IResourceBuilder<T> WithHealthCheck<T>(this IResourceBuilder<T> builder, string key)
        where T : IResource
    {
        if (builder.Resource.Annotations.OfType<HealthCheckAnnotation>().Any(check => check.Key == key))
        {
            throw new DistributedApplicationException($"Resource '{builder.Resource.Name}' already has a health check with key '{key}'.");
        }

        return builder.WithAnnotation(new HealthCheckAnnotation(key));
    }

    /// <summary>The resource is healthy while a GET of <paramref name="path"/> (<c>/</c>) at the endpoint (the HTTP one) answers <paramref name="statusCode"/> (200).</summary>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints
    {
        var resource = builder.Resource;
        var name = endpointName ?? resource.GetEndpoints().FirstOrDefault(e => e.IsHttp)?.Name
            ?? throw new DistributedApplicationException($"Could not create HTTP health check for resource '{resource.Name}' as it has no HTTP endpoint.");
        var endpoint = new EndpointReference(resource, name);
        if (endpoint.Exists && !endpoint.EndpointAnnotation.IsHttp)
        {
            throw new DistributedApplicationException($"Could not create HTTP health check for resource '{resource.Name}' as the endpoint with name '{name}' and scheme '{endpoint.EndpointAnnotation.UriScheme}' is not an HTTP endpoint.");
        }

        var check = new HttpHealthCheck(endpoint, path ?? "/", statusCode ?? 200);
        var key = $"{resource.Name}_{name}_{path ?? "/"}_{statusCode ?? 200}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new(key, check, HealthStatus.Unhealthy, tags: null));
        return builder.WithHealthCheck(key);
    }

    /// <summary>Leaves the resource out of the manifest.</summary>
    public static IResourceBuilder<T> ExcludeFromManifest<T>(this IResourceBuilder<T> builder)
        where T : IResource =>
        builder.WithAnnotation(new ExcludeFromManifestAnnotation(), ResourceAnnotationMutationBehavior.Replace);

    internal static IResourceBuilder<T> WithArgs<T>(this IResourceBuilder<T> builder, Action<IList<string>> callback)
        where T : IResourceWithArgs =>
        builder.WithAnnotation(new CommandLineArgsAnnotation(callback));

    private static string VariableName(string name) => name.Replace('-', '_').ToUpperInvariant();
}
