namespace Aspire.Hosting;

internal sealed record NamedLaunchProfile(string Name, LaunchProfile Profile);
