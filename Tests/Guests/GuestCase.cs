namespace WasmAspire.Tests.Guests;

/// <summary>One run of a guest: what it is given and what it should then do.</summary>
/// <param name="Module">The module's path under guests/wasm, without its ending.</param>
/// <param name="Arguments">The arguments after the program's name, separated by spaces.</param>
/// <param name="Expected">The <see cref="GuestRun.Transcript"/>.</param>
internal sealed record GuestCase(string Module, string Arguments, string Expected)
{
    /// <summary>What a failed test is called.</summary>
    public string Name => $"{Module} {(EntryPoint == "_start" ? "" : EntryPoint + " ")}{Arguments}".TrimEnd();

    public string Stdin { get; init; } = "";

    public (string Name, string Value)[] Environment { get; init; } = [];

    public string EntryPoint { get; init; } = "_start";

    /// <summary>Arguments of an entry point other than <c>_start</c>: int, long or double.</summary>
    public object[] EntryPointArguments { get; init; } = [];

    /// <summary>How far the guest's memory may grow.</summary>
    public long MemoryBytes { get; init; } = 64 << 20;

    /// <summary>Interrupt the guest once it has written a line to stdout.</summary>
    public bool StopAtLine { get; init; }

    /// <summary>A pattern of what differs from run to run; the transcript has <c>#</c> in its place.</summary>
    public string? Varying { get; init; }
}
