using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>What the AppHost says of itself. The texts are the real package's; tools look for some of them.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Distributed application starting.")]
    public static partial void Starting(ILogger logger);

    [LoggerMessage(2, LogLevel.Information, "Application host directory is: {AppHostDirectory}")]
    public static partial void AppHostDirectory(ILogger logger, string appHostDirectory);

    [LoggerMessage(3, LogLevel.Information, "Distributed application started. Press Ctrl+C to shut down.")]
    public static partial void Started(ILogger logger);

    [LoggerMessage(4, LogLevel.Information, "Now listening on: {DashboardUrl}")]
    public static partial void DashboardListening(ILogger logger, string dashboardUrl);

    [LoggerMessage(5, LogLevel.Information, "Login to the dashboard at {DashboardLoginUrl}")]
    public static partial void DashboardLogin(ILogger logger, string dashboardLoginUrl);

    [LoggerMessage(6, LogLevel.Information, "Published manifest to: {ManifestPath}")]
    public static partial void ManifestPublished(ILogger logger, string manifestPath);

    [LoggerMessage(7, LogLevel.Critical, "The manifest was not written: {Reason}")]
    public static partial void ManifestFailed(ILogger logger, string reason);

    [LoggerMessage(8, LogLevel.Critical, "The health check '{Key}' is not registered and is required for resource '{ResourceName}'.")]
    public static partial void HealthCheckMissing(ILogger logger, string key, string resourceName);

    [LoggerMessage(9, LogLevel.Information, "{LineNumber}: {LineContent}")]
    public static partial void ResourceLine(ILogger logger, int lineNumber, string lineContent);

    [LoggerMessage(10, LogLevel.Error, "{LineNumber}: {LineContent}")]
    public static partial void ResourceErrorLine(ILogger logger, int lineNumber, string lineContent);
}
