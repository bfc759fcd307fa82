using System.Globalization;
using WasmAspire.Instrument;
using WasmAspire.Wasm;
using Wasmtime;

namespace WasmAspire.Tests.Instrument;

/// <summary>Instruments a module, runs it on real Wasmtime, and writes down what it reports: <c>+name</c>, <c>-name</c>, <c>grow pages</c>.</summary>
internal sealed class ReportingRun : IDisposable
{
    private readonly Engine engine = new(new Config().WithWasmThreads(true));
    private readonly Linker linker;
    private readonly List<string> events = [];
    private readonly Dictionary<int, string> names;

    public ReportingRun(string text, InstrumentOptions? options = null)
        : this(Module.ConvertText(text), options)
    {
    }

    public ReportingRun(byte[] wasm, InstrumentOptions? options = null)
    {
        Instrumented = Instrumenter.Instrument(wasm, options ?? new InstrumentOptions { All = true });
        Assert.Null(Module.Validate(engine, Instrumented.Wasm.Span));
        names = Instrumented.Report.Functions.ToDictionary(function => function.Index, function => function.Name);
        Store = new Store(engine);
        linker = new Linker(engine);
        linker.DefineFunction(ObserveAbi.Instrument, "enter", (int function) => events.Add("+" + names[function]));
        linker.DefineFunction(ObserveAbi.Instrument, "exit", (int function) => events.Add("-" + names[function]));
        linker.DefineFunction(ObserveAbi.Instrument, "memory-grow", (int pages) => events.Add(string.Create(CultureInfo.InvariantCulture, $"grow {(uint)pages}")));
        linker.DefineFunction(ObserveAbi.Api, "span-enter", (int pointer, int length) => events.Add("span"));
        linker.DefineFunction(ObserveAbi.Api, "span-exit", () => events.Add("end"));
        using var module = Module.FromBytes(engine, "module", Instrumented.Wasm.Span);
        Instance = linker.Instantiate(Store, module);
    }

    public InstrumentedModule Instrumented { get; }

    public Store Store { get; }

    public Instance Instance { get; }

    /// <summary>What was reported since it was last asked for.</summary>
    public string Events
    {
        get
        {
            var text = string.Join(' ', events);
            events.Clear();
            return text;
        }
    }

    public object? Call(string export, params object[] arguments) =>
        Instance.GetFunction(export)!.Invoke([.. arguments.Select(argument => argument switch
        {
            int i => (ValueBox)i,
            long l => l,
            _ => throw new ArgumentException("not used here", nameof(arguments)),
        })]);

    /// <summary>The gate of a function.</summary>
    public Global Gate(string name) => Instance.GetGlobal(ObserveAbi.GateName(names.Single(known => known.Value == name).Key))!;

    public void Dispose()
    {
        linker.Dispose();
        Store.Dispose();
        engine.Dispose();
    }
}
