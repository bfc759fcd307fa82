using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace WasmAspire.ServiceDefaults;

/// <summary>
/// The trace context's way through a queue: trace context and baggage as a dictionary of strings, written and read by
/// OpenTelemetry's propagator (W3C <c>traceparent</c>, <c>tracestate</c> and <c>baggage</c> by default).
/// </summary>
public static class TraceContext
{
    /// <summary>The context of <paramref name="activity"/> and the current baggage; empty where the activity is null and there is no baggage.</summary>
    public static Dictionary<string, string> Inject(Activity? activity)
    {
        var carrier = new Dictionary<string, string>(StringComparer.Ordinal);
        Propagators.DefaultTextMapPropagator.Inject(
            new PropagationContext(activity?.Context ?? default, Baggage.Current),
            carrier,
            static (carrier, name, value) => carrier[name] = value);
        return carrier;
    }

    /// <summary>What <see cref="Inject"/> wrote; a carrier that is empty or malformed gives an invalid context and no baggage.</summary>
    public static PropagationContext Extract(IReadOnlyDictionary<string, string> carrier) =>
        Propagators.DefaultTextMapPropagator.Extract(
            default,
            carrier,
            static (carrier, name) => carrier.TryGetValue(name, out var value) ? [value] : []);
}
