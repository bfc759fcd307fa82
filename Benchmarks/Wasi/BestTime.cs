using System.Diagnostics;

namespace WasmAspire.Benchmarks.Wasi;

/// <summary>The shortest time of several runs.</summary>
internal sealed class BestTime
{
    /// <summary>It.</summary>
    public TimeSpan Value { get; private set; } = TimeSpan.MaxValue;

    /// <summary>Takes the time of one run.</summary>
    public void Measure(Action run)
    {
        var start = Stopwatch.GetTimestamp();
        run();
        var time = Stopwatch.GetElapsedTime(start);
        Value = time < Value ? time : Value;
    }
}
