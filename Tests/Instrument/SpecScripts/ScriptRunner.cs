using System.Text.Json;
using WasmAspire.ComputeNode.Execution;
using WasmAspire.Instrument;
using Wasmtime;

namespace WasmAspire.Tests.Instrument.SpecScripts;

/// <summary>Runs one script on the node's own engine, each module first changed; says which assertions do not hold.</summary>
internal sealed class ScriptRunner : IDisposable
{
    private readonly string folder;
    private readonly JsonDocument script;
    private readonly Func<byte[], byte[]> change;
    private readonly WasmEngine engine = new(countsFuel: false);
    private readonly Linker linker;
    private readonly Store store;
    private readonly Dictionary<string, Instance> named = [];
    private readonly List<string> failures = [];
    private Instance? current;

    /// <param name="path">The script, as wast2json has converted it.</param>
    /// <param name="change">What is done to each module that is to be instantiated.</param>
    public ScriptRunner(string path, Func<byte[], byte[]> change)
    {
        folder = Path.GetDirectoryName(path)!;
        script = JsonDocument.Parse(File.ReadAllBytes(path));
        this.change = change;
        store = new Store(engine.Engine);
        store.SetEpochDeadline(1_000_000);
        linker = new Linker(engine.Engine) { AllowShadowing = true };
        Host.Define(linker, store);

        // More than an i32 of pages is no memory's: the guard refuses nothing that the engine would not.
        linker.Define(MemoryGuard.Module, MemoryGuard.PagesLeft, new Global(store, ValueKind.Int32, -1, Mutability.Mutable));
        linker.Define(MemoryGuard.Module, MemoryGuard.Refusals, new Global(store, ValueKind.Int32, 0, Mutability.Mutable));
    }

    public SpecTest Host { get; } = new();

    /// <summary>Assertions that were run.</summary>
    public int Assertions { get; private set; }

    /// <summary>The lines of modules that the script calls invalid or malformed and Wasmtime, which knows later proposals, does not.</summary>
    public List<int> Accepted { get; } = [];

    /// <summary>The modules that were instantiated, as they were changed.</summary>
    public List<byte[]> Modules { get; } = [];

    /// <summary>Runs all commands, on a thread with the stack of a node's slot.</summary>
    /// <returns>What does not hold, by line.</returns>
    public IReadOnlyList<string> Run()
    {
        var thread = new Thread(RunCommands, WasmEngine.ThreadStackBytes);
        thread.Start();
        thread.Join();
        return failures;
    }

    public void Dispose()
    {
        store.Dispose();
        linker.Dispose();
        engine.Dispose();
        script.Dispose();
    }

    private void RunCommands()
    {
        foreach (var command in script.RootElement.GetProperty("commands").EnumerateArray())
        {
            var type = command.GetProperty("type").GetString()!;
            var line = command.GetProperty("line").GetInt32();
            Assertions += type.StartsWith("assert", StringComparison.Ordinal) ? 1 : 0;
            Host.Clear();
            try
            {
                if (Execute(type, command) is { } failure)
                {
                    failures.Add($"line {line}, {type}: {failure}");
                }
            }
            catch (Exception e)
            {
                failures.Add($"line {line}, {type}: {e.GetType().Name}: {e.Message}");
            }
        }

        if (Host.Imbalance is { } imbalance)
        {
            failures.Add(imbalance);
        }
    }

    private string? Execute(string type, JsonElement command)
    {
        switch (type)
        {
            case "module":
                Instantiate(command);
                return Balance();
            case "register":
                linker.DefineInstance(store, command.GetProperty("as").GetString()!, Named(command));
                return null;
            case "action":
                Act(command);
                return Balance();
            case "assert_return":
                return Compare(command, Act(command)) ?? Balance();
            case "assert_trap":
            case "assert_exhaustion":
                return TrapOf(() => Act(command), command);
            case "assert_uninstantiable":
                return TrapOf(() => Instantiate(command), command);
            case "assert_unlinkable":
                return Unlinkable(command);
            default: // assert_invalid, assert_malformed
                return Refused(command);
        }
    }

    private string? Balance() => Host.Open == 0 ? null : $"{Host.Open} calls were entered and not left";

    private void Instantiate(JsonElement command)
    {
        var wasm = change(Bytes(command));
        using var module = Module.FromBytes(engine.Engine, "module", wasm);
        Modules.Add(wasm);
        current = linker.Instantiate(store, module);
        if (command.TryGetProperty("name", out var name))
        {
            named[name.GetString()!] = current;
        }
    }

    private byte[] Bytes(JsonElement command) => File.ReadAllBytes(Path.Combine(folder, command.GetProperty("filename").GetString()!));

    private Instance Named(JsonElement element, string property = "name") =>
        element.TryGetProperty(property, out var name) ? named[name.GetString()!] : current!;

    private object?[] Act(JsonElement command)
    {
        var action = command.GetProperty("action");
        var instance = Named(action, "module");
        var field = action.GetProperty("field").GetString()!;
        if (action.GetProperty("type").GetString() == "get")
        {
            return [instance.GetGlobal(field)!.GetValue()];
        }

        var function = instance.GetFunction(field) ?? throw new InvalidOperationException($"there is no function '{field}'");
        ValueBox[] arguments = [.. action.GetProperty("args").EnumerateArray().Select(value => ScriptValue.Read(value).ToArgument())];
        return function.Invoke(arguments) switch
        {
            object?[] several => several,
            null when function.Results.Count == 0 => [],
            var one => [one],
        };
    }

    private static string? Compare(JsonElement command, object?[] actual)
    {
        ScriptValue[] expected = [.. command.GetProperty("expected").EnumerateArray().Select(ScriptValue.Read)];
        return expected.Length == actual.Length && expected.Zip(actual).All(pair => pair.First.Matches(pair.Second))
            ? null
            : $"expected {string.Join(", ", expected.AsEnumerable())}, got {string.Join(", ", actual.Select(value => $"{value?.GetType().Name} {value}"))}";
    }

    private static string? TrapOf(Action action, JsonElement command)
    {
        var text = command.GetProperty("text").GetString()!;
        try
        {
            action();
            return $"expected the trap '{text}', there was none";
        }
        catch (TrapException trap)
        {
            return Expected(text).Contains(trap.Type) ? null : $"expected the trap '{text}', got {trap.Type}";
        }
    }

    // What the scripts call a trap, as Wasmtime calls it.
    private static TrapCode[] Expected(string text) => text switch
    {
        "integer divide by zero" => [TrapCode.IntegerDivisionByZero],
        "integer overflow" => [TrapCode.IntegerOverflow],
        "invalid conversion to integer" => [TrapCode.BadConversionToInteger],
        "indirect call type mismatch" => [TrapCode.BadSignature],
        "undefined element" => [TrapCode.TableOutOfBounds],
        "out of bounds table access" => [TrapCode.TableOutOfBounds],
        "out of bounds memory access" => [TrapCode.MemoryOutOfBounds],
        "unreachable" => [TrapCode.Unreachable],
        "call stack exhausted" => [TrapCode.StackOverflow],
        _ when text.StartsWith("uninitialized element", StringComparison.Ordinal) => [TrapCode.IndirectCallToNull],
        _ => [],
    };

    private string? Unlinkable(JsonElement command)
    {
        var before = current;
        try
        {
            Instantiate(command);
            current = before;
            return "it was linked";
        }
        catch (TrapException trap)
        {
            return $"it was linked, and trapped: {trap.Type}";
        }
        catch (WasmtimeException e) when (e.Message.Contains("unknown import", StringComparison.Ordinal) || e.Message.Contains("incompatible import type", StringComparison.Ordinal))
        {
            return null;
        }
    }

    // What is written as text never gets to be a module.
    private string? Refused(JsonElement command)
    {
        if (command.GetProperty("module_type").GetString() == "text")
        {
            return null;
        }

        var wasm = Bytes(command);
        if (Module.Validate(engine.Engine, wasm) is null)
        {
            Accepted.Add(command.GetProperty("line").GetInt32());
            return null;
        }

        try
        {
            return Module.Validate(engine.Engine, change(wasm)) is null ? "it became valid" : null;
        }
        catch (WasmAspire.Wasm.WasmFormatException)
        {
            return null;
        }
    }
}
