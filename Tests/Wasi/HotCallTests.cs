using WasmAspire.Wasi;
using WasmAspire.Wasi.Files;
using Wasmtime;

namespace WasmAspire.Tests.Wasi;

/// <summary>The calls that programs make by the million allocate nothing of the host's.</summary>
public sealed class HotCallTests
{
    private const int Calls = 20_000;

    // 0: an iovec of 16 bytes at 1024; 64: a subscription to stdout. Results go to 512 and 2048.
    private const string Data = "(data (i32.const 0) \"\\00\\04\\00\\00\\10\\00\\00\\00\") (data (i32.const 72) \"\\02\") (data (i32.const 80) \"\\01\")";

    [Theory]
    [InlineData("fd_read", "0 0 1 512")]
    [InlineData("fd_read", "4 0 1 512")]
    [InlineData("fd_pread", "4 0 1 3 512")]
    [InlineData("fd_write", "1 0 1 512")]
    [InlineData("fd_write", "5 0 1 512")]
    [InlineData("fd_pwrite", "5 0 1 3 512")]
    [InlineData("fd_read", "5 0 1 512")]
    [InlineData("fd_tell", "5 512")]
    [InlineData("fd_filestat_set_size", "5 300000")]
    [InlineData("fd_seek", "4 0 0 512")]
    [InlineData("fd_fdstat_get", "4 512")]
    [InlineData("fd_filestat_get", "4 512")]
    [InlineData("clock_time_get", "0 0 512")]
    [InlineData("clock_time_get", "1 0 512")]
    [InlineData("poll_oneoff", "64 2048 1 512")]
    [InlineData("random_get", "1024 16")]
    [InlineData("sched_yield", "")]
    public void AllocatesNothing(string function, string arguments)
    {
        // Each call of "repeat" itself may allocate; with a byte a call, this fails.
        Assert.InRange(AllocatedBytes(function, arguments, observer: null), 0, Calls - 1);
        Assert.InRange(AllocatedBytes(function, arguments, new IdleObserver()), 0, Calls - 1);
    }

    private static long AllocatedBytes(string function, string arguments, IWasiObserver? observer)
    {
        using var engine = new Engine();
        using var linker = new Linker(engine);
        linker.DefineVirtualWasi();
        using var module = Module.FromText(engine, "hot", ToText(function, arguments));
        using var store = new Store(engine, new ProbeWorld(World(observer)));
        var instance = linker.Instantiate(store, module);
        instance.GetAction("open")!();
        var repeat = instance.GetAction<int>("repeat")!;
        repeat(1000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        repeat(Calls);

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static WasiOptions World(IWasiObserver? observer)
    {
        var tree = new VirtualTree();
        tree.AddFile("/f", new byte[16 * (Calls + 1000)]);
        // Large enough for all writes: its chunks are there, and what a guest writes for the first time takes memory.
        tree.AddFile("/w", new byte[16 * (Calls + 1000)]);
        tree.MakeWritable("/");
        return new WasiOptions { Stdin = new byte[16 * (Calls + 1000)], Stdout = new NoOutput(), Stderr = new NoOutput(), Tree = tree, Observer = observer };
    }

    /// <summary>A module that opens <c>f</c> as 4 and <c>w</c> as 5, and calls the function again and again; any errno is a trap.</summary>
    private static string ToText(string function, string arguments)
    {
        var parameters = Preview1.Parameters[function];
        var types = string.Join(' ', parameters.Select(parameter => parameter == 'I' ? "i64" : "i32"));
        var constants = string.Concat(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Zip(parameters, (argument, parameter) => parameter == 'I' ? $"(i64.const {argument})" : $"(i32.const {argument})"));
        return $$"""
            (module
              (import "wasi_snapshot_preview1" "{{function}}" (func $hot (param {{types}}) (result i32)))
              (import "wasi_snapshot_preview1" "path_open" (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
              (memory (export "memory") 1)
              {{Data}} (data (i32.const 256) "fw")
              (func $check (param $errno i32) (if (local.get $errno) (then unreachable)))
              (func (export "open")
                (call $check (call $path_open (i32.const 3) (i32.const 0) (i32.const 256) (i32.const 1) (i32.const 0) (i64.const 2) (i64.const 2) (i32.const 0) (i32.const 512)))
                (call $check (call $path_open (i32.const 3) (i32.const 0) (i32.const 257) (i32.const 1) (i32.const 0) (i64.const 66) (i64.const 66) (i32.const 0) (i32.const 512))))
              (func (export "repeat") (param $times i32)
                (loop $again
                  (call $check (call $hot {{constants}}))
                  (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))))
            """;
    }

    private sealed class NoOutput : IWasiOutput
    {
        public void Write(ReadOnlySpan<byte> bytes)
        {
        }
    }

    private sealed class IdleObserver : IWasiObserver
    {
        public void Called(in WasiCall ended)
        {
        }
    }
}
