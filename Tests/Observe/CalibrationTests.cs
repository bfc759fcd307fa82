using System.Diagnostics;
using WasmAspire.Observe;
using WasmAspire.Observe.Calibration;

namespace WasmAspire.Tests.Observe;

/// <summary>What observing a call costs, and that it keeps none.</summary>
public sealed class CalibrationTests
{
    [Fact]
    public void OfAPairOfHostCallsAPartLiesInsideTheCall()
    {
        using var listener = new ActivityListener { ShouldListenTo = source => source.Name == ObserveSession.SourceName };
        ActivitySource.AddActivityListener(listener);

        var cost = HostCallCalibration.Measure();

        Assert.InRange(cost.Inside, double.Epsilon, cost.Pair);
    }

    [Theory]
    [InlineData(1000, 0, 0, 960)]
    [InlineData(1000, 300, 3, 510)]
    [InlineData(100, 300, 3, 0)]
    public void OwnTimeIsWithoutChildrenAndWhatObservingThemTook(long duration, long childTicks, long children, double own) =>
        Assert.Equal(own, new HostCallCost(Pair: 90, Inside: 40).Own(duration, childTicks, children));

    [Theory]
    [InlineData(1000, 0, 960)]
    [InlineData(1000, 10, 60)]
    [InlineData(1000, 11, 0)]
    public void NetDurationIsWithoutWhatObservingAllCallsBelowTook(long duration, long calls, double net) =>
        Assert.Equal(net, new HostCallCost(Pair: 90, Inside: 40).Net(duration, calls));

    [Fact]
    public void TheLowestMeasurementCountsAndAFailedOneDoesNot()
    {
        var cost = new CalibratedCost(new HostCallCost(90, 40));

        cost.Refine(new HostCallCost(200, 30));
        cost.Refine(HostCallCost.None);
        Assert.Equal(new HostCallCost(90, 40), cost.Now);

        cost.Refine(new HostCallCost(80, 45));
        Assert.Equal(new HostCallCost(80, 45), cost.Now);
    }

    [Fact]
    public void ACallIsNotKeptForWhatObservingItsCalleesTook()
    {
        const string Guest = """
            (module
              (import "dylibso:observe/instrument" "enter" (func $enter (param i32)))
              (import "dylibso:observe/instrument" "exit" (func $exit (param i32)))
              (func (export "run") (local $i i32)
                (call $enter (i32.const 10))
                (call $enter (i32.const 11))
                (call $enter (i32.const 12)) (call $exit (i32.const 12))
                (loop $again (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 10000000))))
                (call $exit (i32.const 11))
                (call $exit (i32.const 10))))
            """;
        var dear = new CalibratedCost(new HostCallCost(Pair: 3600.0 * Stopwatch.Frequency, Inside: 60.0 * Stopwatch.Frequency));
        using var guest = new ObservedGuest { Cost = dear }.Run(Guest, options => options with { MinimumDuration = TimeSpan.FromMilliseconds(1) });
        using var free = new ObservedGuest { Cost = CalibratedCost.None }.Run(Guest, options => options with { MinimumDuration = TimeSpan.FromMilliseconds(1) });

        Assert.Equal("func[10]\n", guest.Tree());
        Assert.Contains(free.Spans, span => span.DisplayName == "func[11]");
    }
}
