using System.Text;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Hostile;

/// <summary>Guests that misuse the Observe API, on a node that exports what they say.</summary>
[Collection(RunsAlone.Name)]
public sealed class TelemetryTests(HostileNode node) : IClassFixture<HostileNode>
{
    private const int MaxSpans = 10_000;

    [RequiresToolFact("redis-server")]
    public Task AFloodOfSpansIsFolded() => node.AttackAsync("span_flood", run =>
    {
        run.AssertTimeout();
        Assert.InRange(run.Telemetry.Spans, 1, MaxSpans);
        Assert.InRange(run.Telemetry.FoldedCalls, run.Telemetry.Spans, long.MaxValue);
    });

    [RequiresToolFact("redis-server")]
    public Task SpansThatAreNeverClosedAreClosedAtTheEndOrFolded() => node.AttackAsync(
        "span_without_exit",
        run =>
        {
            run.AssertCompleted();
            Assert.InRange(run.Telemetry.Spans, 0, 64);
            Assert.Equal(1_000_000, run.Telemetry.Spans + run.Telemetry.FoldedCalls);
        },
        spec => spec with { Limits = spec.Limits with { TimeoutSeconds = 10 } });

    [RequiresToolFact("redis-server")]
    public Task ExitsWithoutASpanAreNothing() => node.AttackAsync(
        "exit_without_span",
        run =>
        {
            run.AssertCompleted();
            Assert.Equal((0, 0), (run.Telemetry.Spans, run.Telemetry.FoldedCalls));
        },
        spec => spec with { Limits = spec.Limits with { TimeoutSeconds = 10 } });

    [RequiresToolFact("redis-server")]
    public Task HugeNamesAreCut() => node.AttackAsync(
        "huge_span_name",
        run =>
        {
            run.AssertCompleted();
            Assert.Equal((100, 100, 0), (run.Telemetry.Spans + run.Telemetry.FoldedCalls, run.Telemetry.Logs, run.Telemetry.Metrics));
        },
        spec => spec with { Limits = spec.Limits with { TimeoutSeconds = 10 } });

    [RequiresToolFact("redis-server")]
    public Task AFloodOfLogsIsDropped() => node.AttackAsync("log_flood", run =>
    {
        run.AssertTimeout();
        // 1,000 at once, and 1,000 a second from then on.
        Assert.InRange(run.Telemetry.Logs, 1000, 1000 + run.Milliseconds);
    });

    [RequiresToolTheory("redis-server")]
    [InlineData("metric_flood", 0, 1)]
    [InlineData("tag_flood", 1, 0)]
    public Task AFloodOfNamesIsBounded(string program, long spans, long leastMetrics) => node.AttackAsync(program, run =>
    {
        run.AssertTimeout();
        Assert.Equal(spans, run.Telemetry.Spans);
        Assert.InRange(run.Telemetry.Metrics, leastMetrics, leastMetrics * long.MaxValue);
    });

    [RequiresToolFact("redis-server")]
    public Task LiesOfAnInstrumenterChangeNothing() => node.AttackAsync(
        "instrument_lies",
        run =>
        {
            run.AssertCompleted();
            Assert.InRange(run.Telemetry.Spans, 0, MaxSpans);
        },
        spec => spec with { Limits = spec.Limits with { TimeoutSeconds = 10 } });

    [RequiresToolFact("redis-server")]
    public Task SpansBeforeATrapAreKept() => node.AttackAsync("trap_after_spans", run =>
    {
        run.AssertFailed("trap", "^wasm `unreachable` instruction executed$");
        Assert.Equal((103, 0), (run.Telemetry.Spans, run.Telemetry.FoldedCalls));
    });

    [RequiresToolFact("redis-server")]
    public async Task BytesThatAreNoTextAreReplacedOrRefused()
    {
        string[] texts = ["\x80", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82", "\xff\xfe", "a:\xff,\xff:b", "\xff:1|c|#\xff:\xff"];
        var expected = string.Concat(texts.Select(text => $"{text}\nopen: ilseq\ncreate: ilseq\nstat: ilseq\nrename: ilseq\nsymlink: ilseq\n"));

        await node.AttackAsync(
            "invalid_utf8",
            run =>
            {
                run.AssertCompleted(run.Run.Stdout);
                Assert.Equal(expected, Encoding.Latin1.GetString(run.StdoutBytes));
                Assert.Equal((texts.Length, texts.Length), (run.Telemetry.Spans, run.Telemetry.Logs));
            },
            spec => spec with { Observe = spec.Observe with { Wasi = false } });
    }
}
