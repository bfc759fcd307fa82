using Google.Protobuf.Collections;
using OpenTelemetry.Proto.Common.V1;

namespace Aspire.Dashboard.Telemetry;

/// <summary>The other end of a link; <paramref name="Span"/> is null where that span is not here.</summary>
internal sealed record LinkedSpan(SpanReference Reference, StoredSpan? Span, RepeatedField<KeyValue> Attributes);
