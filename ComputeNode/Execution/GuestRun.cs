using System.Text.Json;
using WasmAspire.ComputeNode.Modules;
using WasmAspire.ComputeNode.Telemetry;
using WasmAspire.Jobs;
using WasmAspire.Observe;
using Wasmtime;

namespace WasmAspire.ComputeNode.Execution;

/// <summary>One run of a program, from instantiation to its end. Store and instances belong to the thread that calls <see cref="Run()"/>.</summary>
internal sealed class GuestRun(
    WasmEngine engine,
    GuestProgram program,
    JobSpec spec,
    JobExecution execution,
    GuestContext context,
    GuestDeadline deadline,
    SpanClock clock)
{
    /// <summary>Elements of one table.</summary>
    public const int MaxTableElements = 100_000;

    /// <summary>Tables of one module.</summary>
    public const int MaxTables = 10;

    /// <summary>Memories of one job: each takes 4 GiB of the process's addresses.</summary>
    public const int MaxMemories = 100;

    // More than a guest can use up, where fuel is only counted.
    private readonly long startFuel = spec.Limits.Fuel ?? long.MaxValue;

    private readonly ObserveSession session = execution.ObserveSession!;
    private readonly MemoryBudget memory = new(spec.Limits.MemoryBytes, program);

    /// <summary>The most memory that the guest had; it never shrinks.</summary>
    public long PeakMemoryBytes { get; private set; }

    /// <summary>Fuel that the guest used up from its instantiation on; null where it is not counted.</summary>
    public long? Fuel { get; private set; }

    /// <summary>Runs the guest to its end.</summary>
    /// <returns>How it ended; null where the node stops.</returns>
    public JobResult? Run()
    {
        using var store = new Store(engine.Engine, execution);
        try
        {
            return Run(store);
        }
        finally
        {
            // Of a store that is disposed nothing can be asked.
            Fuel = engine.CountsFuel ? startFuel - (long)store.Fuel : null;
            PeakMemoryBytes = memory.PeakBytes;
        }
    }

    private JobResult? Run(Store store)
    {
        var modules = program.Imports.Count + 1;
        store.SetLimits(spec.Limits.MemoryBytes, MaxTableElements, instances: modules, tables: modules * MaxTables, memories: MaxMemories);
        store.SetEpochDeadlineCallback(_ =>
        {
            deadline.Check();
            return 1;
        });
        store.SetEpochDeadline(1);
        if (engine.CountsFuel)
        {
            store.Fuel = (ulong)startFuel;
        }

        using var ownLinker = CreateOwnLinker(store);
        Instance? instance = null;
        if (Phase("instantiate", () => instance = Instantiate(store, ownLinker)) is { } failed)
        {
            return ToResult(failed);
        }

        IReadOnlyList<JsonElement> results = [];
        var failure = Phase($"execute {spec.Entrypoint}", () =>
        {
            var entrypoint = Entrypoint.Find(instance!, spec.Entrypoint, spec.EntrypointArgs);
            if (spec.Entrypoint is not ("_start" or "_initialize"))
            {
                // A reactor must be initialized before any other call (WASI, application ABI).
                instance!.GetAction("_initialize")?.Invoke();
            }

            results = entrypoint.Call();
        }, last: true);
        if (failure is not null)
        {
            return ToResult(failure);
        }

        return new JobResult { State = JobState.Completed, ExitCode = 0, Results = results };
    }

    /// <summary>A linker for what this run alone needs; null where it needs nothing.</summary>
    private Linker? CreateOwnLinker(Store store)
    {
        if (program.Imports.Count == 0 && !program.Entry.Module.IsGuarded)
        {
            return null;
        }

        var linker = engine.Linker.Clone();
        linker.AllowShadowing = true;
        memory.Define(linker, store);
        return linker;
    }

    /// <summary>Makes the program's instances, in order.</summary>
    /// <param name="store">Their store.</param>
    /// <param name="ownLinker">Where the run needs one of its own.</param>
    /// <returns>The instance of the entry point.</returns>
    /// <exception cref="MemoryLimitException">The modules begin with more memory than the job may have.</exception>
    private Instance Instantiate(Store store, Linker? ownLinker)
    {
        if (memory.Excess is { } excess)
        {
            throw new MemoryLimitException(excess);
        }

        for (var i = 0; i < program.Imports.Count; i++)
        {
            var (name, module) = program.Imports[i];
            var instance = Instantiate(store, ownLinker!, module, number: i + 1);

            // Before any other module calls it.
            instance.GetAction("_initialize")?.Invoke();
            ownLinker!.DefineInstance(store, name, instance);
        }

        return Instantiate(store, ownLinker ?? engine.Linker, program.Entry.Module, number: 0);
    }

    private Instance Instantiate(Store store, Linker linker, CompiledModule module, int number)
    {
        if (program.Imports.Count > 0)
        {
            // Their functions are bound to a module's number: a call does not say which module it comes from.
            linker.DefineObserve(number);
        }

        var instance = linker.Instantiate(store, module.Module);
        session.Attach(instance, number);
        return instance;
    }

    private JobResult? ToResult(GuestFailure failure) => failure switch
    {
        { Reason: JobReason.Trap or JobReason.ExitCode } when memory.Refused is { } refused =>
            new JobResult { State = JobState.Failed, Reason = failure.Reason, Message = $"{failure.Message}{(failure.Message?.EndsWith('.') == true ? "" : ".")} {refused}", ExitCode = failure.ExitCode },
        { Reason: JobReason.Cancelled } => new JobResult { State = JobState.Cancelled, Reason = failure.Reason, Message = failure.Message },
        { Reason: { } reason } => new JobResult { State = JobState.Failed, Reason = reason, Message = failure.Message, ExitCode = failure.ExitCode },
        { ExitCode: 0 } => new JobResult { State = JobState.Completed, ExitCode = 0 },
        _ => null,
    };

    /// <summary>Runs one phase under a span of its own, and completes the session under it if it fails or is the last.</summary>
    private GuestFailure? Phase(string name, Action action, bool last = false)
    {
        var activity = NodeTelemetry.StartPhase(name, clock);
        var parent = session.Parent;
        session.Parent = activity ?? parent;
        context.Name(activity, execution.Wasi);
        GuestFailure? failure = null;
        try
        {
            action();
            // A guest that returns right after a long host call never meets its passed deadline otherwise.
            deadline.Check();
        }
        catch (WasmtimeException e)
        {
            failure = GuestFailure.From(e, spec.Limits);
        }
        catch (MemoryLimitException e)
        {
            failure = new GuestFailure(JobReason.MemoryLimit, e.Message, null, GuestOutcome.Failure(e.Message));
        }
        catch (EntrypointException e)
        {
            failure = new GuestFailure(JobReason.EntrypointNotFound, e.Message, null, GuestOutcome.Failure(e.Message));
        }
        catch (GuestStoppedException e)
        {
            failure = new GuestFailure(e.Reason, e.Message, null, GuestOutcome.Failure(e.Message));
        }

        if (failure is not null || last)
        {
            // Before the span stops: it takes what the session tells at its end.
            session.Complete(failure?.Outcome ?? GuestOutcome.Success);
        }

        // What folded under the span is told to it when the parent changes: while it is still open.
        session.Parent = parent;
        if (failure?.ExitCode is { } code)
        {
            activity?.SetTag("process.exit.code", (long)code);
        }

        activity.Stop(clock, failure?.Outcome.Error);
        return failure;
    }
}
