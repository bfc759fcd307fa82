using System.Globalization;
using WasmAspire.Observe.Metrics;

namespace WasmAspire.Tests.Observe;

public sealed class DistinctCountTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(DistinctCount.MaxExact)]
    public void SmallCountsAreExact(int values) => Assert.Equal(values, Count(values));

    [Theory]
    [InlineData(1_000)]
    [InlineData(20_000)]
    [InlineData(500_000)]
    public void LargeCountsAreNearlyRight(int values) => Assert.InRange(Count(values), values * 0.87, values * 1.13);

    private static long Count(int values)
    {
        var count = new DistinctCount();
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < values; i++)
            {
                count.Add(string.Create(CultureInfo.InvariantCulture, $"user-{i}"));
            }
        }

        return count.Value;
    }
}
