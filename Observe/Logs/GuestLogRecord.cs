using System.Collections;
using Microsoft.Extensions.Logging;

namespace WasmAspire.Observe.Logs;

/// <summary>A log record of a guest: one constant template, so that no guest text is ever taken for one.</summary>
internal sealed class GuestLogRecord : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly List<KeyValuePair<string, object?>> attributes = [];
    private readonly string message;

    private GuestLogRecord(LogLevel level, EventId eventId, string message, string module, ObserveOptions options)
    {
        Level = level;
        EventId = eventId;
        this.message = message;
        attributes.Add(new("message", message));
        attributes.Add(new("wasm.module", module));
        attributes.AddRange(options.LogAttributes);
    }

    /// <summary>The record's text for people.</summary>
    public static Func<GuestLogRecord, Exception?, string> Format { get; } = static (record, _) => record.message;

    public LogLevel Level { get; }

    public EventId EventId { get; }

    public int Count => attributes.Count + 1;

    // By convention the template is the last of a state's values.
    public KeyValuePair<string, object?> this[int index] =>
        index == attributes.Count ? new("{OriginalFormat}", "{message}") : attributes[index];

    /// <summary>A line that the guest logged; a level that does not exist counts as information.</summary>
    public static GuestLogRecord Line(int level, string message, string module, ObserveOptions options)
    {
        var known = level switch
        {
            1 => LogLevel.Error,
            2 => LogLevel.Warning,
            3 => LogLevel.Information,
            4 => LogLevel.Debug,
            5 => LogLevel.Trace,
            _ => LogLevel.Information,
        };
        return new GuestLogRecord(known, Log.GuestLine, message, module, options);
    }

    /// <summary>A trap, with the attributes that OpenTelemetry gives exceptions. The stack is the guest's, never the host's.</summary>
    public static GuestLogRecord Trap(string type, string message, GuestStack stack, ObserveOptions options)
    {
        var record = new GuestLogRecord(LogLevel.Error, Log.GuestTrap, message, stack.ModuleName, options);
        record.attributes.Add(new("exception.type", type));
        record.attributes.Add(new("exception.message", message));
        record.attributes.Add(new("exception.stacktrace", stack.Text));
        if (stack.ElidedFrames > 0)
        {
            record.attributes.Add(new("wasm.elided_frames", stack.ElidedFrames));
        }

        return record;
    }

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
