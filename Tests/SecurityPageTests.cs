using System.Text.RegularExpressions;

namespace WasmAspire.Tests;

/// <summary>What docs/security.md says is shown by tests that there are.</summary>
public sealed partial class SecurityPageTests
{
    public static TheoryData<string> Named => new(TestName().Matches(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "security.md"))).Select(match => match.Groups[1].Value).Distinct());

    [Theory]
    [MemberData(nameof(Named))]
    public void ATestThatThePageNamesExists(string name)
    {
        var (type, method) = name.Split('.') is [var first, var second] ? (first, second) : default;

        Assert.Contains(typeof(SecurityPageTests).Assembly.GetTypes(), candidate => candidate.Name == type && candidate.GetMethod(method)?.IsDefined(typeof(FactAttribute), inherit: true) == true);
    }

    [GeneratedRegex("`([A-Za-z]+Tests\\.[A-Za-z0-9]+)`")]
    private static partial Regex TestName();
}
