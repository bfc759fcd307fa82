using System.Text.Json;

namespace Aspire.Hosting;

/// <summary>A project's launchSettings.json.</summary>
internal sealed class LaunchSettings
{
    private static readonly JsonSerializerOptions Json = new()
    {
        AllowTrailingCommas = true,
        PropertyNameCaseInsensitive = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    public Dictionary<string, LaunchProfile> Profiles { get; set; } = [];

    /// <summary>The settings of the project in <paramref name="folder"/>, or null where it has none.</summary>
    /// <exception cref="DistributedApplicationException">They are not valid JSON.</exception>
    public static LaunchSettings? Read(string? folder)
    {
        var path = Path.Combine(folder ?? "", "Properties", "launchSettings.json");
        if (folder is null || !File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<LaunchSettings>(File.ReadAllText(path), Json);
        }
        catch (JsonException e)
        {
            throw new DistributedApplicationException($"Failed to get effective launch profile: '{path}' is not valid JSON: {e.Message}", e);
        }
    }

    /// <summary>The profile of the name <paramref name="preferred"/> where there is one, else the first that starts the project.</summary>
    public NamedLaunchProfile? Choose(string? preferred)
    {
        var projects = Profiles.Where(p => p.Value.CommandName == "Project").ToArray();
        var chosen = projects.FirstOrDefault(p => p.Key == preferred);
        return chosen.Value is not null ? new(chosen.Key, chosen.Value)
            : projects.Length > 0 ? new(projects[0].Key, projects[0].Value)
            : null;
    }
}
