using System.Buffers.Binary;
using System.Diagnostics;
using Microsoft.Extensions.Options;
using WasmAspire.ComputeNode;
using WasmAspire.ComputeNode.Compilation;
using WasmAspire.ComputeNode.Execution;
using WasmAspire.ComputeNode.Modules;
using WasmAspire.Tests.Requires;
using Wasmtime;

namespace WasmAspire.Tests.ComputeNode.Compilation;

[Collection(RunsAlone.Name)]
public sealed class CompilerProcessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WhatTheChildCompilesRunsOnTheNodesEngine(bool countsFuel)
    {
        using var compiler = Create();
        var wasm = Module.ConvertText("""(module (func (export "answer") (result i32) i32.const 42))""");

        var artifact = compiler.Compile(countsFuel, wasm, Time, CancellationToken.None);

        using var engine = new WasmEngine(countsFuel);
        using var module = Module.Deserialize(engine.Engine, "answer", artifact);
        using var store = new Store(engine.Engine);
        store.SetEpochDeadline(1);
        if (countsFuel)
        {
            store.Fuel = 1000;
        }

        Assert.Equal(42, engine.Linker.Instantiate(store, module).GetFunction("answer")!.Invoke());
    }

    [Fact]
    public void WhatWasmtimeRefusesIsInvalid()
    {
        using var compiler = Create();

        // A typed reference at the border: with Wasmtime's default settings it aborts the process.
        var refused = Assert.Throws<InvalidModuleException>(() => compiler.Compile(
            countsFuel: false,
            new byte[] { 0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 2, 8, 1, 1, 0x61, 1, 0x62, 3, 0x64, 0x70 },
            Time,
            CancellationToken.None));

        Assert.StartsWith("The module is not valid: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OneThatTakesTooLongIsKilled()
    {
        using var compiler = Create(options => options.CompileSeconds = 1);
        var time = TimeSpan.FromSeconds(1);

        var limit = Assert.Throws<CompileLimitException>(() => compiler.Compile(countsFuel: false, ExpensiveModules.NestedLoops(1000), time, CancellationToken.None));

        Assert.Equal("Compiling the module took longer than 1 s; the operator of the node may raise Node:CompileSeconds.", limit.Message);
        Assert.Empty(Children());
    }

    [Fact]
    public void OneThatTakesTooMuchMemoryIsEnded()
    {
        using var compiler = Create(options => options.CompileMemoryBytes = 256 << 20);

        var limit = Assert.Throws<CompileLimitException>(() => compiler.Compile(countsFuel: false, ExpensiveModules.NestedLoops(5000), Time, CancellationToken.None));

        Assert.StartsWith("Compiling the module took more than 268435456 bytes of memory", limit.Message, StringComparison.Ordinal);
        Assert.EndsWith("; the operator of the node may raise Node:CompileMemoryBytes.", limit.Message, StringComparison.Ordinal);
        Assert.Empty(Children());
    }

    [Fact]
    public void OneThatComesOutTooLongIsKilled()
    {
        using var compiler = Create(options => options.MaxCompiledBytes = 1 << 20);

        var limit = Assert.Throws<CompileLimitException>(() => compiler.Compile(countsFuel: false, ExpensiveModules.ManyFunctions(20_000), Time, CancellationToken.None));

        Assert.Equal("The compiled module is longer than 1048576 bytes; the operator of the node may raise Node:MaxCompiledBytes.", limit.Message);
    }

    [Fact]
    public async Task ACancelKillsIt()
    {
        using var compiler = Create();
        using var cancel = new CancellationTokenSource();

        var compile = Task.Run(() => compiler.Compile(countsFuel: false, ExpensiveModules.NestedLoops(1000), Time, cancel.Token));
        await UntilAsync(() => Children().Count == 1);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => compile.WaitAsync(Patience));
        Assert.Empty(Children());
    }

    [Fact]
    public async Task ItEndsWhenTheNodeIsGone()
    {
        var start = new ProcessStartInfo(NodeProgram.FileName, [.. NodeProgram.Arguments, .. CompilerProgram.Arguments(countsFuel: false, 4L << 30, 600)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var wasm = ExpensiveModules.NestedLoops(1000);
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, wasm.Length);
        process.StandardInput.BaseStream.Write([.. length, .. wasm]);

        // What the system does with a process that is killed.
        process.StandardInput.Close();

        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        Assert.NotEqual(0, process.ExitCode);
    }

    [LinuxFact]
    public async Task ItSeesNothingOfTheNodesEnvironmentAndIsLimitedByTheSystem()
    {
        using var compiler = Create(options => (options.CompileSeconds, options.CompileMemoryBytes) = (7, 1L << 30));
        using var cancel = new CancellationTokenSource();
        Environment.SetEnvironmentVariable("ConnectionStrings__secret", "password");
        try
        {
            var compile = Task.Run(() => compiler.Compile(countsFuel: false, ExpensiveModules.NestedLoops(1000), Time, cancel.Token));
            await UntilAsync(() => Children().Any(child => File.ReadAllText($"/proc/{child}/limits").Contains("1073741824", StringComparison.Ordinal)));
            var child = Assert.Single(Children());
            var environment = File.ReadAllText($"/proc/{child}/environ");
            var limits = File.ReadAllLines($"/proc/{child}/limits").Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToArray();
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => compile);

            Assert.DoesNotContain("secret", environment, StringComparison.Ordinal);
            Assert.Contains("DOTNET_GCHeapHardLimit", environment, StringComparison.Ordinal);
            var seconds = 7 * Environment.ProcessorCount;
            Assert.Contains($"Max cpu time {seconds} {seconds} seconds", limits);
            Assert.Contains("Max data size 1073741824 1073741824 bytes", limits);
            Assert.Contains("Max core file size 0 0 bytes", limits);
        }
        finally
        {
            Environment.SetEnvironmentVariable("ConnectionStrings__secret", null);
        }
    }

    private static CompilerProcess Create(Action<NodeOptions>? configure = null)
    {
        var options = new NodeOptions();
        configure?.Invoke(options);
        return new CompilerProcess(Options.Create(options));
    }

    /// <summary>The compilers that run as children of this process.</summary>
    private static List<int> Children() =>
    [
        .. Process.GetProcessesByName("WasmAspire.ComputeNode").Where(process => IsChild(process.Id)).Select(process => process.Id),
    ];

    private static bool IsChild(int process)
    {
        try
        {
            // pid (name) state parent …
            return File.ReadAllText($"/proc/{process}/stat").Split(") ")[^1].Split(' ') is [not "Z", var parent, ..] && parent == $"{Environment.ProcessId}";
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < Patience, "It did not come about.");
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }
}
