using System.Diagnostics;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Trace;
using WasmAspire.Observe;
using WasmAspire.Observe.Calibration;
using Wasmtime;

namespace WasmAspire.Tests.Observe;

/// <summary>Runs a guest written as text on real Wasmtime, with OpenTelemetry's own SDK collecting what it tells.</summary>
internal sealed class ObservedGuest : IDisposable
{
    // Sources are one a process and tests run at once: each takes the spans of its own trace.
    private static readonly ActivitySource Host = new("WasmAspire.Tests.Host");

    private const ulong Fuel = 1_000_000_000;

    private readonly List<Activity> exported = [];
    private readonly List<LogRecord> logs = [];
    private readonly TracerProvider tracing;
    private readonly ILoggerFactory loggers;
    private readonly Engine engine = new(new Config().WithFuelConsumption(true));
    private readonly Linker linker;

    public ObservedGuest(Sampler? sampler = null)
    {
        tracing = Sdk.CreateTracerProviderBuilder()
            .AddSource(ObserveSession.SourceName)
            .AddSource(Host.Name)
            .SetSampler(sampler ?? new AlwaysOnSampler())
            .AddProcessor(new OwnSpans(this))
            .Build();
        loggers = LoggerFactory.Create(logging => logging
            .SetMinimumLevel(LogLevel.Trace)
            .AddOpenTelemetry(options =>
            {
                options.IncludeFormattedMessage = true;
                options.AddInMemoryExporter(logs);
            }));
        linker = new Linker(engine) { AllowShadowing = true };

        // How many of the run's spans have been exported so far.
        linker.DefineFunction("host", "exported", () => exported.Count);

        // As slow as it is told to be, by the clock.
        linker.DefineFunction("host", "spin", (int milliseconds) =>
        {
            var start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < milliseconds)
            {
            }
        });

        // A host function that tells of a call which began so many milliseconds ago.
        linker.DefineFunction("host", "call", (Caller caller, int milliseconds) => ((ObserveSession)caller.GetData()!).HostCall(
            "host.call",
            Stopwatch.GetTimestamp() - (milliseconds * (Stopwatch.Frequency / 1000)),
            milliseconds,
            static (span, milliseconds) => span.SetTag("host.milliseconds", milliseconds)));
    }

    /// <summary>What observing a call costs; the process's by default.</summary>
    public CalibratedCost? Cost { get; init; }

    /// <summary>Whether the session is told of the instances.</summary>
    public bool Attaches { get; init; } = true;

    /// <summary>The span that the guest runs under; null where it is not sampled.</summary>
    public Activity? Execute { get; private set; }

    /// <summary>The guest's spans, in the order they ended.</summary>
    public IReadOnlyList<Activity> Spans { get; private set; } = [];

    /// <summary>The guest's log records.</summary>
    public IReadOnlyList<LogRecord> Logs => logs;

    public ObserveSummary Summary { get; private set; }

    /// <summary>Whether running left the host's current activity alone.</summary>
    public bool CurrentWasKept { get; private set; }

    /// <summary>Runs the exported function <c>run</c> and completes the session as its end demands.</summary>
    public ObservedGuest Run(string text, Func<ObserveOptions, ObserveOptions>? configure = null) =>
        Run([Module.ConvertText(text)], configure);

    /// <inheritdoc cref="Run(string, Func{ObserveOptions, ObserveOptions}?)"/>
    public ObservedGuest Run(byte[] wasm, Func<ObserveOptions, ObserveOptions>? configure = null) => Run([wasm], configure);

    /// <summary>Runs several modules in one session: each may import the exports of those before as <c>module0</c> and so on; the last has <c>run</c>.</summary>
    public ObservedGuest Run(IReadOnlyList<byte[]> modules, Func<ObserveOptions, ObserveOptions>? configure = null)
    {
        exported.Clear();
        var clock = new SpanClock();
        Execute = Host.StartActivity("execute run", ActivityKind.Internal, default(ActivityContext), startTime: clock.UtcNow);
        var options = new ObserveOptions
        {
            Modules = [.. modules.Select((wasm, number) => new SessionModule(ObservedModule.Read(wasm), $"module{number}"))],
            Parent = Execute,
            Clock = clock,
            Logger = loggers.CreateLogger(ObserveSession.Category),
        };
        options = configure?.Invoke(options) ?? options;
        using (var session = Cost is null ? ObserveSession.Start(options) : ObserveSession.Start(options, Cost))
        using (var store = new Store(engine, session))
        {
            store.Fuel = Fuel;
            Call(store, modules, session);
            CurrentWasKept = Activity.Current == Execute;
            Summary = session.Summary;
        }

        Execute?.SetEndTime(clock.UtcNow);
        Execute?.Stop();
        Spans = [.. exported];
        return this;
    }

    /// <summary>The one span of this name.</summary>
    public Activity Span(string name) => Spans.Single(span => span.DisplayName == name);

    /// <summary>The spans as a tree: a name a line, indented by depth, in order of their start.</summary>
    public string Tree() => Tree(Execute!.SpanId, 0);

    public void Dispose()
    {
        tracing.Dispose();
        loggers.Dispose();
        linker.Dispose();
        engine.Dispose();
    }

    private void Call(Store store, IReadOnlyList<byte[]> modules, ObserveSession session)
    {
        try
        {
            Instance? instance = null;
            for (var number = 0; number < modules.Count; number++)
            {
                using var module = Module.FromBytes(engine, $"module{number}", modules[number]);
                linker.DefineObserve(number);
                instance = linker.Instantiate(store, module);
                if (Attaches)
                {
                    session.Attach(instance, number);
                }

                foreach (var (name, function) in instance.GetFunctions())
                {
                    linker.Define($"module{number}", name, function);
                }
            }

            instance!.GetAction("run")!();
            session.Complete(GuestOutcome.Success);
        }
        catch (TrapException trap)
        {
            session.Complete(GuestOutcome.Trap(trap));
        }
    }

    private string Tree(ActivitySpanId parent, int depth) => string.Concat(Spans
        .Where(span => span.ParentSpanId == parent)
        .OrderBy(span => span.StartTimeUtc)
        .Select(span => new string(' ', 2 * depth) + span.DisplayName + "\n" + Tree(span.SpanId, depth + 1)));

    // The spans of other tests end on other threads; those of the run's own trace end on its own.
    private sealed class OwnSpans(ObservedGuest guest) : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data)
        {
            if (data.Source.Name == ObserveSession.SourceName && data.TraceId == guest.Execute?.TraceId)
            {
                guest.exported.Add(data);
            }
        }
    }
}
