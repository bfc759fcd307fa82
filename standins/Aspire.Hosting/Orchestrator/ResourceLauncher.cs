using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Starts the process of a replica.</summary>
internal sealed class ResourceLauncher(AppHostProject project, ConfigurationResolver resolver, IResourceOutput output)
{
    // They are the AppHost's; a service has its own, from its launch profile.
    private static readonly string[] NotInherited = ["ASPNETCORE_URLS", "DOTNET_LAUNCH_PROFILE", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"];

    /// <exception cref="DistributedApplicationException">The resource cannot be started; the message says why.</exception>
    public async Task<ChildProcess> StartAsync(Replica replica, CancellationToken cancellationToken)
    {
        var resource = replica.Resource;
        var environment = await resolver.ResolveEnvironmentAsync(replica, cancellationToken);
        var arguments = ConfigurationResolver.GetArguments(resource);
        var spec = resource switch
        {
            ProjectResource => ForProject(resource, arguments, environment),
            ExecutableResource executable => ForExecutable(executable, arguments, environment),
            ContainerResource container => throw new DistributedApplicationException(NoContainers(container)),
            _ => throw new DistributedApplicationException($"Resources of type '{resource.GetType().Name}' cannot be started."),
        };
        cancellationToken.ThrowIfCancellationRequested();
        return await ChildProcess.StartAsync(spec, WriteLine);

        void WriteLine(string text, bool isError)
        {
            // The login link is the AppHost's to print, once.
            if (resource is not DashboardResource || !DashboardResource.IsAnnouncement(text))
            {
                output.WriteLine(resource, replica.Id, text, isError);
            }
        }
    }

    /// <summary>Whether a resource has a process at all.</summary>
    public static bool CanStart(IResource resource) => resource is ProjectResource or ExecutableResource or ContainerResource;

    private static ProcessSpec ForExecutable(ExecutableResource executable, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment) =>
        new(ProgramPath.Find(executable.Command, executable.WorkingDirectory), arguments, executable.WorkingDirectory, environment, NotInherited);

    private static string NoContainers(ContainerResource container) =>
        $"'{container.Name}' is a container, and this stand-in for Aspire.Hosting starts none. Use the real Aspire packages (UseStandIns=false) and a container runtime{container.Alternative}.";

    private ProcessSpec ForProject(IResource resource, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var path = resource.Annotations.OfType<ProjectMetadataAnnotation>().Single().ProjectPath;
        var target = project.FindTarget(path);
        return target is not null && File.Exists(target)
            ? new(ProgramPath.Dotnet, [target, .. arguments], Path.GetDirectoryName(path)!, environment, NotInherited)
            : throw new DistributedApplicationException($"The project '{path}' is not built{(target is null ? ", or the AppHost does not refer to it" : $": there is no '{target}'")}. Build the AppHost.");
    }
}
