using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using WasmAspire.Jobs;
using WasmAspire.ServiceDefaults;
using WasmAspire.Wasi;

namespace WasmAspire.ComputeNode.Telemetry;

/// <summary>
/// The trace and the baggage that a guest belongs to, as it finds them: in the W3C's formats, whatever the services use
/// between themselves, in the variables that OpenTelemetry names for processes (TRACEPARENT, TRACESTATE, BAGGAGE).
/// </summary>
internal sealed class GuestContext
{
    private static readonly TraceContextPropagator Trace = new();
    private static readonly BaggagePropagator BaggageFormat = new();

    private readonly PropagationContext incoming;

    /// <param name="job">Whose guest it is.</param>
    /// <param name="options">Say which of its baggage goes where.</param>
    public GuestContext(ClaimedJob job, NodeOptions options)
    {
        incoming = TraceContext.Extract(job.TraceContext);
        var forGuest = Choose(options.GuestBaggage);
        Variables = forGuest.Count > 0 ? Write(BaggageFormat, new PropagationContext(default, Baggage.Create(forGuest))) : [];
        SpanAttributes = [.. Choose(options.SpanBaggage).Select(entry => KeyValuePair.Create($"baggage.{entry.Key}", (object?)AttributeText.Cut(entry.Value)))];
    }

    /// <summary>Variables of the guest's environment that never change: BAGGAGE, if the node lets any of it through.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; }

    /// <summary>Attributes of every guest span: <c>baggage.KEY</c> of the baggage that the node lets through.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> SpanAttributes { get; }

    /// <summary>
    /// Has the guest's environment name a span from now on. Where nobody records any, it names what the job came with, so
    /// that what the guest sends still belongs to the caller's trace.
    /// </summary>
    public void Name(Activity? span, WasiContext wasi)
    {
        var context = (span ?? Activity.Current)?.Context ?? incoming.ActivityContext;
        foreach (var (name, value) in Write(Trace, new PropagationContext(context, default)))
        {
            wasi.SetVariable(name, value);
        }
    }

    private static Dictionary<string, string> Write(TextMapPropagator propagator, PropagationContext context)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        propagator.Inject(context, variables, static (variables, name, value) => variables[name.ToUpperInvariant()] = value);
        return variables;
    }

    private Dictionary<string, string> Choose(IReadOnlyList<string> allowed) =>
        incoming.Baggage.GetBaggage().Where(entry => allowed.Contains(entry.Key, StringComparer.Ordinal)).ToDictionary(StringComparer.Ordinal);
}
