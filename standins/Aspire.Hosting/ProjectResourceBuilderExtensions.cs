using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestrator;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Adds projects.</summary>
public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a project, with the environment and the addresses of its launch profile.</summary>
    /// <exception cref="DistributedApplicationException">Its launch settings cannot be read.</exception>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new()
    {
        var path = new TProject().ProjectPath;
        var configuration = builder.Configuration;
        var profile = LaunchSettings.Read(Path.GetDirectoryName(path))?
            .Choose(configuration["AppHost:DefaultLaunchProfileName"] ?? configuration["DOTNET_LAUNCH_PROFILE"]);
        var project = builder.AddResource(new ProjectResource(name))
            .WithAnnotation(new ProjectMetadataAnnotation(path, profile))
            .WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory");
        if (builder.ExecutionContext.IsPublishMode)
        {
            AddPublishDefaults(project, profile?.Profile);
        }
        else
        {
            AddRunDefaults(project, profile);
        }

        return project;
    }

    /// <summary>Runs several processes of the project behind each of its endpoints.</summary>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicas, 1);
        return builder.WithAnnotation(new ReplicaAnnotation(replicas));
    }

    private static void AddRunDefaults(IResourceBuilder<ProjectResource> project, NamedLaunchProfile? profile)
    {
        var application = project.ApplicationBuilder;
        if (application.Environment.IsDevelopment())
        {
            project.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION", "true");
            project.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION", "true");
        }

        project.WithEnvironment(context => OtlpEnvironment.Set(context.EnvironmentVariables, application));
        // Their output is a pipe; the console still shows colours, or takes them off.
        project.WithEnvironment("DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION", "true");
        project.WithEnvironment("LOGGING__CONSOLE__FORMATTERNAME", "simple");
        project.WithEnvironment(context => SetUrls(context.EnvironmentVariables, project.Resource));
        if (profile is not null)
        {
            AddProfileEndpoints(project.Resource, profile);
            project.WithEnvironment(context => SetProfile(context.EnvironmentVariables, profile));
        }
    }

    private static void SetUrls(Dictionary<string, object> environment, ProjectResource project)
    {
        var endpoints = project.GetEndpoints().Where(e => e.IsHttp).ToArray();
        if (endpoints.Length > 0)
        {
            environment.TryAdd("ASPNETCORE_URLS", new ReplicaValue(replica =>
                string.Join(';', endpoints.Select(e => FormattableString.Invariant($"{e.UriScheme}://{e.TargetHost}:{replica.TargetPorts[e.Name]}")))));
        }
    }

    private static void AddProfileEndpoints(ProjectResource project, NamedLaunchProfile profile)
    {
        var source = $"applicationUrl of the profile '{profile.Name}' in the project's Properties/launchSettings.json";
        foreach (var (name, address) in ListeningUrls.Parse(profile.Profile.ApplicationUrl ?? "", source))
        {
            project.Annotations.Add(new EndpointAnnotation(name)
            {
                UriScheme = address.Scheme,
                TargetHost = address.Host is "*" or "+" ? "0.0.0.0" : address.Host,
                Port = address.Port,
                PortSource = source,
            });
        }
    }

    private static void SetProfile(Dictionary<string, object> environment, NamedLaunchProfile profile)
    {
        environment.TryAdd("DOTNET_LAUNCH_PROFILE", profile.Name);
        foreach (var (name, value) in profile.Profile.EnvironmentVariables)
        {
            environment.TryAdd(name, Environment.ExpandEnvironmentVariables(value));
        }
    }

    private static void AddPublishDefaults(IResourceBuilder<ProjectResource> project, LaunchProfile? profile)
    {
        var resource = project.Resource;
        project.WithEnvironment(context =>
        {
            var endpoints = resource.GetEndpoints();
            if (endpoints.Count > 0)
            {
                context.EnvironmentVariables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
            }

            // An https endpoint ends at the deployment's ingress: the project itself never listens on https.
            var ports = string.Join(';', endpoints.Where(e => e.UriScheme == "http").Select(e => new EndpointReference(resource, e.Name).Binding("targetPort")));
            if (ports.Length > 0)
            {
                context.EnvironmentVariables.TryAdd("HTTP_PORTS", ports);
            }
        });
        if (profile?.ApplicationUrl is not null)
        {
            resource.Annotations.Add(new EndpointAnnotation("http") { UriScheme = "http" });
            resource.Annotations.Add(new EndpointAnnotation("https") { UriScheme = "https" });
        }
    }
}
