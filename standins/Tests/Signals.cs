using System.Diagnostics;
using System.Globalization;

namespace WasmAspire.Tests.StandIns;

internal static class Signals
{
    /// <summary>Sends a signal to one process, or to a group: its id with a minus.</summary>
    public static void Send(int pid, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", "--", pid.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
