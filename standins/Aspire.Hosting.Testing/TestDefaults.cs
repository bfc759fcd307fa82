using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>What an AppHost finds in a test, instead of the environment that it would be started in.</summary>
internal static class TestDefaults
{
    public static void Apply(
        Assembly assembly,
        string[] args,
        DistributedApplicationOptions options,
        HostApplicationBuilderSettings settings,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder)
    {
        var name = assembly.GetName().Name!;
        settings.Args = [.. settings.Args ?? [], .. args];
        settings.ApplicationName = name;
        options.Args = settings.Args;
        options.AssemblyName = name;
        options.DisableDashboard = true;
        options.EnableResourceLogging = true;
        var folder = new AppHostProject(assembly).Directory;
        if (Directory.Exists(folder))
        {
            settings.ContentRootPath = folder;
        }

        AddDefaults(settings, new()
        {
            ["DcpPublisher:RandomizePorts"] = "true",
            ["ASPNETCORE_URLS"] = "http://localhost:0",
            ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = "http://localhost:4317",
        });
        configureBuilder(options, settings);
        var profile = AddDefaults(settings, GetProfile(settings, folder));
        // As arguments too: the variables of the test's own process must not win over the AppHost's profile.
        settings.Args = [.. settings.Args ?? [], .. profile.Select(setting => $"--{setting.Key}={setting.Value}")];
    }

    /// <summary>Adds what is not set yet; gives what it has added.</summary>
    private static Dictionary<string, string?> AddDefaults(HostApplicationBuilderSettings settings, Dictionary<string, string?> defaults)
    {
        var existing = new ConfigurationManager();
        existing.AddCommandLine(settings.Args ?? []);
        settings.Configuration ??= new();
        existing.AddConfiguration(settings.Configuration);
        var added = defaults.Where(setting => existing[setting.Key] is null).ToDictionary();
        settings.Configuration.AddInMemoryCollection(added);
        return added;
    }

    private static Dictionary<string, string?> GetProfile(HostApplicationBuilderSettings settings, string? folder)
    {
        const string Name = "DOTNET_LAUNCH_PROFILE";
        var profile = LaunchSettings.Read(folder)?.Choose(settings.Configuration?[Name]);
        var result = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (profile is null)
        {
            return result;
        }

        result[Name] = profile.Name;
        foreach (var (name, value) in profile.Profile.EnvironmentVariables)
        {
            result[name] = value;
            // The host reads its own settings, the environment's name above all, without these prefixes.
            foreach (var prefix in (string[])["DOTNET_", "ASPNETCORE_"])
            {
                if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                {
                    result.TryAdd(name[prefix.Length..], value);
                }
            }
        }

        return result;
    }
}
