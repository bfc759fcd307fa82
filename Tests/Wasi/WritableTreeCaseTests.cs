using WasmAspire.Tests.Wasi.Cases;

namespace WasmAspire.Tests.Wasi;

/// <summary>
/// Calls that change a tree, with exact arguments, on the WASI that is tested and on Wasmtime's own: what they answer is
/// the same but where a case says why not, and so is the tree in the end.
/// </summary>
public sealed class WritableTreeCaseTests
{
    private static readonly Dictionary<string, WasiCase[]> Cases =
        WriteCases.All.Concat(TreeCases.All).Concat(SymbolicLinkCases.All).ToDictionary();

    public static IEnumerable<object[]> Names => Cases.Keys.Select(name => new object[] { name });

    [Theory]
    [MemberData(nameof(Names))]
    public void AnswersAsTheSpecificationSays(string name)
    {
        using var tree = WritableTree.Virtual().Filled();

        Assert.Equal(Lines(name, row => row.Answer), Lines(name, row => CallScript.Run(tree.Guest, row.Calls)));
    }

    [LinuxTheory]
    [MemberData(nameof(Names))]
    public void WasmtimeAnswersTheSameButForMeantDifferences(string name)
    {
        using var tree = WritableTree.OfTheHost().Filled();

        Assert.Equal(Lines(name, row => row.OnWasmtime ?? row.Answer), Lines(name, row => CallScript.Run(tree.Guest, row.Calls)));
    }

    [LinuxTheory]
    [MemberData(nameof(Names))]
    public void TheTreeIsTheSameInTheEnd(string name)
    {
        using var tree = WritableTree.Virtual().Filled();
        using var theirs = WritableTree.OfTheHost().Filled();
        foreach (var row in Cases[name].Where(row => row.OnWasmtime is null))
        {
            CallScript.Run(tree.Guest, row.Calls);
            CallScript.Run(theirs.Guest, row.Calls);
        }

        Assert.Equal(theirs.Content, tree.Content);
    }

    [Fact]
    public void EveryDifferenceHasAReason() =>
        Assert.All(Cases.SelectMany(section => section.Value).Where(row => row.OnWasmtime is not null || row.Because is not null), row =>
        {
            Assert.NotEqual(row.Answer, row.OnWasmtime);
            Assert.False(string.IsNullOrEmpty(row.Because));
        });

    private static string Lines(string name, Func<WasiCase, string> answer) =>
        string.Join('\n', Cases[name].Select(row => $"{row.Calls}: {answer(row)}"));
}
