using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Adds values from outside.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>Adds the connection string <paramref name="name"/> of the AppHost's configuration.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name, and the connection string's.</param>
    /// <param name="environmentVariableName">The variable that hands it on, by default <c>ConnectionStrings__NAME</c>.</param>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(this IDistributedApplicationBuilder builder, string name, string? environmentVariableName = null) =>
        builder.AddResource(new ConnectionStringParameterResource(name, environmentVariableName, () =>
            builder.Configuration.GetConnectionString(name)
            ?? throw new DistributedApplicationException($"Connection string parameter resource could not be used because connection string '{name}' is missing.")));

    /// <summary>A secret: what the configuration says of it, else random letters and digits.</summary>
    internal static ParameterResource CreatePassword(IDistributedApplicationBuilder builder, string name)
    {
        var generated = new GeneratedPassword(Length: 22);
        return new(name, () => builder.Configuration[$"Parameters:{name}"] ?? generated.Next(), generated);
    }
}
