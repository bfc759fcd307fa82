using Aspire.Hosting.Orchestrator;

namespace WasmAspire.Tests.StandIns;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("plain text\t— ümläut 🙂", "plain text\t— ümläut 🙂", "plain text\t— ümläut 🙂")]
    [InlineData("\e[32minfo\e[39m: x", "\e[32minfo\e[39m: x\e[0m", "info: x")]
    [InlineData("\e[1;38;5;196mred", "\e[1;38;5;196mred\e[0m", "red")]
    [InlineData("\e[2J\e[H", "␛[2J␛[H", "␛[2J␛[H")]
    [InlineData("\e]0;title\a", "␛]0;title␇", "␛]0;title␇")]
    [InlineData("\e[31", "␛[31", "␛[31")]
    [InlineData("a\rb\bc\0d\x7F", "a␍b␈c␀d␡", "a␍b␈c␀d␡")]
    [InlineData("a\u009b31mb", "a\uFFFD31mb", "a\uFFFD31mb")]
    public void OnlyColoursPass(string text, string onTerminal, string elsewhere)
    {
        Assert.Equal(onTerminal, TerminalText.Clean(text, colours: true));
        Assert.Equal(elsewhere, TerminalText.Clean(text, colours: false));
    }

    [Fact]
    public void EndlessSequenceIsNoColour() =>
        Assert.Equal("␛[" + new string('1', 100) + "m", TerminalText.Clean("\e[" + new string('1', 100) + "m", colours: true));
}
