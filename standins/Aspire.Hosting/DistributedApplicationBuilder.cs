using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

internal sealed partial class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly DistributedApplicationOptions options;
    private readonly IBuilderInterceptor? interceptor = BuilderInterception.Current;
    private readonly HostApplicationBuilder host;
    private readonly DistributedApplicationEventing eventing = new();

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        this.options = options;
        var settings = new HostApplicationBuilderSettings { Args = options.Args, Configuration = new() };
        settings.Configuration.AddEnvironmentVariables(prefix: "ASPIRE_");
        interceptor?.OnConstructing(options, settings);
        host = new HostApplicationBuilder(settings);

        Project = new AppHostProject(options.Assembly);
        AppHostDirectory = Project.Directory ?? Environment.ContentRootPath;
        ApplyArguments();
        ExecutionContext = new DistributedApplicationExecutionContext(IsPublish());
        // Part of a volume's name, which must be the same wherever the application is published from.
        var hashed = ExecutionContext.IsPublishMode ? Project.FileName ?? Environment.ApplicationName : AppHostDirectory;
        Configuration["AppHost:Sha256"] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(hashed)));
        DashboardKeys.Generate(Configuration, ExecutionContext.IsRunMode && !options.DisableDashboard);
        HostingServices.Add(host, options, this, eventing);
    }

    public AppHostProject Project { get; }

    public ConfigurationManager Configuration => host.Configuration;

    public string AppHostDirectory { get; }

    public IHostEnvironment Environment => host.Environment;

    public IServiceCollection Services => host.Services;

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public IDistributedApplicationEventing Eventing => eventing;

    public IResourceCollection Resources { get; } = new ResourceCollection();

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        if (resource.Name.Length > 64 || !ValidName().IsMatch(resource.Name))
        {
            throw new ArgumentException($"Resource name '{resource.Name}' is invalid. Name must start with an ASCII letter, contain only ASCII letters, digits, and single hyphens, not end with a hyphen, and be between 1 and 64 characters long.", nameof(resource));
        }

        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource => new ResourceBuilder<T>(this, resource);

    public DistributedApplication Build()
    {
        interceptor?.OnBuilding(this);
        if (ExecutionContext.IsRunMode && !options.DisableDashboard)
        {
            this.AddDashboard();
        }

        var application = new DistributedApplication(host.Build());
        return interceptor?.OnBuilt(application) ?? application;
    }

    [GeneratedRegex("^[A-Za-z](-?[A-Za-z0-9])*$")]
    private static partial Regex ValidName();

    private void ApplyArguments()
    {
        Configuration.AddCommandLine(options.Args ?? [], new Dictionary<string, string>
        {
            ["--operation"] = "AppHost:Operation",
            ["--publisher"] = "Publishing:Publisher",
            ["--output-path"] = "Pipeline:OutputPath",
        });
    }

    private bool IsPublish() => Configuration["AppHost:Operation"]?.ToLowerInvariant() switch
    {
        null => Configuration["Publishing:Publisher"] is not null,
        "publish" => true,
        "run" => false,
        _ => throw new DistributedApplicationException("Invalid operation specified. Valid operations are 'publish' or 'run'."),
    };
}
