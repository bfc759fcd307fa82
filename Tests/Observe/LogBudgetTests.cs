using System.Diagnostics;
using WasmAspire.Observe.Logs;

namespace WasmAspire.Tests.Observe;

public sealed class LogBudgetTests
{
    private const long Start = 1_000_000;

    [Fact]
    public void AsManyAsASecondsMayComeAtOnceAndThenOneByOne()
    {
        var budget = new LogBudget(perSecond: 10, total: 1000, Start);

        Assert.Equal(10, Taken(budget, 15, Start));
        Assert.Equal(0, Taken(budget, 5, Start + (Stopwatch.Frequency / 20)));
        Assert.Equal(1, Taken(budget, 5, Start + (Stopwatch.Frequency / 10)));
        // An hour's silence saves up no more than a second's.
        Assert.Equal(10, Taken(budget, 20, Start + (3600 * Stopwatch.Frequency)));
        Assert.Equal(5 + 5 + 4 + 10, budget.Dropped);
    }

    [Fact]
    public void ThereIsALimitInAll()
    {
        var budget = new LogBudget(perSecond: 10, total: 25, Start);

        Assert.Equal([10, 10, 5, 0], Enumerable.Range(0, 4).Select(second => Taken(budget, 10, Start + (second * Stopwatch.Frequency))));
        Assert.Equal(15, budget.Dropped);
    }

    [Fact]
    public void NoPlacesAreNone() => Assert.Equal(0, Taken(new LogBudget(perSecond: 0, total: 10, Start), 5, Start + Stopwatch.Frequency));

    private static int Taken(LogBudget budget, int lines, long now) => Enumerable.Range(0, lines).Count(_ => budget.TryTake(now));
}
