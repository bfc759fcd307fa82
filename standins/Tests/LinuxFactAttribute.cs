namespace WasmAspire.Tests.StandIns;

/// <summary>A test of processes as Linux has them.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = Needs.Linux;
}
