namespace WasmAspire.Tests.Requires;

/// <summary>A test that needs Debian's browser; without one it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresChromiumFactAttribute : FactAttribute
{
    public RequiresChromiumFactAttribute() => Skip = InstalledTools.ReasonToSkip([Browser.Chromium.Executable]);
}
