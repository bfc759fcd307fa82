using System.Globalization;
using System.Text;
using Wasmtime;

namespace WasmAspire.Observe.Logs;

/// <summary>The guest's stack where it trapped; nothing of the host's.</summary>
/// <param name="Text">A line a frame, innermost first.</param>
/// <param name="ModuleName">The module that trapped.</param>
/// <param name="ElidedFrames">Open calls that the text lacks; 0 where there are none or nobody knows.</param>
internal sealed record GuestStack(string Text, string ModuleName, long ElidedFrames)
{
    private const int MaxFrames = 128;
    private const int MaxNameLength = 256;

    /// <summary>Reads the frames of a trap.</summary>
    /// <param name="trap">The trap.</param>
    /// <param name="modules">The modules of the run.</param>
    /// <param name="openCalls">How many calls the guest has told of that are open.</param>
    public static GuestStack Read(TrapException trap, IReadOnlyList<SessionModule> modules, long openCalls)
    {
        var frames = trap.Frames ?? [];
        var text = new StringBuilder();
        foreach (var frame in frames.Take(MaxFrames))
        {
            Append(text, frame);
        }

        var shown = Math.Min(frames.Count, MaxFrames);
        return new GuestStack(
            text.ToString(),
            frames.Count > 0 ? ModuleOf(frames[0], modules).Name : modules[0].Name,
            Math.Max(0, Math.Max(openCalls, frames.Count) - shown));
    }

    private static SessionModule ModuleOf(TrapFrame frame, IReadOnlyList<SessionModule> modules) =>
        modules.FirstOrDefault(module => module.Name == frame.ModuleName, modules[0]);

    private static void Append(StringBuilder text, TrapFrame frame)
    {
        text.Append("   at ").Append(GuestText.Cut(frame.FunctionName ?? "?", MaxNameLength));
        text.Append(CultureInfo.InvariantCulture, $" (0x{(ulong)frame.ModuleOffset:x})\n");
    }
}
