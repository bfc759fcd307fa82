using System.Diagnostics;
using Microsoft.Extensions.Options;
using WasmAspire.ComputeNode.Compilation;
using WasmAspire.ComputeNode.Modules;
using WasmAspire.ComputeNode.Slots;
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
    // Files, folders and links by name: some hundred bytes each, beside what is in them.
    private const int MaxTreeEntries = 16_384;

    private readonly ILogger guestLogger = loggers.CreateLogger(ObserveSession.Category);
    private readonly ILogger logger = loggers.CreateLogger<JobRunner>();

    /// <summary>Runs the job. The thread must have a stack of <see cref="WasmEngine.ThreadStackBytes"/>.</summary>
    /// <param name="running">The job.</param>
    /// <param name="clock">The clock of its spans.</param>
    /// <param name="written">Called where the guest has written something that is to be stored (<see cref="OutputBuffer"/>).</param>
    /// <returns>How it ended; null where it is to go back to the queue, or is another node's by now.</returns>
    /// <exception cref="InvalidDataException">A content of the job is gone from Redis.</exception>
    public JobResult? Run(RunningJob running, SpanClock clock, Action<int> written)
    {
        var job = running.Job;
        var engine = engines.For(job.Spec);
        GuestProgram program;
        try
        {
            program = Compile(engine, job, clock, running.Stopping);
        }
        catch (OperationCanceledException) when (running.Stopping.IsCancellationRequested)
        {
            return running.IsCancelled ? new JobResult { State = JobState.Cancelled, Reason = JobReason.Cancelled, Message = "The job was cancelled." } : null;
        }
        catch (CompileLimitException e)
        {
            return Failure(JobReason.CompileLimit, e);
        }
        catch (LinkException e)
        {
            return Failure(JobReason.MissingImport, e);
        }
        catch (InvalidModuleException e)
        {
            return Failure(JobReason.InvalidModule, e);
        }

        var deadline = new GuestDeadline(job.Spec.Limits.TimeoutSeconds, running, ticker);
        var stdout = new OutputBuffer(OutputStream.Stdout, job.Spec.Limits.StdoutBytes, written);
        var stderr = new OutputBuffer(OutputStream.Stderr, job.Spec.Limits.StderrBytes, written);
        var context = new GuestContext(job, options.Value);
        using var places = guestSpans.Open();
        using var session = ObserveSession.Start(CreateObserveOptions(job, program, context, clock, places));
        var observer = job.Spec.Observe.Wasi ? new WasiSpans(session) : null;
        var tree = CreateTree(job.Spec);
        var wasi = new WasiContext(CreateWorld(job, context, tree, stdout, stderr, deadline) with { Observer = observer });
        running.Streams = [stdout, stderr];
        running.Tree = tree;
        using (ticker.Begin())
        {
            var guest = new GuestRun(engine, program, job.Spec, new JobExecution(session, wasi), context, deadline, clock);
            var result = guest.Run();
            return result is null ? null : Report(result, program, guest, session, places, stdout, stderr);
        }
    }

    private static JobResult Failure(JobReason reason, Exception e) => new() { State = JobState.Failed, Reason = reason, Message = e.Message };

    private GuestProgram Compile(WasmEngine engine, ClaimedJob job, SpanClock clock, CancellationToken stopping)
    {
        NamedModule Compile(string name, BlobReference blob) => new(name, this.Compile(engine, job, name, blob, clock, stopping));

        var entry = Compile(job.Spec.Name ?? JobSpec.DefaultName, job.Spec.Module);
        return new GuestProgram(entry, [.. job.Spec.Imports.Select(import => Compile(import.Name, import.Module))]);
    }

    private CompiledModule Compile(WasmEngine engine, ClaimedJob job, string name, BlobReference blob, SpanClock clock, CancellationToken stopping)
    {
        var activity = NodeTelemetry.StartPhase("compile", clock);
        string? error = null;
        try
        {
            activity?.SetTag("wasm.module", name);
            activity?.SetTag("wasm.module.sha256", blob.Sha256);
            activity?.SetTag("wasm.module.bytes", blob.Bytes);
            var instrument = job.Spec.Observe.Instrument == ObserveSettings.Automatic;
            var module = modules.Get(engine, blob, instrument, stopping, out var hit);
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

    private VirtualTree CreateTree(JobSpec spec)
    {
        var tree = new VirtualTree(new TreeLimits { MaxBytes = spec.Limits.OutputBytes, MaxEntries = MaxTreeEntries });
        foreach (var input in spec.Inputs)
        {
            tree.AddFile(input.Path, blobs.Get(input.Content));
        }

        tree.MakeWritable(JobSpec.TemporaryFolder);
        foreach (var path in spec.Outputs)
        {
            tree.MakeWritable(path);
        }

        return tree;
    }

    private WasiOptions CreateWorld(ClaimedJob job, GuestContext context, VirtualTree tree, OutputBuffer stdout, OutputBuffer stderr, GuestDeadline deadline)
    {
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
            Checkpoint = deadline.CheckNowAndThen,
        };
    }

    private ObserveOptions CreateObserveOptions(ClaimedJob job, GuestProgram program, GuestContext context, SpanClock clock, SessionPlaces? places) => new()
    {
        Modules = [.. program.Modules.Select(module => new SessionModule(module.Module.Observed, module.Name))],
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
        GuestProgram program,
        GuestRun guest,
        ObserveSession session,
        SessionPlaces? places,
        OutputBuffer stdout,
        OutputBuffer stderr)
    {
        var told = session.Summary;
        string?[] messages =
        [
            result.Message,
            .. program.Modules.Where(module => module.Module.Refusal is not null).Select(module =>
                $"{(module == program.Entry ? "The module" : $"The module '{module.Name}'")} ran without instrumentation: {module.Module.Refusal}."),
        ];
        return result with
        {
            Message = messages.Any(message => message is not null) ? string.Join(' ', messages.OfType<string>()) : null,
            Usage = new JobUsage
            {
                Fuel = guest.Fuel,
                PeakMemoryBytes = guest.PeakMemoryBytes,
                StdoutBytes = stdout.Length,
                StderrBytes = stderr.Length,
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
