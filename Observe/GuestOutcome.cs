using System.Globalization;
using Wasmtime;

namespace WasmAspire.Observe;

/// <summary>How a guest's run ended.</summary>
public sealed record GuestOutcome
{
    private const int MaxLength = 1024;

    private GuestOutcome()
    {
    }

    /// <summary>It returned, or left with exit code 0.</summary>
    public static GuestOutcome Success { get; } = new();

    /// <summary>What the open spans' status says; null for a success.</summary>
    public string? Error { get; private init; }

    /// <summary>The trap, if there was one.</summary>
    internal TrapException? Exception { get; private init; }

    /// <summary>What an exception of Wasmtime means: an exit (which is none if its code is 0), a trap, or an exception of the host.</summary>
    public static GuestOutcome From(WasmtimeException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception switch
        {
            { ExitCode: 0 } => Success,
            { ExitCode: { } code } => Failure(string.Create(CultureInfo.InvariantCulture, $"exit code {(uint)code}")),
            { InnerException: { } host } => Failure(GuestText.Cut(host.Message, MaxLength)),
            TrapException trap => Trap(trap),
            _ => Failure(GuestText.Cut(exception.Message, MaxLength)),
        };
    }

    /// <summary>It was ended from outside (timeout, cancel, limit, an exception of the host) or left with another exit code than 0.</summary>
    /// <param name="error">How, in words.</param>
    public static GuestOutcome Failure(string error)
    {
        ArgumentException.ThrowIfNullOrEmpty(error);
        return new() { Error = error };
    }

    /// <summary>It trapped.</summary>
    public static GuestOutcome Trap(TrapException trap)
    {
        ArgumentNullException.ThrowIfNull(trap);
        return new() { Error = Words(trap), Exception = trap };
    }

    // Wasmtime's message holds a native backtrace; the last part is what happened.
    private static string Words(TrapException trap)
    {
        const string Marker = "wasm trap: ";
        var start = trap.Message.LastIndexOf(Marker, StringComparison.Ordinal);
        return GuestText.Cut(start < 0 ? trap.Message : trap.Message[(start + Marker.Length)..].Split('\n')[0], MaxLength);
    }
}
