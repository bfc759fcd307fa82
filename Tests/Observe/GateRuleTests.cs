using System.Diagnostics;
using WasmAspire.Observe.Gates;

namespace WasmAspire.Tests.Observe;

public sealed class GateRuleTests
{
    private static readonly double Nanosecond = Stopwatch.Frequency / 1e9;

    [Theory]
    [InlineData(1999.9, true)]
    [InlineData(2000, false)]
    public void FastIsLessThanATenthOfASpan(double own, bool fast) => Assert.Equal(fast, new GateRule(minimumDuration: 20_000).IsFast(own));

    [Fact]
    public void WhereEveryCallIsASpanNoneIsFast() => Assert.False(new GateRule(minimumDuration: 0).IsFast(0));

    [Theory]
    [InlineData(0, 256)]
    [InlineData(2_000, 256)]
    [InlineData(100_000, 100)]
    [InlineData(50_000_000, 1)]
    public void TheFirstWindowSkips256CallsOrTenMilliseconds(double meanOwn, int calls) =>
        Assert.Equal(calls, GateRule.FirstWindow(meanOwn * Nanosecond));

    [Theory]
    [InlineData(256, 10, 10, 512)]
    [InlineData(600_000, 0, 0, 1_200_000)]
    [InlineData(9_000_000, 0, 0, 10_000_000)]
    [InlineData(600_000, 10, 5, 1_000_000)]
    [InlineData(600_000, 10, 20, 500_000)]
    [InlineData(1, 10, 1e9, 1)]
    public void AWindowIsTwiceTheLastOrTenMilliseconds(int last, double meanOwn, double meanWall, int calls) =>
        Assert.Equal(calls, GateRule.NextWindow(last, meanOwn * Nanosecond, meanWall * Nanosecond));
}
