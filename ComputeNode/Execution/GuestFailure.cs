using System.Globalization;
using WasmAspire.Jobs;
using WasmAspire.Observe;
using WasmAspire.Wasi;
using Wasmtime;

namespace WasmAspire.ComputeNode.Execution;

/// <summary>What an exception out of Wasmtime means for the job and for its telemetry.</summary>
/// <param name="Reason">Why the job failed; null where it did not: it left with exit code 0, or the node stops.</param>
/// <param name="Message">The reason in words; null where it did not fail.</param>
/// <param name="ExitCode">The exit code, if the guest gave one.</param>
/// <param name="Outcome">The same for the guest's open spans.</param>
internal sealed record GuestFailure(JobReason? Reason, string? Message, uint? ExitCode, GuestOutcome Outcome)
{
    private const int MaxMessageLength = 1024;
    private const string MissingImportHint = ". A module may import wasi_snapshot_preview1, dylibso:observe/api, dylibso:observe/instrument, and by their names the modules of the job's imports.";

    private const string UnstableHint = ". wasi_unstable is the preview of WASI before preview 1, with other layouts: the module must be rebuilt for wasi_snapshot_preview1, as compilers have done by default since 2020.";

    private static readonly string TableHint = string.Create(
        CultureInfo.InvariantCulture,
        $". Each module may have {GuestRun.MaxTables} tables, each table {GuestRun.MaxTableElements} elements, and all modules of a job {GuestRun.MaxMemories} memories.");

    /// <summary>Reads an exception of a guest's call or instantiation.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="limits">What the job might use.</param>
    public static GuestFailure From(WasmtimeException exception, JobLimits limits)
    {
        switch (exception.InnerException)
        {
            case GuestExitException { Code: 0 }:
                return new GuestFailure(null, null, 0, GuestOutcome.Success);
            case GuestExitException exit:
                return new GuestFailure(JobReason.ExitCode, exit.Message, exit.Code, GuestOutcome.Failure($"exit code {exit.Code}"));
            case GuestStoppedException stopped:
                return new GuestFailure(stopped.Reason, stopped.Message, null, GuestOutcome.Failure(stopped.Message));
        }

        if (exception is TrapException { Type: TrapCode.OutOfFuel })
        {
            var used = string.Create(CultureInfo.InvariantCulture, $"The job used up its fuel of {limits.Fuel}; limits.fuel may be raised.");
            return new GuestFailure(JobReason.FuelExhausted, used, null, GuestOutcome.Failure(used));
        }

        if (exception is TrapException trap)
        {
            var outcome = GuestOutcome.Trap(trap);
            return new GuestFailure(JobReason.Trap, outcome.Error, null, outcome);
        }

        var message = Cut(exception.Message);
        var reason = ReasonOf(message);
        message += reason switch
        {
            JobReason.MissingImport when message.Contains("`wasi_unstable::", StringComparison.Ordinal) => UnstableHint,
            JobReason.MissingImport => MissingImportHint,
            JobReason.MemoryLimit => TableHint,
            _ => "",
        };
        return new GuestFailure(reason, message, null, GuestOutcome.Failure(message));
    }

    /// <summary>What Wasmtime says when it cannot instantiate; it has no types for it.</summary>
    private static JobReason ReasonOf(string message) => message switch
    {
        _ when message.Contains("unknown import", StringComparison.Ordinal) => JobReason.MissingImport,
        _ when message.Contains("incompatible import type", StringComparison.Ordinal) => JobReason.MissingImport,
        _ when message.Contains("exceeds memory limits", StringComparison.Ordinal) => JobReason.MemoryLimit,
        _ when message.Contains("exceeds table limits", StringComparison.Ordinal) => JobReason.MemoryLimit,
        _ when message.Contains("resource limit exceeded", StringComparison.Ordinal) => JobReason.MemoryLimit,
        _ => JobReason.Trap,
    };

    private static string Cut(string message) =>
        message.Length <= MaxMessageLength ? message : message[..MaxMessageLength] + "…";
}
