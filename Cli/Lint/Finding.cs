using System.Globalization;

namespace WasmAspire.Cli.Lint;

/// <summary>Something about the telemetry that a module will give.</summary>
/// <param name="Code">What kind of thing, for programs: it never changes its meaning.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="Message">What it is, and what to do.</param>
/// <param name="Function">The function it is about, where it is about one.</param>
/// <param name="Index">That function's index.</param>
/// <param name="Offset">Where it is, in bytes from the start of the file.</param>
/// <param name="Source">The source line, as <c>file:line</c>, where the module tells.</param>
internal sealed record Finding(string Code, FindingLevel Level, string Message, string? Function = null, int? Index = null, int? Offset = null, string? Source = null)
{
    public override string ToString()
    {
        var place = Function is null ? "" : string.Create(CultureInfo.InvariantCulture, $" (in {Function}, function {Index}, at byte {Offset}{(Source is null ? "" : $", {Source}")})");
        return $"{(Level == FindingLevel.Warning ? "warning" : "info")} {Code}: {Message}{place}";
    }
}
