using WasmAspire.Benchmarks.WholeSystem;

switch (args)
{
    case ["system"]:
        await SystemBenchmark.RunAsync();
        return 0;
    default:
        Console.Error.WriteLine("usage: ./bench.sh system");
        return 2;
}
