using System.Diagnostics;
using Microsoft.Extensions.Options;
using WasmAspire.ComputeNode.Modules;
using WasmAspire.ComputeNode.Telemetry;
using WasmAspire.ComputeNode.Telemetry.GuestSpans;
using WasmAspire.Jobs;
using WasmAspire.Observe;
using WasmAspire.Wasi;
using WasmAspire.Wasi.Files;

namespace WasmAspire.ComputeNode.Execution;

/// <summary>Runs one attempt of a job on the calling thread: compile, instantiate, execute, each a span.</summary>
internal sealed class JobRunner(
    WasmEngines engines,
    EpochTicker ticker,
    ModuleCache modules,
    BlobStore blobs,
    GuestMetrics metrics,
    GuestSpanExport guestSpans,
    IOptions<NodeOptions> options,
    ILoggerFactory loggers)
{
    private readonly ILogger guestLogger = loggers.CreateLogger(ObserveSession.Category);
    private readonly ILogger logger = loggers.CreateLogger<JobRunner>();

    /// <summary>Runs the job. The thread must have a stack of <see cref="WasmEngine.ThreadStackBytes"/>.</summary>
    /// <param name="job">The job.</param>
    /// <param name="clock">The clock of its spans.</param>
    /// <param name="stopping">Ends the guest so that the job can run elsewhere.</param>
    /// <exception cref="InvalidDataException">A content of the job is gone from Redis.</exception>
    public JobOutcome Run(ClaimedJob job, SpanClock clock, CancellationToken stopping)
    {
        var engine = engines.For(job.Spec);
        CompiledModule module;
        try
        {
            module = Compile(engine, job, clock);
        }
        catch (InvalidModuleException e)
        {
            return new JobOutcome(new JobResult { State = JobState.Failed, Reason = JobReason.InvalidModule, Message = e.Message }, default, default);
        }

        var deadline = new GuestDeadline(job.Spec.Limits.TimeoutSeconds, stopping);
        var stdout = new OutputBuffer("stdout", job.Spec.Limits.StdoutBytes);
        var stderr = new OutputBuffer("stderr", job.Spec.Limits.StderrBytes);
        var context = new GuestContext(job, options.Value);
        using var places = guestSpans.Open();
        using var session = ObserveSession.Start(CreateObserveOptions(job, module, context, clock, places));
        var observer = job.Spec.Observe.Wasi ? new WasiSpans(session) : null;
        var wasi = new WasiContext(CreateWorld(job, context, stdout, stderr, deadline) with { Observer = observer });
        using (ticker.Begin())
        {
            var guest = new GuestRun(engine, module, job.Spec, new JobExecution(session, wasi), context, deadline, clock);
            var result = guest.Run();
            return new JobOutcome(result is null ? null : Report(result, module, guest, session, places, stdout, stderr), stdout.Content, stderr.Content);
        }
    }

    private CompiledModule Compile(WasmEngine engine, ClaimedJob job, SpanClock clock)
    {
        var activity = NodeTelemetry.StartPhase("compile", clock);
        string? error = null;
        try
        {
            activity?.SetTag("wasm.module.sha256", job.Spec.Module.Sha256);
            activity?.SetTag("wasm.module.bytes", job.Spec.Module.Bytes);
            var instrument = job.Spec.Observe.Instrument == ObserveSettings.Automatic;
            var module = modules.Get(engine, job.Spec.Module, instrument, out var hit);
            activity?.SetTag("wasm.module.cache", hit ? "hit" : "miss");
            if (module.Refusal is { } refusal)
            {
                Log.NotInstrumented(logger, job.Id, refusal);
            }
            else if (instrument)
            {
                activity?.SetTag("wasm.module.instrumented_functions", module.Instrumented);
            }

            return module;
        }
        catch (Exception e)
        {
            error = e.Message;
            throw;
        }
        finally
        {
            activity.Stop(clock, error);
        }
    }

    private WasiOptions CreateWorld(ClaimedJob job, GuestContext context, OutputBuffer stdout, OutputBuffer stderr, GuestDeadline deadline)
    {
        var tree = new VirtualTree();
        foreach (var input in job.Spec.Inputs)
        {
            tree.AddFile(input.Path, blobs.Get(input.Content));
        }

        return new WasiOptions
        {
            Arguments = [job.Spec.Name ?? JobSpec.DefaultName, .. job.Spec.Args],
            Environment =
            [
                .. job.Spec.Env,
                new("WASMASPIRE_JOB_ID", job.Id),
                new("WASMASPIRE_EXECUTION_ID", $"{job.Id}-{job.Attempt}"),
                .. context.Variables,
            ],
            Stdin = job.Spec.Stdin is { } stdin ? blobs.Get(stdin) : default,
            Stdout = stdout,
            Stderr = stderr,
            Tree = tree,
            Sleep = deadline.Sleep,
        };
    }

    private ObserveOptions CreateObserveOptions(ClaimedJob job, CompiledModule module, GuestContext context, SpanClock clock, SessionPlaces? places) => new()
    {
        Modules = [new SessionModule(module.Observed, job.Spec.Name ?? JobSpec.DefaultName)],
        Clock = clock,
        Parent = Activity.Current,
        Logger = guestLogger,
        SpanAttributes = context.SpanAttributes,
        LogAttributes = [new("wasmaspire.job.id", job.Id)],
        Metrics = metrics,
        MinimumDuration = TimeSpan.FromMicroseconds(job.Spec.Observe.MinSpanMicroseconds),
        MaxSpans = job.Spec.Observe.MaxSpans,
        MeasureFuel = job.Spec.Observe.Fuel,
        Admission = places,
    };

    private static JobResult Report(
        JobResult result,
        CompiledModule module,
        GuestRun guest,
        ObserveSession session,
        SessionPlaces? places,
        OutputBuffer stdout,
        OutputBuffer stderr)
    {
        var told = session.Summary;
        string?[] messages = [result.Message, module.Refusal is { } refusal ? $"The module ran without instrumentation: {refusal}." : null];
        return result with
        {
            Message = messages.Any(message => message is not null) ? string.Join(' ', messages.OfType<string>()) : null,
            Usage = new JobUsage
            {
                Fuel = guest.Fuel,
                PeakMemoryBytes = guest.PeakMemoryBytes,
                StdoutBytes = stdout.Content.Length,
                StderrBytes = stderr.Content.Length,
            },
            Telemetry = new JobTelemetry
            {
                Spans = told.Spans,
                FoldedCalls = told.FoldedCalls + told.GatedCalls,
                DroppedSpans = places?.Close() ?? 0,
                Logs = told.Logs,
                Metrics = told.Metrics,
            },
        };
    }
}
