using System.Text;
using WasmAspire.Tests.Wasi.Cases;
using WasmAspire.Wasi;
using Wasmtime;

namespace WasmAspire.Tests.Wasi;

/// <summary>
/// Every function of WASI with exact arguments, on the WASI that is tested and on Wasmtime's own, over the same tree: what
/// they answer is the same but where a case says why not.
/// </summary>
public sealed class WasiCaseTests(ReadOnlyTree tree) : IClassFixture<ReadOnlyTree>
{
    private const string Stdin = "stdin bytes";

    private static readonly WasiCase[] Cases = [.. DescriptorCases.All, .. PathCases.All, .. ProcessCases.All, .. TransferCases.All];

    public static IEnumerable<object[]> OnVirtualWasi => Cases.Select(row => new object[] { row.Calls, row.Answer });

    public static IEnumerable<object[]> OnWasmtimesWasi => Cases.Select(row => new object[] { row.Calls, row.OnWasmtime ?? row.Answer });

    [Theory]
    [MemberData(nameof(OnVirtualWasi))]
    public void AnswersAsTheSpecificationSays(string calls, string answer)
    {
        var stdout = new CapturedOutput();
        var stderr = new CapturedOutput();
        using var guest = ProbeGuest.OnVirtualWasi(new WasiOptions
        {
            Arguments = ["a", "b c"],
            Environment = [new("K", "v")],
            Stdin = Encoding.UTF8.GetBytes(Stdin),
            Stdout = stdout,
            Stderr = stderr,
            Tree = tree.Virtual,
            Sleep = _ => throw new InvalidOperationException("Nothing here sleeps."),
        });

        Assert.Equal(answer, Run(guest, calls) + Output("stdout", stdout) + Output("stderr", stderr));
    }

    [LinuxTheory]
    [MemberData(nameof(OnWasmtimesWasi))]
    public void WasmtimeAnswersTheSameButForMeantDifferences(string calls, string answer)
    {
        var stdout = new CapturedOutput();
        var stderr = new CapturedOutput();
        var stdin = Path.GetTempFileName();
        File.WriteAllText(stdin, Stdin);
        using var guest = ProbeGuest.OnWasmtimesWasi(new WasiConfiguration()
            .WithArgs(["a", "b c"])
            .WithEnvironmentVariable("K", "v")
            .WithStandardInput(stdin)
            .WithStandardOutputCallback(stdout.Write)
            .WithStandardErrorCallback(stderr.Write)
            .WithPreopenedDirectory(tree.Folder.FullName, "/", mutable: false));
        File.Delete(stdin);

        Assert.Equal(answer, Run(guest, calls) + Output("stdout", stdout) + Output("stderr", stderr));
    }

    [Fact]
    public void EveryFunctionHasACase() =>
        Assert.Empty(Preview1.Parameters.Keys.Except(Cases.SelectMany(row => row.Calls.Split(';')).Select(call => call.Trim().Split(' ')[0])));

    [Fact]
    public void EveryDifferenceHasAReason() =>
        Assert.All(Cases.Where(row => row.OnWasmtime is not null || row.Because is not null), row =>
        {
            Assert.NotEqual(row.Answer, row.OnWasmtime);
            Assert.False(string.IsNullOrEmpty(row.Because));
        });

    private static string Run(ProbeGuest guest, string calls)
    {
        Assert.Equal("success 4; success 5", CallScript.Run(guest, "path_open 3 0 'data/one.txt' 0 2 2 0 @u32; path_open 3 0 'data' 2 2 2 0 @u32"));
        return CallScript.Run(guest, calls);
    }

    private static string Output(string name, CapturedOutput output) => output.Text.Length == 0 ? "" : $" {name} '{output.Text.Replace('\0', '.')}'";
}
