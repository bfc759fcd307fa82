namespace WasmAspire.Tests.Wasi;

/// <summary>What a test's host throws to end its guest.</summary>
internal sealed class HostStoppedException : Exception;
