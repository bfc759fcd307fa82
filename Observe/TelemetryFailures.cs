using WasmAspire.Observe.Logs;

namespace WasmAspire.Observe;

/// <summary>What the code that telemetry calls (loggers, processors, listeners) throws in one run. It never reaches the guest; the first is logged.</summary>
internal sealed class TelemetryFailures(ObserveOptions options)
{
    private bool told;

    /// <summary>Logs a failure, if it is the first. Never throws.</summary>
    public void Tell(Exception failure)
    {
        if (told || options.Logger is not { } logger)
        {
            return;
        }

        told = true;
        try
        {
            Log.TelemetryFailed(logger, failure, options.Modules[0].Name);
        }
        catch (Exception)
        {
            // The logger is what fails: there is nobody to tell.
        }
    }
}
