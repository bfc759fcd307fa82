using System.Diagnostics;
using WasmAspire.Observe;

namespace WasmAspire.Tests.Observe;

/// <summary>A session's own limit, and the places it asks for. Alone, since another test's listener would sample what this one's does not.</summary>
[Collection(RunsAlone.Name)]
public sealed class SpanBudgetTests
{
    // Opens and closes $n tagged spans in one, then leaves 3 open and may trap.
    private const string Guest = """
        (module
          (import "dylibso:observe/api" "span-enter" (func $enter (param i32 i32)))
          (import "dylibso:observe/api" "span-exit" (func $exit))
          (import "dylibso:observe/api" "span-tags" (func $tags (param i32 i32)))
          (memory (export "memory") 1)
          (data (i32.const 0) "outer")
          (data (i32.const 16) "inner")
          (func (export "run") (local $i i32)
            (call $enter (i32.const 0) (i32.const 5))
            (loop $again
              (call $enter (i32.const 16) (i32.const 5)) (call $tags (i32.const 16) (i32.const 5)) (call $exit)
              (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 3000))))
            (call $enter (i32.const 16) (i32.const 5))
            (call $enter (i32.const 16) (i32.const 5))
            unreachable))
        """;

    [Fact]
    public void PlacesAreHeldBackForTheSpansThatAnErrorCloses()
    {
        using var guest = new ObservedGuest().Run(Guest, options => options with { MaxSpans = 2000, MinimumDuration = TimeSpan.FromHours(1) });

        // 2,000 less 128 for outer and its children; the two that were open at the trap have places all the same.
        Assert.Equal(1872 + 2, guest.Summary.Spans);
        Assert.Equal(guest.Summary.Spans, guest.Spans.Count);
        Assert.Equal(3003, guest.Summary.Spans + guest.Summary.FoldedCalls);
        Assert.Equal(3, guest.Spans.Count(span => span.Status == ActivityStatusCode.Error));
        Assert.Equal("inner", guest.Spans.Single(span => span.SpanId == guest.Logs.Single().SpanId).DisplayName);
    }

    [Fact]
    public void ASpanWithoutAPlaceIsFolded()
    {
        var admission = new Places { Free = 100 };
        using var guest = new ObservedGuest().Run(Guest, options => options with { Admission = admission, MinimumDuration = TimeSpan.FromHours(1) });

        Assert.Equal(100 + 2, guest.Summary.Spans);
        Assert.Equal(3003, guest.Summary.Spans + guest.Summary.FoldedCalls);
        Assert.Equal(2, admission.Reserved);
        Assert.Equal("outer", guest.Spans[^1].DisplayName);
    }

    [Fact]
    public void PlacesOfSpansThatAreNotMadeAreGivenBack()
    {
        var admission = new Places { Free = 1000 };
        using var guest = new ObservedGuest(new NamedSampler("inner")).Run(Guest, options => options with { Admission = admission, MinimumDuration = TimeSpan.FromHours(1) });

        // outer is sampled, its children are not.
        Assert.Equal("outer\n", guest.Tree());
        Assert.Equal(1, guest.Summary.Spans);
        Assert.Equal(999, admission.Free + admission.Reserved);
        Assert.Equal(3002, guest.Summary.FoldedCalls);
    }

    public static TheoryData<string, Func<ObserveOptions, ObserveOptions>> Wrong => new()
    {
        { "MaxSpans", options => options with { MaxSpans = -1 } },
        { "MaxSpans", options => options with { MaxSpans = 1_000_001 } },
        { "MaxLogs", options => options with { MaxLogs = -1 } },
        { "MaxLogsPerSecond", options => options with { MaxLogsPerSecond = 1_000_001 } },
        { "MinimumDuration", options => options with { MinimumDuration = TimeSpan.FromTicks(-1) } },
        { "MinimumDuration", options => options with { MinimumDuration = TimeSpan.FromHours(1.1) } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void OptionsOutOfTheirRangeAreRefused(string name, Func<ObserveOptions, ObserveOptions> change)
    {
        using var guest = new ObservedGuest();

        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => guest.Run("""(module (func (export "run")))""", change));
        Assert.Equal(name, refused.ParamName);
        Assert.Contains("It is between 0 and ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASessionWithoutAModuleIsRefused()
    {
        using var guest = new ObservedGuest();

        Assert.Throws<ArgumentException>(() => guest.Run("""(module (func (export "run")))""", options => options with { Modules = [] }));
    }

    private sealed class Places : ISpanAdmission
    {
        public int Free { get; set; }

        /// <summary>Places given beyond the free ones.</summary>
        public int Reserved { get; private set; }

        public bool TryTake(int spans, bool reserved)
        {
            if (spans <= Free)
            {
                Free -= spans;
                return true;
            }

            Reserved += reserved ? spans : 0;
            return reserved;
        }

        public void GiveBack(int spans) => Free += spans;
    }

    // Drops a name of the guest's; a listener sees the spans of all tests in the process.
    private sealed class NamedSampler(string dropped) : OpenTelemetry.Trace.Sampler
    {
        public override OpenTelemetry.Trace.SamplingResult ShouldSample(in OpenTelemetry.Trace.SamplingParameters samplingParameters) =>
            new(samplingParameters.Name == dropped ? OpenTelemetry.Trace.SamplingDecision.Drop : OpenTelemetry.Trace.SamplingDecision.RecordAndSample);
    }
}
