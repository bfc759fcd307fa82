namespace WasmAspire.Benchmarks.Instrument;

/// <summary>A program of guests/benchmarks: it exports <c>run</c>, which takes a size and gives a checksum.</summary>
/// <param name="Name">Its file's name.</param>
/// <param name="Size">What to call it with: some 10 to 50 ms of work.</param>
internal sealed record BenchmarkProgram(string Name, int Size)
{
    public static IReadOnlyList<BenchmarkProgram> All { get; } =
    [
        new("fib", 32),
        new("sha256", 60),
        new("sieve", 4),
        new("interpreter", 6_000),
        new("handlers", 2_000_000),
        new("json", 400),
        new("words", 45),
        new("iterators", 60),
        new("shapes", 1_500),
        new("queens", 11),
        new("trees", 16),
    ];
}
