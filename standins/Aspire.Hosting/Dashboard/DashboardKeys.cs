using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dashboard;

/// <summary>What opens the dashboard to a browser, to telemetry and to its REST clients; in the AppHost's configuration only.</summary>
internal static class DashboardKeys
{
    public const string BrowserToken = "AppHost:BrowserToken";
    public const string Otlp = "AppHost:OtlpApiKey";
    public const string Api = "AppHost:DashboardApiKey";

    private const string Unsecured = "ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS";
    private const string ChosenToken = "ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN";

    /// <summary>Makes the keys that the configuration does not give; none where the dashboard is off or open to everybody.</summary>
    public static void Generate(ConfigurationManager configuration, bool dashboardEnabled)
    {
        if (!dashboardEnabled)
        {
            return;
        }

        var open = configuration.IsTrue(Unsecured);
        configuration[BrowserToken] = open ? null : NonEmpty(configuration[ChosenToken]) ?? New();
        configuration[Otlp] = open ? null : NonEmpty(configuration[Otlp]) ?? New();
        configuration[Api] = open ? null : NonEmpty(configuration[Api]) ?? New();
    }

    private static string? NonEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;

    private static string New() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
