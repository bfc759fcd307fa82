using Aspire.Dashboard.Security;
using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Configuration;

/// <summary>What the AppHost's environment asks for: Aspire's variables, Aspire's defaults.</summary>
internal sealed record DashboardOptions
{
    public required IReadOnlyList<DashboardEndpoint> Endpoints { get; init; }

    /// <summary>Opens the pages.</summary>
    public required AccessKey BrowserToken { get; init; }

    /// <summary>Opens both OTLP doors.</summary>
    public required AccessKey OtlpKey { get; init; }

    /// <summary>Opens /api/telemetry.</summary>
    public required AccessKey ApiKey { get; init; }

    public TelemetryLimits Limits { get; init; } = new();

    /// <exception cref="DashboardStartException">A value that cannot be used, or a key that is missing.</exception>
    public static DashboardOptions From(IConfiguration environment)
    {
        var anyone = Flag(environment, "ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS") || Flag(environment, "DOTNET_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS");
        return new()
        {
            Endpoints =
            [
                .. Endpoint(Door.Frontend, "ASPNETCORE_URLS", "http://localhost:18888"),
                .. Endpoint(Door.OtlpGrpc, "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "http://localhost:18889"),
                .. Endpoint(Door.OtlpHttp, "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL", "http://localhost:18890"),
            ],
            BrowserToken = Key("DASHBOARD__FRONTEND__AUTHMODE", "BrowserToken", "DASHBOARD__FRONTEND__BROWSERTOKEN"),
            OtlpKey = Key("DASHBOARD__OTLP__AUTHMODE", "ApiKey", "DASHBOARD__OTLP__PRIMARYAPIKEY"),
            ApiKey = Key("DASHBOARD__API__AUTHMODE", "ApiKey", "DASHBOARD__API__PRIMARYAPIKEY"),
        };

        IReadOnlyList<DashboardEndpoint> Endpoint(Door door, string variable, string standard) =>
            DashboardEndpoint.Parse(door, variable, environment[variable] is { Length: > 0 } urls ? urls : standard);

        AccessKey Key(string modeVariable, string keyMode, string keyVariable) => anyone
            ? AccessKey.Anyone
            : ReadKey(environment, modeVariable, keyMode, keyVariable);
    }

    /// <summary>No mode means the one with a key: a door is open only where somebody asked for that.</summary>
    private static AccessKey ReadKey(IConfiguration environment, string modeVariable, string keyMode, string keyVariable)
    {
        var mode = Read(environment, modeVariable) ?? keyMode;
        if (mode.Equals("Unsecured", StringComparison.OrdinalIgnoreCase))
        {
            return AccessKey.Anyone;
        }
        if (!mode.Equals(keyMode, StringComparison.OrdinalIgnoreCase))
        {
            throw new DashboardStartException($"{modeVariable} is '{mode}'. Give {keyMode} or Unsecured.");
        }
        return Read(environment, keyVariable) is { } key
            ? AccessKey.Of(key)
            : throw new DashboardStartException(
                $"{keyVariable} is not set. Set it, or set {modeVariable}=Unsecured (or ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS=true for all doors) to let anyone in.");
    }

    private static string? Read(IConfiguration environment, string variable) =>
        environment[variable.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal)] is { Length: > 0 } value ? value : null;

    private static bool Flag(IConfiguration environment, string variable) =>
        bool.TryParse(environment[variable], out var set) && set;
}
