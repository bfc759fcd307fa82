using WasmAspire.Observe;

namespace WasmAspire.ComputeNode.Telemetry;

/// <summary>Gives a host what its guests' metrics need.</summary>
internal static class GuestMetricsExtensions
{
    /// <summary>Adds the instruments of guests and their export; the host's own provider gets the count of what they drop.</summary>
    public static void AddGuestMetrics(this IServiceCollection services)
    {
        // The provider is made after the instruments' set and so disposed before it: its last export still finds them.
        services.AddSingleton<GuestMetrics>();
        services.AddHostedService(provider =>
        {
            provider.GetRequiredService<GuestMetrics>();
            return ActivatorUtilities.CreateInstance<GuestMetricsProvider>(provider);
        });
        services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(GuestMetrics.OwnMeterName));
    }
}
