using System.Diagnostics;
using System.Text;
using WasmAspire.Wasi;
using WasmAspire.Wasi.Files;
using Wasmtime;

namespace WasmAspire.Tests.Wasi;

/// <summary>What the host gives a guest, and what it has from it.</summary>
public sealed class WasiHostTests
{
    [Fact]
    public void AnExceptionOfTheOutputEndsTheGuest()
    {
        using var guest = Guest(stdout: new FullOutput());

        var error = Assert.Throws<WasmtimeException>(() => CallScript.Run(guest, "fd_write 1 ['x'] @u32"));

        Assert.IsType<HostStoppedException>(error.InnerException);
    }

    [Fact]
    public void AStoreWithoutWasiStateSaysSo()
    {
        using var engine = new Engine();
        using var linker = new Linker(engine);
        linker.DefineVirtualWasi();
        using var store = new Store(engine, "no world");
        using var module = Module.FromText(engine, "any", "(module (import \"wasi_snapshot_preview1\" \"fd_close\" (func $close (param i32) (result i32))) (func (export \"run\") (drop (call $close (i32.const 0)))))");

        var error = Assert.Throws<WasmtimeException>(() => linker.Instantiate(store, module).GetAction("run")!());

        Assert.Equal("A guest uses WASI, but its store's data are no IWasiSource.", Assert.IsType<InvalidOperationException>(error.InnerException).Message);
    }

    [Fact]
    public void TheRealtimeClockIsTheHosts()
    {
        using var guest = Guest();

        var before = DateTime.UtcNow;
        Assert.Equal(0, guest.Call("clock_time_get", 0, 0, 0));
        var after = DateTime.UtcNow;

        Assert.InRange(DateTime.UnixEpoch.AddTicks(guest.Memory.ReadInt64(0) / 100), before, after);
    }

    /// <summary>A file's times are the clock's: all when it is made, two when it is written to, one when it is renamed; and what the guest sets.</summary>
    [Fact]
    public void FileTimesAreTheRealtimeClocks()
    {
        var tree = new VirtualTree();
        tree.MakeWritable("/");
        using var guest = ProbeGuest.OnVirtualWasi(new WasiOptions { Tree = tree, Stdout = new CapturedOutput(), Stderr = new CapturedOutput() });

        var made = Times("path_open 3 0 'f' 1 66 66 0 @u32");
        Assert.Equal((made.Access, made.Access), (made.Modification, made.Change));
        var written = Times("fd_write 4 ['x'] @u32");
        Assert.Equal((made.Access, written.Change), (written.Access, written.Modification));
        Assert.True(written.Change > made.Change);
        var read = Times("fd_pread 4 [1] 0 @u32");
        Assert.Equal(written, read);
        var set = Times("fd_filestat_set_times 4 5 7 5");
        Assert.Equal((5, 7), (set.Access, set.Modification));
        Assert.True(set.Change > written.Change);
        var setToNow = Times("fd_filestat_set_times 4 5 7 8");
        Assert.Equal((5, setToNow.Change), (setToNow.Access, setToNow.Modification));
        var renamed = Times("path_rename 3 'f' 3 'g'");
        Assert.Equal((5, setToNow.Modification), (renamed.Access, renamed.Modification));
        Assert.True(renamed.Change > setToNow.Change);
        Assert.Equal((ulong)renamed.Modification, Assert.Single(tree.Changes("/")).ModificationTime);

        (long Access, long Modification, long Change) Times(string call)
        {
            // The clock's ticks are coarser than a call.
            var start = DateTime.UtcNow;
            SpinWait.SpinUntil(() => DateTime.UtcNow > start);
            Assert.StartsWith("success", CallScript.Run(guest, call));
            Assert.Equal(0, guest.Call("fd_filestat_get", 4, 0));
            return (guest.Memory.ReadInt64(40), guest.Memory.ReadInt64(48), guest.Memory.ReadInt64(56));
        }
    }

    [Fact]
    public void TheMonotonicClockNeverGoesBack()
    {
        using var guest = Guest();
        for (var i = 1; i < 1000; i++)
        {
            Assert.Equal(0, guest.Call("clock_time_get", 1, 0, 8 * i));
            Assert.True(guest.Memory.ReadInt64(8 * i) >= guest.Memory.ReadInt64(8 * (i - 1)));
        }

    }

    [Fact]
    public void TheMonotonicClockCountsNanoseconds()
    {
        using var guest = Guest();
        var outer = Stopwatch.StartNew();
        Assert.Equal(0, guest.Call("clock_time_get", 1, 0, 0));
        var inner = Stopwatch.StartNew();
        SpinWait.SpinUntil(() => inner.ElapsedMilliseconds > 0);
        var atLeast = inner.Elapsed;
        Assert.Equal(0, guest.Call("clock_time_get", 1, 0, 8));
        var atMost = outer.Elapsed;

        // Each reading is cut to a tick.
        var oneTick = TimeSpan.FromTicks(1);
        Assert.InRange(TimeSpan.FromTicks((guest.Memory.ReadInt64(8) - guest.Memory.ReadInt64(0)) / 100), atLeast - oneTick, atMost + oneTick);
    }

    [Fact]
    public void RandomBytesFillTheBufferAndNothingElse()
    {
        using var guest = Guest();

        Assert.Equal(0, guest.Call("random_get", 1000, 1000));

        Assert.Equal(-1, guest.Memory.GetSpan(0, 1000).IndexOfAnyExcept((byte)0));
        Assert.Equal(-1, guest.Memory.GetSpan(2000, 1000).IndexOfAnyExcept((byte)0));
        // 1000 bytes of chance hold fewer than 100 values once in 10^300 runs.
        Assert.True(guest.Memory.GetSpan(1000, 1000).ToArray().Distinct().Count() > 100);
    }

    [Fact]
    public void ArgumentsPointToEachText()
    {
        using var guest = ProbeGuest.OnVirtualWasi(new WasiOptions
        {
            Arguments = ["", "ä", "two words"],
            Stdout = new CapturedOutput(),
            Stderr = new CapturedOutput(),
        });

        Assert.Equal(0, guest.Call("args_get", 64, 256));
        Assert.Equal(0, guest.Call("args_sizes_get", 0, 4));

        Assert.Equal([256, 257, 260], Enumerable.Range(0, 3).Select(i => guest.Memory.ReadInt32(64 + (4 * i))));
        Assert.Equal("\0ä\0two words\0", guest.Memory.ReadString(256, guest.Memory.ReadInt32(4)));
        Assert.Equal(3, guest.Memory.ReadInt32(0));
    }

    [Fact]
    public void AVariableThatIsSetIsFoundFromThenOn()
    {
        var wasi = new WasiContext(new WasiOptions
        {
            Environment = [new("A", "1"), new("AB", "2")],
            Stdout = new CapturedOutput(),
            Stderr = new CapturedOutput(),
        });

        wasi.SetVariable("A", "10");
        wasi.SetVariable("C", "");

        Assert.Equal(["A=10\0", "AB=2\0", "C=\0"], wasi.Environment.Select(Encoding.UTF8.GetString));
    }

    private static ProbeGuest Guest(IWasiOutput? stdout = null) =>
        ProbeGuest.OnVirtualWasi(new WasiOptions { Stdout = stdout ?? new CapturedOutput(), Stderr = new CapturedOutput() });
}
