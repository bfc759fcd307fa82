using WasmAspire.Benchmarks.Observe;
using WasmAspire.Benchmarks.WholeSystem;

switch (args)
{
    case ["observe"]:
        ObserveBenchmark.Run();
        return 0;
    case ["system"]:
        await SystemBenchmark.RunAsync();
        return 0;
    default:
        Console.Error.WriteLine("usage: ./bench.sh observe|system");
        return 2;
}
