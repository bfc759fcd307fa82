using WasmAspire.Wasi;
using Wasmtime;

namespace WasmAspire.Tests.Wasi;

/// <summary>A guest that calls WASI functions one by one, as a test tells it to.</summary>
internal sealed class ProbeGuest : IDisposable
{
    private static readonly Engine Engine = new();
    private static readonly Linker VirtualWasi = Link(linker => linker.DefineVirtualWasi());
    private static readonly Linker WasmtimesWasi = Link(linker => linker.DefineWasi());
    private static readonly Module Module = Module.FromText(Engine, "probe", ToText("(memory (export \"memory\") 2)"));

    private readonly Store store;
    private readonly Instance instance;

    private ProbeGuest(Linker linker, Store store, Module module)
    {
        this.store = store;
        instance = linker.Instantiate(store, module);
    }

    /// <summary>The guest's memory.</summary>
    public Memory Memory => instance.GetMemory("memory")!;

    /// <summary>A guest on the WASI that is tested.</summary>
    public static ProbeGuest OnVirtualWasi(WasiOptions options) => new(VirtualWasi, new Store(Engine, new ProbeWorld(options)), Module);

    /// <summary>A guest on the WASI that is tested, with a memory of its own choice.</summary>
    /// <param name="options">What it sees.</param>
    /// <param name="memory">Declaration of its memory as WAT.</param>
    public static ProbeGuest OnVirtualWasi(WasiOptions options, string memory)
    {
        using var module = Module.FromText(Engine, "probe", ToText(memory));
        return new ProbeGuest(VirtualWasi, new Store(Engine, new ProbeWorld(options)), module);
    }

    /// <summary>A guest on Wasmtime's own WASI.</summary>
    public static ProbeGuest OnWasmtimesWasi(WasiConfiguration configuration)
    {
        var store = new Store(Engine);
        store.SetWasiConfiguration(configuration);
        return new ProbeGuest(WasmtimesWasi, store, Module);
    }

    /// <summary>Calls a function.</summary>
    /// <param name="function">Its name.</param>
    /// <param name="arguments">As many as it has; of an i32, the lower half is taken.</param>
    /// <returns>The errno; -1 of a function that returns none.</returns>
    public int Call(string function, params ReadOnlySpan<long> arguments)
    {
        var parameters = Preview1.Parameters[function];
        Assert.Equal(parameters.Length, arguments.Length);
        var boxes = new ValueBox[arguments.Length];
        for (var i = 0; i < boxes.Length; i++)
        {
            boxes[i] = parameters[i] == 'I' ? (ValueBox)arguments[i] : (ValueBox)(int)arguments[i];
        }

        return (int?)instance.GetFunction(function)!.Invoke(boxes) ?? -1;
    }

    public void Dispose() => store.Dispose();

    private static Linker Link(Action<Linker> define)
    {
        var linker = new Linker(Engine);
        define(linker);
        return linker;
    }

    // A host function that an instance exports again has no caller's memory: each needs a function of the guest's around it.
    private static string ToText(string memory)
    {
        var imports = Preview1.Parameters.Select(function =>
            $"(import \"{Preview1.Module}\" \"{function.Key}\" (func ${function.Key} {Signature(function.Key, function.Value)}))");
        var exports = Preview1.Parameters.Select(function =>
            $"(func (export \"{function.Key}\") {Signature(function.Key, function.Value)} (call ${function.Key} {Arguments(function.Value)}))");
        return $"(module {string.Join('\n', [.. imports, memory, .. exports])})";
    }

    private static string Arguments(string parameters) => string.Join(' ', parameters.Select((_, i) => $"(local.get {i})"));

    private static string Signature(string name, string parameters)
    {
        var types = string.Join(' ', parameters.Select(parameter => parameter == 'I' ? "i64" : "i32"));
        return $"(param {types}){(name == "proc_exit" ? "" : " (result i32)")}";
    }
}
