using System.Diagnostics;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Trace;
using WasmAspire.Observe;
using Wasmtime;

namespace WasmAspire.Benchmarks.Observe;

/// <summary>A guest that calls the Observe API in a loop, with OpenTelemetry's SDK listening and nothing exported.</summary>
internal sealed class GuestLoop : IDisposable
{
    private const string Text = """
        (module
          (import "dylibso:observe/instrument" "enter" (func $enter (param i32)))
          (import "dylibso:observe/instrument" "exit" (func $exit (param i32)))
          (import "dylibso:observe/api" "log" (func $log (param i32 i32 i32)))
          (memory (export "memory") 1)
          (data (i32.const 0) "a line that is as long as it is.")
          (func $outer) (func $inner)
          (func $plain (export "plain") (param $n i32) (result i32)
            (if (result i32) (i32.lt_s (local.get $n) (i32.const 2))
              (then (local.get $n))
              (else (i32.add
                (call $plain (i32.sub (local.get $n) (i32.const 1)))
                (call $plain (i32.sub (local.get $n) (i32.const 2)))))))
          (func $fib (export "fib") (param $n i32) (result i32)
            (call $enter (i32.const 6))
            (if (result i32) (i32.lt_s (local.get $n) (i32.const 2))
              (then (local.get $n))
              (else (i32.add
                (call $fib (i32.sub (local.get $n) (i32.const 1)))
                (call $fib (i32.sub (local.get $n) (i32.const 2))))))
            (call $exit (i32.const 6)))
          (func (export "begin") (call $enter (i32.const 3)))
          (func (export "calls") (param $n i32)
            (loop $again
              (call $enter (i32.const 4)) (call $exit (i32.const 4))
              (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
          (func (export "logs") (param $n i32)
            (loop $again
              (call $log (i32.const 3) (i32.const 0) (i32.const 32))
              (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))
        """;

    private static readonly ActivitySource Host = new("WasmAspire.Benchmarks");

    private readonly GuestCase guestCase;
    private readonly Engine engine = new();
    private readonly Linker linker;
    private readonly Module module;
    private readonly byte[] wasm = Module.ConvertText(Text);
    private readonly ILoggerFactory loggers;
    private readonly TracerProvider tracing;

    public GuestLoop(GuestCase guestCase)
    {
        this.guestCase = guestCase;
        linker = new Linker(engine);
        module = Module.FromBytes(engine, "loop", wasm);
        loggers = LoggerFactory.Create(logging => logging.AddOpenTelemetry(options => options.AddProcessor(new Discard<LogRecord>())));
        tracing = Sdk.CreateTracerProviderBuilder()
            .AddSource(Host.Name, ObserveSession.SourceName)
            .AddProcessor(new Discard<Activity>())
            .Build();
        if (guestCase == GuestCase.EmptyCallbacks)
        {
            linker.DefineFunction("dylibso:observe/instrument", "enter", (Caller _, int _) => { });
            linker.DefineFunction("dylibso:observe/instrument", "exit", (Caller _, int _) => { });
            linker.DefineFunction("dylibso:observe/api", "log", (Caller _, int _, int _, int _) => { });
        }
        else
        {
            linker.DefineObserve();
        }
    }

    /// <summary>The best round, for a call's enter and exit, or for a log line.</summary>
    public double Nanoseconds { get; private set; } = double.MaxValue;

    /// <summary>The best round's allocations, for the same.</summary>
    public double Bytes { get; private set; } = double.MaxValue;

    /// <summary>The best round of fib(27), instrumented and not, in milliseconds.</summary>
    public (double Instrumented, double Plain) Fib { get; private set; } = (double.MaxValue, double.MaxValue);

    public void MeasureFib()
    {
        const int Number = 27;
        Run(instance =>
        {
            var (fib, plain) = (instance.GetFunction<int, int>("fib")!, instance.GetFunction<int, int>("plain")!);
            Fib = (Math.Min(Fib.Instrumented, Milliseconds(() => fib(Number))), Math.Min(Fib.Plain, Milliseconds(() => plain(Number))));
        });
    }

    public void Measure(int calls) => Run(instance =>
    {
        var loop = instance.GetAction<int>(guestCase == GuestCase.Log ? "logs" : "calls")!;
        loop(calls / 10);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        Nanoseconds = Math.Min(Nanoseconds, Milliseconds(() => loop(calls)) * 1e6 / calls);
        Bytes = Math.Min(Bytes, (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)calls);
    });

    public void Dispose()
    {
        tracing.Dispose();
        loggers.Dispose();
        module.Dispose();
        linker.Dispose();
        engine.Dispose();
    }

    private static double Milliseconds(Action action)
    {
        var started = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private void Run(Action<Instance> measure)
    {
        using var execute = Host.StartActivity("execute");
        execute!.IsAllDataRequested = guestCase != GuestCase.TracingOff;
        using var session = ObserveSession.Start(new ObserveOptions
        {
            Modules = [new SessionModule(ObservedModule.Read(wasm), "loop")],
            Parent = execute,
            Logger = loggers.CreateLogger(ObserveSession.Category),
            MinimumDuration = guestCase == GuestCase.Kept ? TimeSpan.Zero : TimeSpan.FromHours(1),
            MaxSpans = 1_000_000,
            MaxLogs = 1_000_000,
            MaxLogsPerSecond = 1_000_000,
        });
        using var store = new Store(engine, session);
        var instance = linker.Instantiate(store, module);
        instance.GetAction("begin")!();
        measure(instance);
    }

    /// <summary>Where an exporter would stand.</summary>
    private sealed class Discard<T> : BaseProcessor<T>;
}
