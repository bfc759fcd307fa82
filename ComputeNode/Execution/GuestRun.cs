using System.Text.Json;
using WasmAspire.ComputeNode.Modules;
using WasmAspire.ComputeNode.Telemetry;
using WasmAspire.Jobs;
using WasmAspire.Observe;
using Wasmtime;

namespace WasmAspire.ComputeNode.Execution;

/// <summary>One run of a program, from instantiation to its end. Store and instances belong to the thread that calls <see cref="Run"/>.</summary>
internal sealed class GuestRun(
    WasmEngine engine,
    GuestProgram program,
    JobSpec spec,
    JobExecution execution,
    GuestContext context,
    GuestDeadline deadline,
    SpanClock clock)
{
    private const int MaxTableElements = 100_000;

    // For each module.
    private const int MaxTables = 10;

    // More than a guest can use up: fuel is counted here, not limited.
    private const long Unlimited = long.MaxValue;

    private readonly ObserveSession session = execution.ObserveSession!;
    private readonly List<Instance> instances = [];

    /// <summary>The memory that the guest exports, at its end; memory never shrinks.</summary>
    public long PeakMemoryBytes { get; private set; }

    /// <summary>Fuel that the guest used up from its instantiation on; null where it is not counted.</summary>
    public long? Fuel { get; private set; }

    /// <summary>Runs the guest to its end.</summary>
    /// <returns>How it ended; null where the node stops.</returns>
    public JobResult? Run()
    {
        using var store = new Store(engine.Engine, execution);
        var modules = program.Imports.Count + 1;
        store.SetLimits(spec.Limits.MemoryBytes, MaxTableElements, instances: modules, tables: modules * MaxTables, memories: modules);
        store.SetEpochDeadlineCallback(_ =>
        {
            deadline.Check();
            return 1;
        });
        store.SetEpochDeadline(1);
        if (engine.CountsFuel)
        {
            store.Fuel = Unlimited;
        }

        using var ownLinker = program.Imports.Count > 0 ? engine.CreateLinker() : null;
        Instance? instance = null;
        if (Phase("instantiate", () => instance = Instantiate(store, ownLinker)) is { } failed)
        {
            return failed.Reason == JobReason.MemoryLimit
                ? ToResult(failed with { Message = $"{failed.Message}; limits.memoryBytes is {spec.Limits.MemoryBytes}." })
                : ToResult(failed);
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
        Fuel = engine.CountsFuel ? Unlimited - (long)store.Fuel : null;
        PeakMemoryBytes = instances.SelectMany(each => each.GetMemories()).Sum(memory => memory.Item2.GetLength());
        if (failure is not null)
        {
            return ToResult(failure);
        }

        return new JobResult { State = JobState.Completed, ExitCode = 0, Results = results };
    }

    /// <summary>Makes the program's instances, in order.</summary>
    /// <param name="store">Their store.</param>
    /// <param name="ownLinker">For several modules a linker of the program's own; for one, null.</param>
    /// <returns>The instance of the entry point.</returns>
    private Instance Instantiate(Store store, Linker? ownLinker)
    {
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
        if (linker != engine.Linker)
        {
            linker.DefineObserve(number);
        }

        var instance = linker.Instantiate(store, module.Module);
        instances.Add(instance);
        session.Attach(instance, number);
        return instance;
    }

    private static JobResult? ToResult(GuestFailure failure) => failure switch
    {
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
            failure = GuestFailure.From(e);
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
