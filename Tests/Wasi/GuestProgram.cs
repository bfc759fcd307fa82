using System.Text;
using WasmAspire.Wasi;
using WasmAspire.Wasi.Files;
using Wasmtime;

namespace WasmAspire.Tests.Wasi;

/// <summary>Runs a program of <c>guests/</c>, on the WASI that is tested or on Wasmtime's own.</summary>
internal sealed record GuestProgram
{
    private static readonly Engine Engine = new();

    /// <summary>Its file below <c>guests/wasm</c>, without extension.</summary>
    public required string Name { get; init; }

    /// <summary>Its arguments after its name.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Its environment.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>What it reads on stdin.</summary>
    public string Stdin { get; init; } = "";

    /// <summary>How it sleeps.</summary>
    public Action<TimeSpan> Sleep { get; init; } = _ => throw new InvalidOperationException("The program sleeps.");

    private string[] Argv => [Name, .. Arguments];

    /// <summary>Runs it on the WASI that is tested.</summary>
    public GuestResult RunOnVirtualWasi(VirtualTree tree)
    {
        var stdout = new CapturedOutput();
        var stderr = new CapturedOutput();
        using var linker = new Linker(Engine);
        linker.DefineVirtualWasi();
        using var store = new Store(Engine, new ProbeWorld(new WasiOptions
        {
            Arguments = Argv,
            Environment = Environment,
            Stdin = Encoding.UTF8.GetBytes(Stdin),
            Stdout = stdout,
            Stderr = stderr,
            Tree = tree,
            Sleep = Sleep,
        }));
        return new GuestResult(Start(linker, store), stdout.Text, stderr.Text);
    }

    /// <summary>Runs it on Wasmtime's WASI.</summary>
    /// <param name="folder">What it sees as <c>/</c>.</param>
    /// <param name="mutable">Whether it may change what is in it.</param>
    public GuestResult RunOnWasmtimesWasi(DirectoryInfo folder, bool mutable)
    {
        var stdout = new CapturedOutput();
        var stderr = new CapturedOutput();
        var stdin = Path.GetTempFileName();
        File.WriteAllText(stdin, Stdin);
        using var linker = new Linker(Engine);
        linker.DefineWasi();
        using var store = new Store(Engine);
        store.SetWasiConfiguration(new WasiConfiguration()
            .WithArgs(Argv)
            .WithEnvironmentVariables(Environment.Select(variable => (variable.Key, variable.Value)))
            .WithStandardInput(stdin)
            .WithStandardOutputCallback(stdout.Write)
            .WithStandardErrorCallback(stderr.Write)
            .WithPreopenedDirectory(folder.FullName, "/", mutable));
        File.Delete(stdin);
        return new GuestResult(Start(linker, store), stdout.Text, stderr.Text);
    }

    private uint Start(Linker linker, Store store)
    {
        var bytes = File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, "guests", "wasm", Name + ".wasm"));
        using var module = Module.FromBytes(Engine, Name, bytes);
        // The spans of guests that make some are another part's.
        linker.DefineUnknownImportsAsDefaultValues(store, module);
        try
        {
            linker.Instantiate(store, module).GetAction("_start")!();
            return 0;
        }
        catch (WasmtimeException e) when (e.InnerException is GuestExitException exit)
        {
            return exit.Code;
        }
        catch (WasmtimeException e) when (e.ExitCode is { } code)
        {
            return (uint)code;
        }
    }
}
