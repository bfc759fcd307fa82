using Wasmtime;

namespace WasmAspire.Observe;

/// <summary>How a guest's run ended.</summary>
public sealed record GuestOutcome
{
    private GuestOutcome()
    {
    }

    /// <summary>It returned, or left with exit code 0.</summary>
    public static GuestOutcome Success { get; } = new();

    /// <summary>What the open spans' status says; null for a success.</summary>
    public string? Error { get; private init; }

    /// <summary>The trap, if there was one.</summary>
    internal TrapException? Exception { get; private init; }

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
        const int MaxLength = 1024;
        var start = trap.Message.LastIndexOf(Marker, StringComparison.Ordinal);
        return GuestText.Cut(start < 0 ? trap.Message : trap.Message[(start + Marker.Length)..].Split('\n')[0], MaxLength);
    }
}
