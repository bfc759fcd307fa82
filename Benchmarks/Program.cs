using WasmAspire.Benchmarks.Flood;
using WasmAspire.Benchmarks.Instrument;
using WasmAspire.Benchmarks.Observe;
using WasmAspire.Benchmarks.Wasi;
using WasmAspire.Benchmarks.WholeSystem;

switch (args)
{
    case ["flood"]:
        await FloodBenchmark.RunAsync();
        return 0;
    case ["instrument", .. var files]:
        InstrumentBenchmark.Run(files);
        return 0;
    case ["observe"]:
        ObserveBenchmark.Run();
        return 0;
    case ["system"]:
        await SystemBenchmark.RunAsync();
        return 0;
    case ["wasi"]:
        WasiBenchmark.Run();
        return 0;
    default:
        Console.Error.WriteLine("usage: ./bench.sh flood|instrument [MODULE...]|observe|system|wasi");
        return 2;
}
