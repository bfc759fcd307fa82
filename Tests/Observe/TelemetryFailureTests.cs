using Microsoft.Extensions.Logging;
using OpenTelemetry.Trace;

namespace WasmAspire.Tests.Observe;

/// <summary>What samplers, processors and loggers throw must reach neither the guest nor its other telemetry.</summary>
public sealed class TelemetryFailureTests
{
    private const string Unsampleable = "cannot be sampled";

    // Enters a span that no sampler of these tests can judge, then one that all can, and logs in it.
    private const string Guest = """
        (module
          (import "dylibso:observe/api" "span-enter" (func $enter (param i32 i32)))
          (import "dylibso:observe/api" "span-exit" (func $exit))
          (import "dylibso:observe/api" "log" (func $log (param i32 i32 i32)))
          (memory (export "memory") 1)
          (data (i32.const 0) "cannot be sampled")
          (data (i32.const 32) "sampled")
          (func (export "run")
            (call $enter (i32.const 0) (i32.const 17)) (call $exit)
            (call $enter (i32.const 0) (i32.const 17)) (call $exit)
            (call $enter (i32.const 32) (i32.const 7)) (call $log (i32.const 3) (i32.const 32) (i32.const 7)) (call $exit)))
        """;

    [Fact]
    public void ASamplerThatThrowsCostsTheSpanAndIsToldOnce()
    {
        using var guest = new ObservedGuest(new ThrowingSampler()).Run(Guest);

        Assert.Equal("sampled\n", guest.Tree());
        Assert.Equal((1, 2), (guest.Summary.Spans, guest.Summary.FoldedCalls));
        Assert.True(guest.CurrentWasKept);
        Assert.Equal([LogLevel.Warning, LogLevel.Information], guest.Logs.Select(log => log.LogLevel));
        Assert.Equal("no judgement", guest.Logs[0].Exception!.Message);
        Assert.Equal(guest.Span("sampled").SpanId, guest.Logs[1].SpanId);
    }

    [Fact]
    public void ALoggerThatThrowsCostsTheLogAlone()
    {
        using var guest = new ObservedGuest().Run(Guest, options => options with { Logger = new ThrowingLogger() });

        Assert.Equal($"{Unsampleable}\n{Unsampleable}\nsampled\n", guest.Tree());
        Assert.True(guest.CurrentWasKept);
    }

    // Throws for its own spans alone: a listener sees the spans of all tests in the process.
    private sealed class ThrowingSampler : Sampler
    {
        public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) => samplingParameters.Name == Unsampleable
            ? throw new InvalidOperationException("no judgement")
            : new SamplingResult(SamplingDecision.RecordAndSample);
    }

    private sealed class ThrowingLogger : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InvalidOperationException("no disk");
    }
}
