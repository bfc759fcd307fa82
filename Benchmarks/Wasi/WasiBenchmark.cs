using System.Globalization;

namespace WasmAspire.Benchmarks.Wasi;

/// <summary>
/// What a guest's files cost: 100 MB are written and read through calls of 4 KB, on this WASI, on Wasmtime's own over a
/// folder for temporary files, and by plain copies in .NET. Rounds of all take turns in one process; the best of each counts.
/// </summary>
internal static class WasiBenchmark
{
    /// <summary>Bytes of a call.</summary>
    public const int BytesOfCall = 4096;

    /// <summary>Calls of a round.</summary>
    public const int Calls = 25_600;

    private const int Rounds = 30;
    private const double Megabytes = (double)Calls * BytesOfCall / 1e6;

    public static void Run()
    {
        var copy = new MemoryCopy();
        using var virtualFile = FileGuest.OnVirtualWasi();
        using var file = FileGuest.OnWasmtimesWasi();
        for (var round = 0; round < Rounds; round++)
        {
            copy.Measure();
            virtualFile.Measure();
            file.Measure();
        }

        Print($"| {Megabytes:F0} MB through calls of 4 KB | ms | MB/s | ns a call | times the plain copy |");
        Print($"|---|---|---|---|---|");
        Row("plain copy to memory that is there", copy.Overwrite, copy.Overwrite);
        Row("WASI: write over a file", virtualFile.Overwrite, copy.Overwrite);
        Row("Wasmtime's own: write over a file", file.Overwrite, copy.Overwrite);
        Row("plain copy to new memory", copy.Write, copy.Write);
        Row("WASI: write a new file", virtualFile.Write, copy.Write);
        Row("Wasmtime's own: write a new file", file.Write, copy.Write);
        Row("plain copy from memory", copy.Read, copy.Read);
        Row("WASI: read", virtualFile.Read, copy.Read);
        Row("Wasmtime's own: read", file.Read, copy.Read);
        Print($"wasi: times a plain copy: overwrite {virtualFile.Overwrite / copy.Overwrite:F2}, new file {virtualFile.Write / copy.Write:F2}, read {virtualFile.Read / copy.Read:F2}; Wasmtime's own: {file.Overwrite / copy.Overwrite:F2}, {file.Write / copy.Write:F2}, {file.Read / copy.Read:F2}");
    }

    private static void Row(string what, TimeSpan time, TimeSpan plain) =>
        Print($"| {what} | {time.TotalMilliseconds:F1} | {Megabytes / time.TotalSeconds:F0} | {time.TotalNanoseconds / Calls:F0} | {time / plain:F2} |");

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
