namespace WasmAspire.Tests.Requires;

/// <summary>A test that reads the stand-in dashboard's pages; with the real packages it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresStandInsFactAttribute : FactAttribute
{
    /// <param name="tools">What it needs besides: see <see cref="RequiresToolFactAttribute"/>.</param>
    public RequiresStandInsFactAttribute(params string[] tools) => Skip = PackageSwitch.StandInsAreInUse
        ? InstalledTools.ReasonToSkip(tools)
        : "Reads the stand-in dashboard's pages; the real one's are others.";
}
