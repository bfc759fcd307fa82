using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Collects what the model says of a resource's environment and arguments.</summary>
internal sealed class ConfigurationResolver(DistributedApplicationExecutionContext executionContext)
{
    /// <summary>The variables with values that are still to be resolved.</summary>
    public IReadOnlyDictionary<string, object> GetEnvironment(IResource resource, CancellationToken cancellationToken)
    {
        var context = new EnvironmentCallbackContext(executionContext, cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToArray())
        {
            annotation.Callback(context);
        }

        return context.EnvironmentVariables;
    }

    /// <summary>The variables of one replica.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ResolveEnvironmentAsync(Replica replica, CancellationToken cancellationToken)
    {
        var resolved = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in GetEnvironment(replica.Resource, cancellationToken))
        {
            var text = value switch
            {
                string literal => literal,
                ReplicaValue own => own.Resolve(replica),
                IValueProvider provider => await provider.GetValueAsync(cancellationToken),
                _ => Convert.ToString(value, CultureInfo.InvariantCulture),
            };
            if (text is not null)
            {
                resolved[name] = text;
            }
        }

        return resolved;
    }

    public static IReadOnlyList<string> GetArguments(IResource resource)
    {
        var arguments = new List<string>();
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsAnnotation>())
        {
            annotation.Callback(arguments);
        }

        return arguments;
    }
}
