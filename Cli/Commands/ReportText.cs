using System.Globalization;
using System.Text;
using WasmAspire.Instrument;

namespace WasmAspire.Cli.Commands;

/// <summary>The instrumenter's report for people.</summary>
internal static class ReportText
{
    public static string Write(string name, InstrumentReport report)
    {
        if (report.InstrumentedBefore is { } instrumenter)
        {
            return $"{name}: left as it is; it has been instrumented by {FunctionLabels.Printable(instrumenter)}{Environment.NewLine}";
        }

        var text = new StringBuilder();
        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
        Line($"{name}: {report.Instrumented} of {report.Functions.Count} functions instrumented, {(report.Gates ? "with" : "without")} gates");
        foreach (var group in report.Functions.Where(function => function.LeftOut is not null).GroupBy(function => function.LeftOut).OrderBy(group => group.Key))
        {
            Line($"  left out: {group.Count()} {Describe(group.Key!.Value)}");
        }

        Line($"  memory.grow: reported at {report.MemoryGrows} {(report.MemoryGrows == 1 ? "place" : "places")}");
        Line($"  size: {report.BytesBefore} bytes before, {report.BytesAfter} after ({(double)report.BytesAfter / report.BytesBefore:F2} times)");
        foreach (var section in report.DroppedSections)
        {
            Line($"  dropped: {FunctionLabels.Printable(section.Name)} ({section.Bytes} bytes), since {section.Why}");
        }

        return text.ToString();
    }

    private static string Describe(LeftOut reason) => reason switch
    {
        LeftOut.Excluded => "excluded",
        LeftOut.NotIncluded => "not included",
        LeftOut.SmallLeaf => "small, without calls and loops",
        LeftOut.Runtime => "of allocators and compilers",
        LeftOut.WrapsObserveApi => "that wrap the Observe API",
        _ => "too large",
    };
}
