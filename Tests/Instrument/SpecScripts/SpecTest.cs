using WasmAspire.Wasm;
using Wasmtime;

namespace WasmAspire.Tests.Instrument.SpecScripts;

/// <summary>What scripts import: the module <c>spectest</c>, and the functions that instrumented modules report to.</summary>
internal sealed class SpecTest
{
    private readonly Stack<int> open = [];

    /// <summary>Enters reported.</summary>
    public int Enters { get; private set; }

    /// <summary>The first exit that was not of the function entered last; null if there was none.</summary>
    public string? Imbalance { get; private set; }

    /// <summary>Calls that have not been left.</summary>
    public int Open => open.Count;

    public void Define(Linker linker, Store store)
    {
        const string Module = "spectest";
        linker.DefineFunction(Module, "print", () => { });
        linker.DefineFunction(Module, "print_i32", (int _) => { });
        linker.DefineFunction(Module, "print_i64", (long _) => { });
        linker.DefineFunction(Module, "print_f32", (float _) => { });
        linker.DefineFunction(Module, "print_f64", (double _) => { });
        linker.DefineFunction(Module, "print_i32_f32", (int _, float _) => { });
        linker.DefineFunction(Module, "print_f64_f64", (double _, double _) => { });
        linker.Define(Module, "global_i32", new Global(store, ValueKind.Int32, 666, Mutability.Immutable));
        linker.Define(Module, "global_i64", new Global(store, ValueKind.Int64, 666L, Mutability.Immutable));
        linker.Define(Module, "global_f32", new Global(store, ValueKind.Float32, 666.6f, Mutability.Immutable));
        linker.Define(Module, "global_f64", new Global(store, ValueKind.Float64, 666.6, Mutability.Immutable));
        linker.Define(Module, "table", new Table(store, TableKind.FuncRef, null, 10, 20));
        linker.Define(Module, "memory", new Memory(store, 1, 2));
        linker.DefineFunction(ObserveAbi.Instrument, "enter", (int function) =>
        {
            Enters++;
            open.Push(function);
        });
        linker.DefineFunction(ObserveAbi.Instrument, "exit", (int function) =>
        {
            if (!open.TryPop(out var entered) || entered != function)
            {
                Imbalance ??= $"function {function} was left, {entered} entered last";
            }
        });
        linker.DefineFunction(ObserveAbi.Instrument, "memory-grow", (int _) => { });
    }

    /// <summary>Forgets the calls that a trap has ended.</summary>
    public void Clear() => open.Clear();
}
