using Microsoft.Extensions.DependencyInjection;
using WasmAspire.ComputeNode.Compilation;
using WasmAspire.ComputeNode.Execution;
using WasmAspire.ComputeNode.Modules;
using WasmAspire.Tests.Redis;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.ComputeNode.Compilation;

[Collection(RunsAlone.Name)]
public sealed class ModuleCacheTests(RedisServer redis) : IClassFixture<RedisServer>, IAsyncLifetime
{
    private RunningNode node = null!;

    private ModuleCache Cache => node.Services.GetRequiredService<ModuleCache>();

    private WasmEngine Engine { get; } = new(countsFuel: false);

    public async Task InitializeAsync() => node = await RunningNode.StartAsync(redis, configure: options => options.CompileSeconds = 1);

    public async Task DisposeAsync()
    {
        Engine.Dispose();
        await node.DisposeAsync();
    }

    [RequiresToolFact("redis-server")]
    public async Task AModuleIsCompiledOnce()
    {
        var blob = await node.Blobs.PutAsync(ExpensiveModules.Cheap);

        var first = Cache.Get(Engine, blob, instrument: false, CancellationToken.None, out var hit);
        Assert.False(hit);
        Assert.Same(first, Cache.Get(Engine, blob, instrument: false, CancellationToken.None, out hit));
        Assert.True(hit);
        Assert.NotSame(first, Cache.Get(Engine, blob, instrument: true, CancellationToken.None, out hit));
        Assert.False(hit);
    }

    [RequiresToolFact("redis-server")]
    public async Task OneThatWasTooExpensiveIsRemembered()
    {
        var blob = await node.Blobs.PutAsync(ExpensiveModules.NestedLoops(1000));

        var first = Assert.Throws<CompileLimitException>(() => Cache.Get(Engine, blob, instrument: false, CancellationToken.None, out _));
        var second = Assert.Throws<CompileLimitException>(() => Cache.Get(Engine, blob, instrument: false, CancellationToken.None, out var hit));

        Assert.Same(first, second);
    }

    [RequiresToolFact("redis-server")]
    public async Task AModuleThatIsNoneIsTriedAgain()
    {
        var blob = await node.Blobs.PutAsync("no module"u8.ToArray());

        Assert.Throws<InvalidModuleException>(() => Cache.Get(Engine, blob, instrument: false, CancellationToken.None, out _));
        Assert.Throws<InvalidModuleException>(() => Cache.Get(Engine, blob, instrument: false, CancellationToken.None, out var hit));
    }

    [RequiresToolFact("redis-server")]
    public async Task WhoeverIsCancelledLeavesTheOthersTheirModule()
    {
        var blob = await node.Blobs.PutAsync(ExpensiveModules.NestedLoops(1001));
        using var cancel = new CancellationTokenSource();
        var waiting = Task.Run(() => Cache.Get(Engine, blob, instrument: false, CancellationToken.None, out _));
        var cancelled = Task.Run(() => Cache.Get(Engine, blob, instrument: false, cancel.Token, out _));

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await Assert.ThrowsAsync<CompileLimitException>(() => waiting);
    }

    [RequiresToolFact("redis-server")]
    public async Task AnExpensiveModuleFailsItsJobAndTheNodeLives()
    {
        var run = await node.RunAsync(ExpensiveModules.NestedLoops(1002));

        Assert.Equal((WasmAspire.Jobs.JobState.Failed, WasmAspire.Jobs.JobReason.CompileLimit), (run.Result.State, run.Result.Reason));
        Assert.Equal("Compiling the module took longer than 1 s; the operator of the node may raise Node:CompileSeconds.", run.Result.Message);
        Assert.Equal(WasmAspire.Jobs.JobState.Completed, (await node.RunAsync(ExpensiveModules.Cheap)).Result.State);
    }
}
