namespace WasmAspire.Tests.StandIns;

/// <summary>A test that needs a browser; without one it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DashboardBrowserFactAttribute : FactAttribute
{
    public DashboardBrowserFactAttribute()
    {
        if (!File.Exists(DashboardBrowser.Executable))
        {
            Skip = $"There is no {DashboardBrowser.Executable}: apt-get install chromium.";
        }
    }
}
