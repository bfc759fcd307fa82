using System.Globalization;

namespace WasmAspire.ComputeNode.Telemetry.GuestSpans;

/// <summary>The sizes of the queue.</summary>
/// <param name="Places">Places that all sessions share.</param>
/// <param name="BatchSize">Spans that go out at once; no more than a quarter of the places.</param>
/// <param name="Interval">After how many milliseconds a smaller batch goes out too.</param>
internal sealed record GuestSpanQueueOptions(int Places, int BatchSize, int Interval)
{
    private const int DefaultBatchSize = 512;
    private const int DefaultInterval = 1000;

    /// <summary>By the node's options, and OpenTelemetry's own settings of a batch processor: <c>OTEL_BSP_MAX_EXPORT_BATCH_SIZE</c>, <c>OTEL_BSP_SCHEDULE_DELAY</c>.</summary>
    public static GuestSpanQueueOptions From(NodeOptions options, IConfiguration configuration) => new(
        options.GuestSpanPlaces,
        // One session never has more than half of the places: a larger batch would always wait for the interval.
        Math.Min(Number(configuration, "OTEL_BSP_MAX_EXPORT_BATCH_SIZE") ?? DefaultBatchSize, options.GuestSpanPlaces / 4),
        Number(configuration, "OTEL_BSP_SCHEDULE_DELAY") ?? DefaultInterval);

    /// <summary>A positive number; OpenTelemetry ignores a setting that is none.</summary>
    private static int? Number(IConfiguration configuration, string name) =>
        int.TryParse(configuration[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
