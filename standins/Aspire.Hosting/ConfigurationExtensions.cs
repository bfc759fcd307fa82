using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

internal static class ConfigurationExtensions
{
    /// <summary>Whether a setting is <c>true</c> or <c>1</c>.</summary>
    public static bool IsTrue(this IConfiguration configuration, string key) =>
        configuration[key] is { } value && (value == "1" || (bool.TryParse(value, out var set) && set));
}
