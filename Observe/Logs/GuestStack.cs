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
            Append(text, frame, ModuleOf(frame, modules)?.Module);
        }

        var shown = Math.Min(frames.Count, MaxFrames);
        return new GuestStack(
            text.ToString(),
            (frames.Count > 0 ? ModuleOf(frames[0], modules) : null)?.Name ?? modules[0].Name,
            Math.Max(0, Math.Max(openCalls, frames.Count) - shown));
    }

    // Of several modules, a frame's is the one that calls itself as the session does, else the only one with this function
    // at this place: Wasmtime tells no more of it.
    private static SessionModule? ModuleOf(TrapFrame frame, IReadOnlyList<SessionModule> modules)
    {
        if (modules.Count == 1)
        {
            return modules[0];
        }

        var named = modules.Where(module => module.Name == frame.ModuleName).Take(1).ToArray();
        var fitting = named.Length > 0 ? named : [.. modules.Where(module => module.Module.HasFunctionAt((long)frame.ModuleOffset, frame.FunctionName))];
        return fitting is [var only] ? only : null;
    }

    private static void Append(StringBuilder text, TrapFrame frame, ObservedModule? module)
    {
        var offset = (long)frame.ModuleOffset;
        text.Append("   at ").Append(module?.FunctionNameAt(offset) ?? frame.FunctionName ?? "?");
        if (module is not null && module.TryFindLine(offset, out var line))
        {
            text.Append(CultureInfo.InvariantCulture, $" in {line.File}:line {line.Line}");
        }
        else if (offset > 0)
        {
            // Of a frame that overflowed the stack, Wasmtime knows no place.
            text.Append(CultureInfo.InvariantCulture, $" (0x{offset:x})");
        }

        text.Append('\n');
    }
}
