using System.Diagnostics;
using System.Text;
using System.Text.Unicode;
using Microsoft.Extensions.Logging;

namespace WasmAspire.Observe.Logs;

/// <summary>Makes log records of what a guest logs, within the session's limits. For one thread.</summary>
internal sealed class GuestLogs
{
    /// <summary>Bytes of a line, and characters of the record's text; a longer one is cut.</summary>
    public const int MaxLength = 16_384;

    private readonly ObserveOptions options;
    private readonly TelemetryFailures failures;
    private readonly LogBudget budget;
    private readonly KeyValuePair<string, object?>[][] attributes;

    public GuestLogs(ObserveOptions options, TelemetryFailures failures)
    {
        this.options = options;
        this.failures = failures;
        budget = new LogBudget(options.MaxLogsPerSecond, options.MaxLogs, Stopwatch.GetTimestamp());
        attributes = [.. options.Modules.Select(module => GuestLogRecord.CommonAttributes(module.Name, options))];
    }

    /// <summary>Lines within the limits, whether or not anybody wants them.</summary>
    public long Given { get; private set; }

    /// <summary>Lines over the limits.</summary>
    public long Dropped => budget.Dropped;

    /// <summary>The record of a line; null where nobody wants it, or a limit is reached.</summary>
    /// <param name="module">The module's number.</param>
    /// <param name="level">The level that the guest gave.</param>
    /// <param name="utf8">The text.</param>
    public GuestLogRecord? Take(int module, int level, ReadOnlySpan<byte> utf8)
    {
        var known = LevelOf(level) ?? LogLevel.Information;
        // First of all, so that a line that nobody wants costs nothing, not even its place.
        if (!IsWanted(known))
        {
            Given++;
            return null;
        }

        if (!budget.TryTake(Stopwatch.GetTimestamp()))
        {
            return null;
        }

        Given++;
        var whole = GuestText.WholeCharacters(utf8, MaxLength);
        var text = Encoding.UTF8.GetString(whole);
        text = ControlCharacters.Escape(whole.Length < utf8.Length ? text + "…" : text, MaxLength);
        return new GuestLogRecord(known, Log.GuestLine, text, attributes[module], Marks(level, Utf8.IsValid(whole)));
    }

    private static LogLevel? LevelOf(int level) => level switch
    {
        1 => LogLevel.Error,
        2 => LogLevel.Warning,
        3 => LogLevel.Information,
        4 => LogLevel.Debug,
        5 => LogLevel.Trace,
        _ => null,
    };

    private static KeyValuePair<string, object?>[] Marks(int level, bool isUtf8) => (LevelOf(level), isUtf8) switch
    {
        (not null, true) => [],
        (not null, false) => [new("wasm.log.invalid_utf8", true)],
        (null, true) => [new("wasm.log.invalid_level", level)],
        (null, false) => [new("wasm.log.invalid_level", level), new("wasm.log.invalid_utf8", true)],
    };

    private bool IsWanted(LogLevel level)
    {
        try
        {
            return options.Logger?.IsEnabled(level) ?? false;
        }
        catch (Exception e)
        {
            failures.Tell(e);
            return false;
        }
    }
}
