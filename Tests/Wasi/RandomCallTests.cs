namespace WasmAspire.Tests.Wasi;

/// <summary>Whatever a guest does with files, it is told the same as by Wasmtime's own WASI on the host's, and leaves the same tree.</summary>
public sealed class RandomCallTests
{
    private const int RunsOfASeed = 8;
    private const int Steps = 300;

    [LinuxTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void RandomCallsAnswerAsWasmtimes(int seed)
    {
        for (var run = 0; run < RunsOfASeed; run++)
        {
            using var tree = WritableTree.Virtual();
            using var theirs = WritableTree.OfTheHost();
            var calls = new RandomCalls((RunsOfASeed * seed) + run, theirs.Guest, tree.Guest);
            List<string> made = [];
            for (var step = 0; step < Steps; step++)
            {
                var (call, expected, actual) = calls.Step();
                made.Add(call);
                Assert.True(expected == actual, $"Run {run}: {expected} by Wasmtime, {actual} here, after\n{string.Join('\n', made.TakeLast(20))}");
            }

            Assert.Equal(theirs.Content, tree.Content);
        }
    }
}
