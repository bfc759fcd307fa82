using System.Collections;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace WasmAspire.Observe.Logs;

/// <summary>A log record of a guest: one constant template, so that no guest text is ever taken for one.</summary>
/// <param name="level">The level.</param>
/// <param name="eventId">The event.</param>
/// <param name="message">The text; its control characters are escaped.</param>
/// <param name="common">What <see cref="CommonAttributes"/> gave.</param>
/// <param name="own">Attributes of this record alone.</param>
internal sealed class GuestLogRecord(
    LogLevel level,
    EventId eventId,
    string message,
    KeyValuePair<string, object?>[] common,
    KeyValuePair<string, object?>[] own) : IReadOnlyList<KeyValuePair<string, object?>>
{
    /// <summary>The record's text for people.</summary>
    public static Func<GuestLogRecord, Exception?, string> Format { get; } = static (record, _) => record.ToString();

    public LogLevel Level => level;

    public EventId EventId => eventId;

    public int Count => common.Length + own.Length + 2;

    // By convention the template is the last of a state's values.
    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("message", message),
        _ when index <= common.Length => common[index - 1],
        _ when index == Count - 1 => new("{OriginalFormat}", "{message}"),
        _ => own[index - common.Length - 1],
    };

    /// <summary>The attributes of all records of a module: made once, since a guest may log a thousand lines a second.</summary>
    public static KeyValuePair<string, object?>[] CommonAttributes(string module, ObserveOptions options) =>
        [new("wasm.module", module), .. options.LogAttributes];

    /// <summary>A trap, with the attributes that OpenTelemetry gives exceptions. The stack is the guest's, never the host's.</summary>
    public static GuestLogRecord Trap(string type, string message, GuestStack stack, ObserveOptions options)
    {
        var text = ControlCharacters.Escape(message);
        List<KeyValuePair<string, object?>> attributes =
        [
            new("exception.type", type),
            new("exception.message", text),
            new("exception.stacktrace", ControlCharacters.Escape(stack.Text)),
        ];
        if (stack.ElidedFrames > 0)
        {
            attributes.Add(new("wasm.elided_frames", stack.ElidedFrames));
        }

        return new GuestLogRecord(LogLevel.Error, Log.GuestTrap, text, CommonAttributes(stack.ModuleName, options), [.. attributes]);
    }

    /// <summary>The last word of a session that logged more than its limits.</summary>
    public static GuestLogRecord LinesDropped(long lines, ObserveOptions options) => new(
        LogLevel.Warning,
        Log.GuestLinesDropped,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{lines} log lines were dropped: a run may log {options.MaxLogsPerSecond} a second and {options.MaxLogs} in all"),
        CommonAttributes(options.Modules[0].Name, options),
        [new("wasm.log.dropped", lines)]);

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => message;
}
