using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Wasmtime;

namespace WasmAspire.Tests.Guests;

/// <summary>
/// Runs a guest on Wasmtime's own WASI, with Observe imports that only write down each call: what a
/// guest does is told here without any part of the product.
/// </summary>
internal sealed class RecordingHost
{
    private readonly GuestCase guest;
    private readonly Transcript transcript = new();

    /// <summary>Where the calls of instrumented functions go; null writes them down with all else.</summary>
    private readonly Action<string, int>? calls;

    private RecordingHost(GuestCase guest, Action<string, int>? calls) => (this.guest, this.calls) = (guest, calls);

    /// <summary>Runs the module in the file as the case asks.</summary>
    public static GuestRun Run(GuestCase guest, string modulePath) => Run(guest, File.ReadAllBytes(modulePath), null);

    /// <summary>Runs a module as the case asks.</summary>
    /// <param name="guest">The case.</param>
    /// <param name="module">The module.</param>
    /// <param name="calls">Takes <c>enter</c> and <c>exit</c> with the function; null writes them down with all else.</param>
    public static GuestRun Run(GuestCase guest, byte[] module, Action<string, int>? calls)
    {
        RecordingHost host = new(guest, calls);
        IReadOnlyList<string> backtrace = host.Run(module);
        string text = host.transcript.ToString();
        return new(guest.Varying is null ? text : Regex.Replace(text, guest.Varying, "#"), backtrace);
    }

    private IReadOnlyList<string> Run(byte[] wasm)
    {
        using TemporaryFolder files = new();
        using Engine engine = new(new Config().WithEpochInterruption(true));
        using Linker linker = new(engine);
        using Store store = new(engine);
        store.SetLimits(memorySize: guest.MemoryBytes);
        store.SetEpochDeadline(1);
        linker.DefineWasi();
        store.SetWasiConfiguration(Wasi(files, engine));
        DefineObserve(linker);
        DefineOldObserve(linker);
        try
        {
            using Module module = Module.FromBytes(engine, guest.Name, wasm);
            Call(linker.Instantiate(store, module));
            return [];
        }
        catch (TrapException trap)
        {
            transcript.Add($"=> trap {trap.Type}");
            return [.. trap.Frames!.Select(frame => frame.FunctionName ?? "?")];
        }
        catch (WasmtimeException error) when (error.ExitCode is { } code)
        {
            transcript.Add($"=> exit {code}");
            return [];
        }
        catch (WasmtimeException error)
        {
            transcript.Add($"=> error: {error.Message}");
            return [];
        }
    }

    private void Call(Instance instance)
    {
        // a reactor's constructors; a command calls its own
        instance.GetFunction("_initialize")?.Invoke();
        ValueBox[] arguments = [.. guest.EntryPointArguments.Select(Box)];
        object? result = instance.GetFunction(guest.EntryPoint)!.Invoke(arguments);
        transcript.Add(string.Create(CultureInfo.InvariantCulture, $"=> return {result}").TrimEnd());
    }

    /// <remarks>The casts keep the arms' common type from being double.</remarks>
    private static ValueBox Box(object value) => value switch
    {
        int number => (ValueBox)number,
        long number => (ValueBox)number,
        double number => (ValueBox)number,
        _ => throw new ArgumentException($"{value} is no number of WebAssembly's.", nameof(value)),
    };

    private WasiConfiguration Wasi(TemporaryFolder files, Engine engine)
    {
        File.WriteAllText(files["stdin"], guest.Stdin);
        DirectoryInfo root = Directory.CreateDirectory(files["root"]);
        File.WriteAllText(Path.Combine(root.CreateSubdirectory("data").FullName, "two.txt"), "second file\n");
        File.WriteAllText(Path.Combine(root.FullName, "data", "one.txt"), "first file\n");
        root.CreateSubdirectory("data/folder");
        return new WasiConfiguration()
            .WithArgs([guest.Module + ".wasm", .. guest.Arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)])
            .WithEnvironmentVariables(guest.Environment)
            .WithStandardInput(files["stdin"])
            .WithPreopenedDirectory(root.FullName, "/", mutable: false)
            .WithStandardErrorCallback(bytes => transcript.AddOutput("stderr", bytes))
            .WithStandardOutputCallback(bytes =>
            {
                transcript.AddOutput("stdout", bytes);
                if (guest.StopAtLine && bytes.Contains((byte)'\n'))
                {
                    engine.IncrementEpoch();
                }
            });
    }

    private void DefineObserve(Linker linker)
    {
        const string Api = "dylibso:observe/api";
        const string Instrument = "dylibso:observe/instrument";
        linker.DefineFunction(Api, "span-enter", (Caller caller, int at, int length) => Text("span-enter", caller, at, length));
        linker.DefineFunction(Api, "span-exit", () => transcript.Add("span-exit"));
        linker.DefineFunction(Api, "span-tags", (Caller caller, int at, int length) => Text("span-tags", caller, at, length));
        linker.DefineFunction(Api, "log", (Caller caller, int level, int at, int length) => Text($"log {level}", caller, at, length));
        linker.DefineFunction(Api, "metric", (Caller caller, int format, int at, int length) => Text($"metric {format}", caller, at, length));
        linker.DefineFunction(Instrument, "enter", (int function) => Call("enter", function));
        linker.DefineFunction(Instrument, "exit", (int function) => Call("exit", function));
        linker.DefineFunction(Instrument, "memory-grow", (int pages) => Call("memory-grow", pages));
    }

    private void DefineOldObserve(Linker linker)
    {
        const string Old = "dylibso_observe";
        linker.DefineFunction(Old, "span_enter", (Caller caller, long at, int length) => Text("old span_enter", caller, at, length));
        linker.DefineFunction(Old, "span_exit", () => transcript.Add("old span_exit"));
        linker.DefineFunction(Old, "span_tags", (Caller caller, long at, int length) => Text("old span_tags", caller, at, length));
        linker.DefineFunction(Old, "log", (Caller caller, int level, long at, int length) => Text($"old log {level}", caller, at, length));
        linker.DefineFunction(Old, "metric", (Caller caller, int format, long at, int length) => Text($"old metric {format}", caller, at, length));
        linker.DefineFunction(Old, "instrument_enter", (int function) => transcript.Add($"old instrument_enter {function}"));
        linker.DefineFunction(Old, "instrument_exit", (int function) => transcript.Add($"old instrument_exit {function}"));
        linker.DefineFunction(Old, "instrument_memory_grow", (int pages) => transcript.Add($"old instrument_memory_grow {pages}"));
    }

    private void Call(string call, int argument)
    {
        if (calls is null)
        {
            transcript.Add($"{call} {argument}");
        }
        else
        {
            calls(call, argument);
        }
    }

    private void Text(string call, Caller caller, long address, int length)
    {
        string text = caller.GetMemory("memory")!.ReadString(address, length, Encoding.UTF8);
        transcript.Add($"{call} {text}".TrimEnd());
    }
}
