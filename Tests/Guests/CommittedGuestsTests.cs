namespace WasmAspire.Tests.Guests;

public class CommittedGuestsTests
{
    private static readonly string Guests = Path.Combine(RepositoryRoot.Path, "guests");

    public static TheoryData<string> Cases => GuestCases.Names();

    [Theory]
    [MemberData(nameof(Cases))]
    public void DoWhatTheirSourcesSay(string name)
    {
        GuestCase guest = GuestCases.Get(name);

        Assert.Equal(guest.Expected, RecordingHost.Run(guest, Module(guest.Module)).Transcript);
    }

    [Theory]
    [InlineData("assemblyscript")]
    [InlineData("c")]
    [InlineData("cpp")]
    [InlineData("rust")]
    [InlineData("wat")]
    public void HaveAModuleForEachSourceAndACaseForEachModule(string language)
    {
        string[] sources = Names(Path.Combine(Guests, language));
        Assert.NotEmpty(sources);
        Assert.Equal(sources, Names(Path.Combine(Guests, "wasm", language)));
        Assert.Equal(sources.Select(name => $"{language}/{name}"), GuestCases.All
            .Select(guest => guest.Module)
            .Where(module => module.StartsWith(language + "/", StringComparison.Ordinal))
            .Distinct()
            .Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("unreachable", "reach_unreachable")]
    [InlineData("divide", "divide_by_zero")]
    [InlineData("oob", "read_out_of_bounds")]
    [InlineData("indirect", "call_with_wrong_signature")]
    public void TrapWithTheirFunctionsOnTheStack(string trap, string function)
    {
        GuestRun run = RecordingHost.Run(GuestCases.Get($"c/trap {trap}"), Module("c/trap"));

        Assert.Equal([function, "inner", "outer", "main"], run.Backtrace.Take(4));
    }

    [Fact]
    public void HaveDebugInformationOnlyWhereItIsShown()
    {
        string[] modules = Directory.GetFiles(Path.Combine(Guests, "wasm"), "*.wasm", SearchOption.AllDirectories);
        Assert.Equal(
            [Module("c/trap")],
            modules.Where(module => File.ReadAllBytes(module).AsSpan().IndexOf(".debug_info"u8) >= 0));
    }

    [Fact]
    public void SleepAtLeastAsLongAsAsked()
    {
        GuestCase sleep = GuestCases.Get("c/sleep 20") with { Varying = null };

        string transcript = RecordingHost.Run(sleep, Module("c/sleep")).Transcript;

        string took = transcript.Split("slept ")[1].Split(" ms")[0];
        Assert.InRange(double.Parse(took, System.Globalization.CultureInfo.InvariantCulture), 20.0, double.MaxValue);
    }

    private static string Module(string name) => Path.Combine(Guests, "wasm", name + ".wasm");

    private static string[] Names(string folder) =>
        [.. Directory.GetFiles(folder).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];
}
