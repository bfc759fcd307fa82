using System.Globalization;
using System.Text;
using WasmAspire.Instrument;
using WasmAspire.Wasm;
using Wasmtime;
using ValueType = WasmAspire.Wasm.ValueType;

namespace WasmAspire.Tests.Instrument.Generated;

/// <summary>
/// Runs a generated module, as it is or instrumented, and writes down all that can be seen of it from outside. Calls, their
/// arguments and what host functions give come from the module's number: two runs differ only if the modules do.
/// </summary>
internal sealed class ModuleRun : IDisposable
{
    private const int CallBudget = 300;
    private const long MaxMemory = 8 << 20;

    private readonly GeneratedModule generated;
    private readonly Linker linker;
    private readonly Store store;
    private readonly StringBuilder transcript = new();
    private readonly Stack<int> open = [];
    private readonly Random gates;
    private Instance? instance;
    private int hostCalls;

    /// <param name="engine">What to run on.</param>
    /// <param name="generated">The module as it was made.</param>
    public ModuleRun(Engine engine, GeneratedModule generated)
    {
        this.generated = generated;
        gates = new Random(generated.Seed);
        linker = new Linker(engine);
        store = new Store(engine);
        store.SetLimits(memorySize: MaxMemory, tableElements: 1000, instances: 1, tables: 10, memories: 10);
        store.SetEpochDeadline(1_000_000);
        Define();
    }

    /// <summary>Enters and exits reported.</summary>
    public int Events { get; private set; }

    /// <summary>What is wrong with the enters and exits; null if nothing is.</summary>
    public string? Imbalance { get; private set; }

    /// <summary>Runs the start function and each export.</summary>
    /// <param name="engine">The same engine.</param>
    /// <param name="wasm">The module, as it was made or instrumented.</param>
    /// <returns>All that was seen.</returns>
    public string Run(Engine engine, ReadOnlySpan<byte> wasm)
    {
        using var module = Module.FromBytes(engine, "generated", wasm);
        if (!Step("start", () => instance = linker.Instantiate(store, module)))
        {
            return transcript.ToString();
        }

        var budget = instance!.GetGlobal(GeneratedModule.Budget)!;
        var arguments = new Random(generated.Seed);
        foreach (var (name, type) in generated.Functions.Concat(generated.Functions))
        {
            budget.SetValue(CallBudget);
            ValueBox[] values = [.. type.Parameters.Select(parameter => Argument(arguments, parameter))];
            SetGates();
            Step(name, () => transcript.Append(Text(instance.GetFunction(name)!.Invoke(values))));
            transcript.Append(CultureInfo.InvariantCulture, $" left {budget.GetValue()}\n");
        }

        WriteState();
        return transcript.ToString();
    }

    public void Dispose()
    {
        linker.Dispose();
        store.Dispose();
    }

    private static ValueBox Argument(Random random, ValueType type) => type switch
    {
        ValueType.I32 => random.Next(-3, 40),
        ValueType.I64 => random.NextInt64(),
        ValueType.F32 => (float)random.NextDouble(),
        _ => random.NextDouble() * 1e9,
    };

    private static string Text(object? value) => value switch
    {
        float number => string.Create(CultureInfo.InvariantCulture, $" {BitConverter.SingleToInt32Bits(number):x}"),
        double number => string.Create(CultureInfo.InvariantCulture, $" {BitConverter.DoubleToInt64Bits(number):x}"),
        object[] several => string.Concat(several.Select(Text)),
        int or long => string.Create(CultureInfo.InvariantCulture, $" {value}"),
        _ => "",
    };

    private bool Step(string name, Action action)
    {
        transcript.Append(name);
        open.Clear();
        try
        {
            action();
            Imbalance ??= open.Count > 0 ? $"{name} ended with {open.Count} calls open" : null;
            return true;
        }
        catch (TrapException trap)
        {
            transcript.Append(CultureInfo.InvariantCulture, $" trap {trap.Type}");
            return false;
        }
    }

    private void Define()
    {
        linker.Define("env", "g", new Global(store, ValueKind.Int32, 7, Mutability.Immutable));
        linker.Define(MemoryGuard.Module, MemoryGuard.PagesLeft, new Global(store, ValueKind.Int32, -1, Mutability.Mutable));
        linker.Define(MemoryGuard.Module, MemoryGuard.Refusals, new Global(store, ValueKind.Int32, 0, Mutability.Mutable));
        linker.DefineFunction("env", "i", (int value) => { Note($"i {value}"); return value + hostCalls; });
        linker.DefineFunction("env", "l", (long value) => { Note($"l {value}"); return value ^ hostCalls; });
        linker.DefineFunction("env", "f", (float value) => { Note($"f{Text(value)}"); return hostCalls * 0.5f; });
        linker.DefineFunction("env", "d", (double value) => { Note($"d{Text(value)}"); return hostCalls * 0.25; });
        linker.DefineFunction(ObserveAbi.Api, "span-exit", () => Note($"span-exit"));
        linker.DefineFunction(ObserveAbi.Instrument, "enter", (int function) =>
        {
            Events++;
            open.Push(function);
            SetGates();
        });
        linker.DefineFunction(ObserveAbi.Instrument, "exit", (int function) =>
        {
            Events++;
            if (!open.TryPop(out var entered) || entered != function)
            {
                Imbalance ??= $"function {function} was left, {entered} entered";
            }

            SetGates();
        });
        linker.DefineFunction(ObserveAbi.Instrument, "memory-grow", (int _) => { });
    }

    private void Note(FormattableString call)
    {
        hostCalls++;
        transcript.Append(' ').Append(call.ToString(CultureInfo.InvariantCulture));
    }

    // Opens and closes gates at odd moments, as a host may.
    private void SetGates()
    {
        if (instance is null || gates.Next(4) > 0)
        {
            return;
        }

        for (var tries = 0; tries < 3; tries++)
        {
            instance.GetGlobal(ObserveAbi.GateName(gates.Next(20)))?.SetValue(gates.Next(3));
        }
    }

    private void WriteState()
    {
        foreach (var (name, memory) in instance!.GetMemories())
        {
            var bytes = memory.GetSpan(0, (int)memory.GetLength());
            transcript.Append(CultureInfo.InvariantCulture, $"{name} {bytes.Length} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes))}\n");
        }

        foreach (var (name, global) in instance.GetGlobals().Where(global => global.Name.StartsWith('g') && global.Global.Kind is not (ValueKind.FuncRef or ValueKind.ExternRef)))
        {
            transcript.Append(name).Append(global.Kind == ValueKind.V128 ? Convert.ToHexString(((V128)global.GetValue()!).AsSpan()) : Text(global.GetValue())).Append('\n');
        }
    }
}
