namespace WasmAspire.Tests.Wasi;

/// <summary>What a program did.</summary>
/// <param name="ExitCode">0 also where it just returned.</param>
/// <param name="Stdout">All of it.</param>
/// <param name="Stderr">All of it.</param>
internal sealed record GuestResult(uint ExitCode, string Stdout, string Stderr);
