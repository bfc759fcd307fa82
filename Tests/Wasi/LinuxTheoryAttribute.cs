namespace WasmAspire.Tests.Wasi;

/// <summary>A theory about the host's file system as Wasmtime shows it; other systems have other rules for names.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute() => Skip = OperatingSystem.IsLinux() ? null : "Wasmtime's answers are written down for Linux.";
}
