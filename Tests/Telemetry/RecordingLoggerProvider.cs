using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace WasmAspire.Tests.Telemetry;

/// <summary>Keeps all that is logged, with scopes and exceptions, as lines of text that begin with the event's name.</summary>
internal sealed class RecordingLoggerProvider : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        Lines.Enqueue($"{state}");
        return null;
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{eventId.Name} {formatter(state, exception)} {exception}{Attributes(state)}");

    // Beyond those that stand in the message.
    private static string Attributes<TState>(TState state) => state is IEnumerable<KeyValuePair<string, object?>> attributes
        ? string.Concat(attributes.Where(pair => pair.Key.Contains('.', StringComparison.Ordinal)).Select(pair => $" {pair.Key}={pair.Value}"))
        : "";

    public void Dispose()
    {
    }
}
