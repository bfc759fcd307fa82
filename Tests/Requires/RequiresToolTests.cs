namespace WasmAspire.Tests.Requires;

public class RequiresToolTests
{
    [Fact]
    public void RunsWhereEverythingIsInstalled()
    {
        Assert.Null(new RequiresToolFactAttribute("dotnet").Skip);
        Assert.Null(new RequiresToolTheoryAttribute("dotnet", AppContext.BaseDirectory).Skip);
        Assert.Null(new RequiresToolFactAttribute().Skip);
    }

    [Fact]
    public void SkipsAndNamesWhatIsMissing()
    {
        const string Reason = "Not installed: no-such-program, /no/such/folder.";

        Assert.Equal(Reason, new RequiresToolFactAttribute("no-such-program", "dotnet", "/no/such/folder").Skip);
        Assert.Equal(Reason, new RequiresToolTheoryAttribute("no-such-program", "/no/such/folder").Skip);
    }
}
