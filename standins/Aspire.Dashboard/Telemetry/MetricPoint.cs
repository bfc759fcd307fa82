using Google.Protobuf;

namespace Aspire.Dashboard.Telemetry;

/// <summary>One measurement as it came: a NumberDataPoint, HistogramDataPoint, ExponentialHistogramDataPoint or SummaryDataPoint.</summary>
internal sealed record MetricPoint(StoredInstrument Instrument, IMessage Message, long Bytes);
