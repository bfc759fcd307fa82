using WasmAspire.Wasi;
using WasmAspire.Wasi.Files;
using Wasmtime;

namespace WasmAspire.Benchmarks.Wasi;

/// <summary>A guest that writes a file and reads it.</summary>
internal sealed class FileGuest : IDisposable
{
    // 0: an iovec of 4,096 bytes at 4096; 16: the file's name; results go to 32.
    private const string Text = """
        (module
          (import "wasi_snapshot_preview1" "path_open" (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_close" (func $fd_close (param i32) (result i32)))
          (memory (export "memory") 1)
          (data (i32.const 0) "\00\10\00\00\00\10\00\00") (data (i32.const 16) "file")
          (func $check (param $errno i32) (if (local.get $errno) (then unreachable)))
          (func $whole (param $errno i32)
            (call $check (local.get $errno))
            (if (i32.ne (i32.load (i32.const 32)) (i32.const 4096)) (then unreachable)))
          (func $open (param $how i32) (result i32)
            (call $check (call $path_open (i32.const 3) (i32.const 0) (i32.const 16) (i32.const 4) (local.get $how) (i64.const 66) (i64.const 66) (i32.const 0) (i32.const 32)))
            (i32.load (i32.const 32)))
          (func (export "write") (param $how i32) (param $times i32) (local $fd i32)
            (local.set $fd (call $open (local.get $how)))
            (loop $again
              (call $whole (call $fd_write (local.get $fd) (i32.const 0) (i32.const 1) (i32.const 32)))
              (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
            (call $check (call $fd_close (local.get $fd))))
          (func (export "read") (param $times i32) (local $fd i32)
            (local.set $fd (call $open (i32.const 0)))
            (loop $again
              (call $whole (call $fd_read (local.get $fd) (i32.const 0) (i32.const 1) (i32.const 32)))
              (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
            (call $check (call $fd_close (local.get $fd)))))
        """;

    private const int Open = 0;
    private const int CreateEmpty = 1 | 8;

    private static readonly Engine Engine = new();

    private readonly Store store;
    private readonly DirectoryInfo? folder;
    private readonly Action<int, int> write;
    private readonly Action<int> read;
    private readonly BestTime newFile = new();
    private readonly BestTime overwritten = new();
    private readonly BestTime wasRead = new();

    private FileGuest(Linker linker, Store store, DirectoryInfo? folder)
    {
        this.store = store;
        this.folder = folder;
        using var module = Module.FromText(Engine, "files", Text);
        var instance = linker.Instantiate(store, module);
        write = instance.GetAction<int, int>("write")!;
        read = instance.GetAction<int>("read")!;
    }

    /// <summary>A file that is made anew.</summary>
    public TimeSpan Write => newFile.Value;

    /// <summary>A file that is as long before.</summary>
    public TimeSpan Overwrite => overwritten.Value;

    public TimeSpan Read => wasRead.Value;

    public static FileGuest OnVirtualWasi()
    {
        var tree = new VirtualTree(new TreeLimits { MaxBytes = 1 << 30 });
        tree.MakeWritable("/");
        using var linker = new Linker(Engine);
        linker.DefineVirtualWasi();
        return new FileGuest(linker, new Store(Engine, new World(tree)), folder: null);
    }

    public static FileGuest OnWasmtimesWasi()
    {
        var folder = Directory.CreateTempSubdirectory("wasmaspire-bench-");
        using var linker = new Linker(Engine);
        linker.DefineWasi();
        var store = new Store(Engine);
        store.SetWasiConfiguration(new WasiConfiguration().WithPreopenedDirectory(folder.FullName, "/", mutable: true));
        return new FileGuest(linker, store, folder);
    }

    public void Measure()
    {
        newFile.Measure(() => write(CreateEmpty, WasiBenchmark.Calls));
        overwritten.Measure(() => write(Open, WasiBenchmark.Calls));
        wasRead.Measure(() => read(WasiBenchmark.Calls));
    }

    public void Dispose()
    {
        store.Dispose();
        folder?.Delete(recursive: true);
    }

    private sealed class World(VirtualTree tree) : IWasiSource
    {
        public WasiContext Wasi { get; } = new(new WasiOptions { Tree = tree, Stdout = new NoOutput(), Stderr = new NoOutput() });
    }

    private sealed class NoOutput : IWasiOutput
    {
        public void Write(ReadOnlySpan<byte> bytes)
        {
        }
    }
}
