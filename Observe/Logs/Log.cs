using Microsoft.Extensions.Logging;

namespace WasmAspire.Observe.Logs;

/// <summary>What Observe itself has to say; event ids 3000 to 3099.</summary>
internal static partial class Log
{
    /// <summary>A line that a guest logged.</summary>
    public static readonly EventId GuestLine = new(3000, "GuestLog");

    /// <summary>A trap of a guest.</summary>
    public static readonly EventId GuestTrap = new(3001, "GuestTrap");

    /// <summary>How many lines of a guest a limit kept out.</summary>
    public static readonly EventId GuestLinesDropped = new(3004, "GuestLogsDropped");

    [LoggerMessage(3002, LogLevel.Warning, "The module {Module} imports the Observe API as {OldName}. The name still works; build the module with a binding that uses {NewName}.")]
    public static partial void OldNames(ILogger logger, string module, string oldName, string newName);

    [LoggerMessage(3003, LogLevel.Warning, "Telemetry of the module {Module} met an error; the module runs on, and further errors of this run are not logged")]
    public static partial void TelemetryFailed(ILogger logger, Exception exception, string module);
}
