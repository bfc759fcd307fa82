using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestrator;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes the manifest as azd reads it.</summary>
/// <param name="json">Where to.</param>
/// <param name="folder">The manifest's folder: paths are relative to it.</param>
/// <param name="resolver">Gives the environment of resources.</param>
internal sealed class ManifestWriter(Utf8JsonWriter json, string folder, ConfigurationResolver resolver)
{
    private const int FirstAllocatedPort = 8000;

    private readonly List<IResource> referenced = [];
    private int nextPort = FirstAllocatedPort;

    public void Write(DistributedApplicationModel model, CancellationToken cancellationToken)
    {
        var written = model.Resources.Where(r => !r.Annotations.OfType<ExcludeFromManifestAnnotation>().Any()).ToArray();
        json.WriteStartObject();
        json.WriteStartObject("resources");
        foreach (var resource in written)
        {
            Write(resource, cancellationToken);
        }

        // What others refer to and the model does not list, like generated passwords.
        foreach (var resource in referenced.Except(model.Resources).ToArray())
        {
            Write(resource, cancellationToken);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void Write(IResource resource, CancellationToken cancellationToken)
    {
        json.WriteStartObject(resource.Name);
        switch (resource)
        {
            case ContainerResource container:
                WriteContainer(container, cancellationToken);
                break;
            case ProjectResource project:
                json.WriteString("type", "project.v0");
                json.WriteString("path", Relative(project.Annotations.OfType<ProjectMetadataAnnotation>().Single().ProjectPath));
                WriteArguments(project);
                WriteEnvironment(project, cancellationToken);
                WriteBindings(project);
                break;
            case ExecutableResource executable:
                json.WriteString("type", "executable.v0");
                WriteConnectionString(executable);
                json.WriteString("workingDirectory", Relative(executable.WorkingDirectory));
                json.WriteString("command", executable.Command);
                WriteArguments(executable);
                WriteEnvironment(executable, cancellationToken);
                WriteBindings(executable);
                break;
            case ParameterResource parameter:
                parameter.WriteToManifest(json);
                break;
            default:
                json.WriteString("error", "This resource does not support generation in the manifest.");
                break;
        }

        json.WriteEndObject();
    }

    private void WriteContainer(ContainerResource container, CancellationToken cancellationToken)
    {
        json.WriteString("type", "container.v0");
        WriteConnectionString(container);
        json.WriteString("image", container.Annotations.OfType<ContainerImageAnnotation>().Last().Name);
        if (container.Entrypoint is not null)
        {
            json.WriteString("entrypoint", container.Entrypoint);
        }

        WriteArguments(container);
        var volumes = container.Annotations.OfType<ContainerVolumeAnnotation>().ToArray();
        if (volumes.Length > 0)
        {
            json.WriteStartArray("volumes");
            foreach (var volume in volumes)
            {
                json.WriteStartObject();
                json.WriteString("name", volume.Name);
                json.WriteString("target", volume.Target);
                json.WriteBoolean("readOnly", volume.IsReadOnly);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        WriteEnvironment(container, cancellationToken);
        WriteBindings(container);
    }

    private void WriteConnectionString(IResource resource)
    {
        if (resource is IResourceWithConnectionString { ConnectionStringExpression: var expression })
        {
            Reference(expression);
            json.WriteString("connectionString", expression.ValueExpression);
        }
    }

    private void WriteArguments(IResource resource)
    {
        var arguments = ConfigurationResolver.GetArguments(resource);
        if (arguments.Count > 0)
        {
            json.WriteStartArray("args");
            foreach (var argument in arguments)
            {
                json.WriteStringValue(argument);
            }

            json.WriteEndArray();
        }
    }

    private void WriteEnvironment(IResource resource, CancellationToken cancellationToken)
    {
        var environment = resolver.GetEnvironment(resource, cancellationToken);
        if (environment.Count == 0)
        {
            return;
        }

        json.WriteStartObject("env");
        foreach (var (name, value) in environment)
        {
            Reference(value);
            json.WriteString(name, value is IManifestExpressionProvider provider ? provider.ValueExpression : value.ToString());
        }

        json.WriteEndObject();
    }

    private void WriteBindings(IResource resource)
    {
        var endpoints = resource.GetEndpoints();
        if (endpoints.Count == 0)
        {
            return;
        }

        json.WriteStartObject("bindings");
        var schemes = new HashSet<string>();
        foreach (var endpoint in endpoints)
        {
            // A project's first endpoint of each HTTP scheme gets its port from the deployment.
            var isDefault = resource is ProjectResource && endpoint.IsHttp && schemes.Add(endpoint.UriScheme);
            var targetPort = endpoint.TargetPort ?? (isDefault ? null : resource is ContainerResource && endpoint.Port is not null ? endpoint.Port : nextPort++);
            json.WriteStartObject(endpoint.Name);
            json.WriteString("scheme", endpoint.UriScheme);
            json.WriteString("protocol", "tcp");
            json.WriteString("transport", endpoint.IsHttp ? "http" : "tcp");
            if (endpoint.Port is { } port && port != targetPort)
            {
                json.WriteNumber("port", port);
            }

            if (targetPort is { } target)
            {
                json.WriteNumber("targetPort", target);
            }

            if (endpoint.IsExternal)
            {
                json.WriteBoolean("external", true);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>Notes the resources that a value is made of.</summary>
    private void Reference(object value)
    {
        if (value is IResource resource)
        {
            if (!referenced.Contains(resource))
            {
                referenced.Add(resource);
            }
        }
        else if (value is IValueWithReferences composite)
        {
            foreach (var part in composite.References)
            {
                Reference(part);
            }
        }
    }

    private string Relative(string path) => Path.GetRelativePath(folder, path);
}
