using WasmAspire.Instrument;

namespace WasmAspire.Benchmarks.Instrument;

/// <summary>What the benchmark reads from a report.</summary>
internal static class ReportFigures
{
    /// <summary>How many times as large the module became.</summary>
    public static double Size(this InstrumentReport report) => (double)report.BytesAfter / report.BytesBefore;

    /// <summary>Functions with a call or a loop, allocators and what compilers add aside.</summary>
    public static int Coverable(this InstrumentReport report) =>
        report.Functions.Count(function => function.CallsOrLoops && function.LeftOut != LeftOut.Runtime);

    /// <summary>How many of those were instrumented.</summary>
    public static int Covered(this InstrumentReport report) =>
        report.Functions.Count(function => function.CallsOrLoops && function.LeftOut is null);
}
