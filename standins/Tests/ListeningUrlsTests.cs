using Aspire.Hosting;

namespace WasmAspire.Tests.StandIns;

public sealed class ListeningUrlsTests
{
    [Theory]
    [InlineData("http://localhost:5080", "http http localhost 5080")]
    [InlineData(" https://*:0; ;http://[::1]:81;", "https https * 0|http http [::1] 81")]
    [InlineData("http://localhost:1;http://localhost:2;https://localhost:3", "http http localhost 1|http2 http localhost 2|https https localhost 3")]
    [InlineData(" ; ", "")]
    public void EachAddressIsAnEndpointOfItsOwnName(string urls, string expected) =>
        Assert.Equal(expected, string.Join('|', ListeningUrls.Parse(urls, "HERE").Select(e => FormattableString.Invariant($"{e.EndpointName} {e.Address.Scheme} {e.Address.Host} {e.Address.Port}"))));

    [Theory]
    [InlineData("5080")]
    [InlineData("localhost:5080")]
    [InlineData("http://localhost:70000")]
    [InlineData("http://unix:/tmp/socket")]
    [InlineData("ftp://localhost:21")]
    public void MessageNamesWhatToCorrect(string url)
    {
        var e = Assert.Throws<DistributedApplicationException>(() => ListeningUrls.Parse($"http://localhost:1;{url}", "HERE"));
        Assert.Contains($"'{url}'", e.Message, StringComparison.Ordinal);
        Assert.Contains("HERE", e.Message, StringComparison.Ordinal);
    }
}
