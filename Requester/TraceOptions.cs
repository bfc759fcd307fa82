namespace WasmAspire.Requester;

/// <summary>Whose traces jobs belong to.</summary>
internal sealed class TraceOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Requester";

    /// <summary>
    /// Whether a request's trace context and baggage count; true by default. With false a request begins a trace of its own,
    /// sampled as this service has it, with a link to the caller's, and its baggage goes nowhere: for a requester that
    /// strangers may call.
    /// </summary>
    public bool TrustIncomingTraceContext { get; set; } = true;
}
