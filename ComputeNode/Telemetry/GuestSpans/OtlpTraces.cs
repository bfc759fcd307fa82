using System.Globalization;
using OpenTelemetry.Exporter;

namespace WasmAspire.ComputeNode.Telemetry.GuestSpans;

/// <summary>The settings of OTLP for traces: the general ones, and over them those of the signal.</summary>
internal static class OtlpTraces
{
    private const string Prefix = "OTEL_EXPORTER_OTLP_TRACES_";

    /// <summary>Whether there is anywhere to export to: the question that the service defaults ask.</summary>
    public static bool IsConfigured(IConfiguration configuration) =>
        !string.IsNullOrWhiteSpace(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);

    /// <summary>Puts the signal's own settings over the general ones; a malformed one is ignored, as OpenTelemetry demands.</summary>
    public static OtlpExporterOptions Apply(IConfiguration configuration, OtlpExporterOptions general)
    {
        if (Uri.TryCreate(configuration[Prefix + "ENDPOINT"], UriKind.Absolute, out var endpoint))
        {
            general.Endpoint = endpoint;
        }

        if (configuration[Prefix + "HEADERS"] is { Length: > 0 } headers)
        {
            general.Headers = headers;
        }

        if (int.TryParse(configuration[Prefix + "TIMEOUT"], NumberStyles.None, CultureInfo.InvariantCulture, out var timeout))
        {
            general.TimeoutMilliseconds = timeout;
        }

        general.Protocol = configuration[Prefix + "PROTOCOL"] switch
        {
            "grpc" => OtlpExportProtocol.Grpc,
            "http/protobuf" => OtlpExportProtocol.HttpProtobuf,
            _ => general.Protocol,
        };
        general.Compression = configuration[Prefix + "COMPRESSION"] switch
        {
            "gzip" => OtlpExportCompression.GZip,
            "none" => OtlpExportCompression.None,
            _ => general.Compression,
        };
        return general;
    }
}
