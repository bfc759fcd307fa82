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

    /// <summary>The kind of trap; null if there was none.</summary>
    public string? TrapType { get; private init; }

    /// <summary>The trap in words.</summary>
    public string? TrapMessage { get; private init; }

    /// <summary>The guest's stack, innermost frame first, a line each.</summary>
    public string? Stack { get; private init; }

    /// <summary>It was ended from outside (timeout, cancel, limit) or left with another exit code than 0.</summary>
    /// <param name="error">How, in words.</param>
    public static GuestOutcome Failure(string error) => new() { Error = error };

    /// <summary>It trapped.</summary>
    /// <param name="type">The kind, such as <c>IntegerDivisionByZero</c>.</param>
    /// <param name="message">The trap in words.</param>
    /// <param name="stack">The guest's stack, innermost frame first, a line each.</param>
    public static GuestOutcome Trap(string type, string message, string stack) =>
        new() { Error = message, TrapType = type, TrapMessage = message, Stack = stack };
}
