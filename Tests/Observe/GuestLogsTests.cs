using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;

namespace WasmAspire.Tests.Observe;

/// <summary>What guests log, as OpenTelemetry's SDK gets it.</summary>
public sealed class GuestLogsTests
{
    [Theory]
    [InlineData(1, LogLevel.Error)]
    [InlineData(2, LogLevel.Warning)]
    [InlineData(3, LogLevel.Information)]
    [InlineData(4, LogLevel.Debug)]
    [InlineData(5, LogLevel.Trace)]
    public void TheFiveLevelsAreKnown(int level, LogLevel expected)
    {
        using var guest = Log("hello"u8, level);

        var log = Assert.Single(guest.Logs);
        Assert.Equal((expected, "hello"), (log.LogLevel, log.FormattedMessage));
        Assert.Equal("WasmAspire.Guest", log.CategoryName);
        Assert.Equal(
            [("message", "hello"), ("wasm.module", "module0"), ("job", "7"), ("{OriginalFormat}", "{message}")],
            log.Attributes!.Select(pair => (pair.Key, (string)pair.Value!)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void ALevelThatDoesNotExistIsInformationAndMarked(int level)
    {
        using var guest = Log("hello"u8, level);

        var log = Assert.Single(guest.Logs);
        Assert.Equal(LogLevel.Information, log.LogLevel);
        Assert.Equal(level, Attribute(log, "wasm.log.invalid_level"));
        Assert.Null(Attribute(log, "wasm.log.invalid_utf8"));
        Assert.Equal("{message}", log.Attributes![^1].Value);
    }

    [Fact]
    public void InvalidUtf8IsRepairedAndMarked()
    {
        using var guest = Log([(byte)'a', 0xFF, (byte)'b'], level: 9);

        var log = Assert.Single(guest.Logs);
        Assert.Equal("a\uFFFDb", log.FormattedMessage);
        Assert.Equal(true, Attribute(log, "wasm.log.invalid_utf8"));
        Assert.Equal(9, Attribute(log, "wasm.log.invalid_level"));
    }

    [Fact]
    public void ControlCharactersAreMadeVisible()
    {
        using var guest = Log("a\tb\nc\r\u001b[31mred\u001b]0;title\u0007\u0000\u007f\u009b2J\u00a0é{message}"u8);

        Assert.Equal(
            "a\tb\nc\\x0d\\x1b[31mred\\x1b]0;title\\x07\\x00\\x7f\\x9b2J\u00a0é{message}",
            Assert.Single(guest.Logs).FormattedMessage);
        Assert.Null(Attribute(guest.Logs[0], "wasm.log.invalid_utf8"));
    }

    [Fact]
    public void ALongLineIsCutBetweenCharacters()
    {
        // 16,384 is no multiple of the three bytes of '€'.
        using var guest = Log(Encoding.UTF8.GetBytes(new string('€', 6000)));

        Assert.Equal(new string('€', 5461) + "…", Assert.Single(guest.Logs).FormattedMessage);
        Assert.Null(Attribute(guest.Logs[0], "wasm.log.invalid_utf8"));
    }

    [Fact]
    public void ALineThatEscapesMakeLongIsCutToo()
    {
        using var guest = Log(Encoding.UTF8.GetBytes(new string('\u001b', 16_000)));

        var message = Assert.Single(guest.Logs).FormattedMessage!;
        Assert.Equal(16_384, message.Length);
        Assert.EndsWith("\\x1b\\x1…", message[^9..], StringComparison.Ordinal);
    }

    [Fact]
    public void LinesOverTheLimitAreDroppedCountedAndToldAtTheEnd()
    {
        using var guest = new ObservedGuest();
        guest.Run(Guest("hello"u8, level: 3, times: 20), options => options with { MaxLogs = 5 });

        // The session's own last word comes when it ends, and the guest's last span has ended by then.
        Assert.Equal((5, 15), (guest.Summary.Logs, guest.Summary.DroppedLogs));
        Assert.Equal(6, guest.Logs.Count);
        var last = guest.Logs[^1];
        Assert.Equal(LogLevel.Warning, last.LogLevel);
        Assert.Equal("15 log lines were dropped: a run may log 1000 a second and 5 in all", last.FormattedMessage);
        Assert.Equal(15L, Attribute(last, "wasm.log.dropped"));
        Assert.Equal(guest.Execute!.SpanId, last.SpanId);
    }

    [Fact]
    public void AFloodIsHeldToItsRate()
    {
        using var guest = new ObservedGuest();
        guest.Run(Guest("hello"u8, level: 3, times: 5000), options => options with { MaxLogsPerSecond = 1 });

        // One at once and one a second: nobody's machine takes ten for this.
        Assert.InRange(guest.Summary.Logs, 1, 10);
        Assert.Equal(5000, guest.Summary.Logs + guest.Summary.DroppedLogs);
        Assert.Equal(guest.Summary.Logs + 1, guest.Logs.Count);
    }

    [Fact]
    public void ALineThatNobodyWantsTakesNoPlace()
    {
        var logger = new DeafLogger();
        using var guest = new ObservedGuest();
        guest.Run(Guest("hello"u8, level: 5, times: 20), options => options with { Logger = logger, MaxLogs = 5 });

        Assert.Equal((20, 0), (guest.Summary.Logs, guest.Summary.DroppedLogs));
        Assert.Equal(20, logger.Asked);
    }

    [Fact]
    public void AFunctionsNameInATrapsStackIsEscaped()
    {
        using var guest = new ObservedGuest().Run("""(module (func $"a\1b[31m" unreachable) (func (export "run") (call 0)))""");

        var stack = Assert.IsType<string>(Attribute(Assert.Single(guest.Logs), "exception.stacktrace"));
        Assert.Contains("a\\x1b[31m", stack, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', stack);
    }

    private static ObservedGuest Log(ReadOnlySpan<byte> text, int level = 3) =>
        new ObservedGuest().Run(Guest(text, level, times: 1), options => options with { LogAttributes = [new("job", "7")] });

    private static string Guest(ReadOnlySpan<byte> text, int level, int times)
    {
        var data = new StringBuilder();
        foreach (var value in text)
        {
            data.Append(CultureInfo.InvariantCulture, $"\\{value:x2}");
        }

        return $"""
            (module
              (import "dylibso:observe/api" "log" (func $log (param i32 i32 i32)))
              (memory (export "memory") 2)
              (data (i32.const 0) "{data}")
              (func (export "run") (local $i i32)
                (loop $again
                  (call $log (i32.const {level}) (i32.const 0) (i32.const {text.Length}))
                  (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const {times}))))))
            """;
    }

    private static object? Attribute(LogRecord log, string name) => log.Attributes!.SingleOrDefault(pair => pair.Key == name).Value;

    private sealed class DeafLogger : ILogger
    {
        public int Asked { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel)
        {
            Asked++;
            return false;
        }

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InvalidOperationException("Nobody wanted it.");
    }
}
