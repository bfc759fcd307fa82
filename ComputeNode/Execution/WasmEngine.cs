using WasmAspire.Observe;
using WasmAspire.Wasi;
using Wasmtime;

namespace WasmAspire.ComputeNode.Execution;

/// <summary>An engine and its linker, used by all slots at once.</summary>
internal sealed class WasmEngine : IDisposable
{
    /// <summary>
    /// What a guest may use of its thread's stack. A host callback runs below it, so a slot's thread has four times as
    /// much: with less the process dies of a guest's recursion (measured).
    /// </summary>
    public const int GuestStackBytes = 512 << 10;

    /// <summary>The stack of a slot's thread.</summary>
    public const int ThreadStackBytes = 2 << 20;

    /// <param name="countsFuel">Whether guests use up fuel, which makes them slower.</param>
    public WasmEngine(bool countsFuel)
    {
        CountsFuel = countsFuel;
        Engine = CreateEngine(countsFuel);
        Linker = new Linker(Engine);
        Linker.DefineVirtualWasi();
        Linker.DefineObserve();
    }

    /// <summary>Whether guests use up fuel. A module compiled for the one kind of engine does not run on the other.</summary>
    public bool CountsFuel { get; }

    public Engine Engine { get; }

    /// <summary>What the node offers to guests; a job that needs more than that has a clone.</summary>
    public Linker Linker { get; }

    /// <summary>Makes a bare engine; what one compiles, another with the same <paramref name="countsFuel"/> runs.</summary>
    public static Engine CreateEngine(bool countsFuel) => new(CreateConfig().WithFuelConsumption(countsFuel));

    public void Dispose()
    {
        Linker.Dispose();
        Engine.Dispose();
    }

    /// <summary>
    /// WebAssembly 2.0 with tail calls, extended constants and multi-memory. Off is each proposal that Wasmtime for .NET
    /// aborts the process on (typed references, in a module of 30 bytes) or cannot run.
    /// </summary>
    private static Config CreateConfig() => new Config()
        .WithEpochInterruption(true)
        .WithMaximumStackSize(GuestStackBytes)
        .WithGc(false)
        .WithFunctionReferences(false)
        .WithExceptions(false)
        .WithWasmThreads(false)
        .WithMemory64(false)
        .WithRelaxedSIMD(false, false)
        .WithWideArithmetic(false);
}
