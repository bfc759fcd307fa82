namespace WasmAspire.Tests.StandIns;

/// <summary>A theory about processes as Linux has them.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute() => Skip = Needs.Linux;
}
