using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;
using WasmAspire.ServiceDefaults;

namespace WasmAspire.Tests.ServiceDefaults;

public sealed class TraceContextTests : IDisposable
{
    private readonly ActivitySource source = new($"{nameof(TraceContextTests)}-{Guid.NewGuid()}");
    private readonly TracerProvider tracing;

    // Building a provider also sets the propagator, as it does in the services.
    public TraceContextTests() => tracing = Sdk.CreateTracerProviderBuilder().AddSource(source.Name).Build();

    [Fact]
    public void TheContextOfAnActivityComesBackWithItsBaggage()
    {
        using var activity = source.StartActivity("send")!;
        activity.TraceStateString = "vendor=value";
        Baggage.Current = Baggage.Create(new() { ["tenant"] = "a b" });

        var carrier = TraceContext.Inject(activity);
        var context = TraceContext.Extract(carrier);

        Assert.Equal(["baggage", "traceparent", "tracestate"], carrier.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((activity.TraceId, activity.SpanId, ActivityTraceFlags.Recorded, "vendor=value"), (context.ActivityContext.TraceId, context.ActivityContext.SpanId, context.ActivityContext.TraceFlags, context.ActivityContext.TraceState));
        Assert.Equal("a b", context.Baggage.GetBaggage("tenant"));
    }

    [Fact]
    public void WhereNothingIsTracedNothingIsInjected()
    {
        Baggage.Current = default;

        var carrier = TraceContext.Inject(null);

        Assert.Empty(carrier);
        Assert.Equal(default, TraceContext.Extract(carrier).ActivityContext);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("00-00000000000000000000000000000000-0000000000000000-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c")]
    public void AMalformedContextIsNone(string traceparent) =>
        Assert.Equal(default, TraceContext.Extract(new Dictionary<string, string> { ["traceparent"] = traceparent }).ActivityContext);

    public void Dispose()
    {
        Baggage.Current = default;
        tracing.Dispose();
        source.Dispose();
    }
}
