using System.Text;
using WasmAspire.Wasi;
using WasmAspire.Wasi.Files;
using Wasmtime;

namespace WasmAspire.Tests.Wasi;

/// <summary>Guests that lie: each is answered with an errno, and nothing of the host's is reached, broken or used up.</summary>
public sealed class HostileGuestTests(ReadOnlyTree readOnly) : IClassFixture<ReadOnlyTree>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void AnyCallWithAnyArgumentsEndsInAnErrno(int seed)
    {
        var random = new Random(seed);
        string[] functions = [.. Preview1.Parameters.Keys];
        for (var world = 0; world < 100; world++)
        {
            using var guest = Guest(tree: WritableCopy());
            Assert.Equal("success 4; success 5; success 6", CallScript.Run(guest, "path_open 3 0 'top' 0 66 66 0 @u32; path_open 3 0 'data' 0 2 2 0 @u32; path_open 3 0 'new' 1 66 66 1 @u32"));
            random.NextBytes(guest.Memory.GetSpan(64, 4096));
            guest.Memory.WriteString(0, "data/../top");
            for (var call = 0; call < 200; call++)
            {
                var function = random.GetItems(functions, 1)[0];
                long[] arguments = [.. Preview1.Parameters[function].Select(_ => Argument(random))];
                try
                {
                    Assert.InRange(guest.Call(function, arguments), 0, 76);
                }
                catch (WasmtimeException e) when (e.InnerException is HostStoppedException || (e.InnerException is GuestExitException && function == "proc_exit"))
                {
                    // It slept or left, as it may.
                }
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("(memory 2)")]
    [InlineData("(memory (export \"other\") 2)")]
    [InlineData("(memory (export \"memory\") 0)")]
    [InlineData("(memory (export \"Memory\") 2) (func (export \"memory\"))")]
    [InlineData("(global (export \"memory\") i32 (i32.const 0))")]
    [InlineData("(table (export \"memory\") 1 funcref)")]
    public void WithoutAMemoryEveryPointerIsOutsideOfIt(string memory)
    {
        using var guest = Guest(memory);

        Assert.Equal(
            "fault; fault; fault; fault; success; success; badf",
            CallScript.Run(guest, "clock_time_get 0 0 0; fd_read 0 0 1 8; path_open 3 0 0 1 0 2 2 0 8; poll_oneoff 0 64 1 8; random_get 0 0; sched_yield; fd_close 9"));
    }

    /// <summary>Modules of one job have a memory each, of different sizes: what one may reach says nothing of the others.</summary>
    [Fact]
    public void EachCallIsBoundToItsOwnModulesMemory()
    {
        using var engine = new Engine();
        using var linker = new Linker(engine);
        linker.DefineVirtualWasi();
        using var store = new Store(engine, new ProbeWorld(new WasiOptions { Stdout = new CountingOutput(), Stderr = new CountingOutput() }));
        var clock = (string memory) =>
        {
            using var module = Module.FromText(engine, "clock", $$"""
                (module
                  (import "wasi_snapshot_preview1" "clock_res_get" (func $res (param i32 i32) (result i32)))
                  {{memory}}
                  (func (export "at") (param i32) (result i32) (call $res (i32.const 0) (local.get 0))))
                """);
            return linker.Instantiate(store, module).GetFunction<int, int>("at")!;
        };
        var large = clock("(memory (export \"memory\") 3)");
        var small = clock("(memory (export \"memory\") 1)");
        var none = clock("");
        const int Fault = 21;

        for (var round = 0; round < 3; round++)
        {
            Assert.Equal([0, 0, Fault], [large(0), large((3 << 16) - 8), large((3 << 16) - 7)]);
            Assert.Equal([0, 0, Fault, Fault], [small(0), small((1 << 16) - 8), small((1 << 16) - 7), small((3 << 16) - 8)]);
            Assert.Equal([Fault, Fault, Fault], [none(0), none((1 << 16) - 8), none(-1)]);
        }
    }

    /// <summary>An empty buffer may lie anywhere, and proves nothing of what is there.</summary>
    [Fact]
    public void AnEmptyBufferOutsideOfMemoryOpensNothing()
    {
        using var guest = Guest();

        Assert.Equal("success; fault; fault; success", CallScript.Run(guest, "random_get 1000000 0; random_get 999990 10; clock_res_get 0 1000000; random_get 64 8"));
    }

    [Fact]
    public void TheMemoryWithTheRightNameIsUsed()
    {
        using var guest = Guest("(memory (export \"other\") 1) (memory (export \"memory\") 2)");

        Assert.Equal("success [stdin] 5", CallScript.Run(guest, "fd_read 0 [5] @u32"));
    }

    [Fact]
    public void AllFourGigabytesCanBeUsed()
    {
        using var guest = Guest("(memory (export \"memory\") 65536)");
        Assert.Equal("success 4", CallScript.Run(guest, "path_open 3 0 'data/one.txt' 0 2 2 0 @u32"));
        const long High = 0xFFFF_FFF0;
        guest.Memory.WriteInt64(0, High | (16L << 32));
        guest.Memory.WriteInt64(8, High | (17L << 32));
        guest.Memory.WriteInt64(16, 0xC000_0000L << 32);

        Assert.Equal("success; fault; success; fault", CallScript.Run(guest, "fd_pread 4 0 1 0 32; fd_pread 4 8 1 0 32; fd_pread 4 16 1 0 -4; fd_pread 4 16 1 0 -3"));
        Assert.Equal("first file\n", guest.Memory.ReadString(High, 11));
        Assert.Equal("first file\n", guest.Memory.ReadString(0, 11));
    }

    [Fact]
    public void BuffersThatOverlapAreWrittenUpToTwoGigabytes()
    {
        var output = new CountingOutput();
        using var guest = Guest("(memory (export \"memory\") 65536)", output);
        guest.Memory.WriteInt64(0, 1L << 62);
        guest.Memory.WriteInt64(8, 1L << 62);

        Assert.Equal("success 1073741824", CallScript.Run(guest, "fd_write 1 0 2 @u32"));
        Assert.Equal(1L << 30, output.Bytes);
    }

    [Fact]
    public void ABufferOverItsOwnListIsLookedAtAgain()
    {
        // What is read replaces the second buffer by one at address -1.
        using var guest = Guest(stdin: [0xFF, 0xFF, 0xFF, 0xFF, 5, 0, 0, 0, 1, 2, 3]);
        guest.Memory.WriteInt64(0, 8 | (8L << 32));
        guest.Memory.WriteInt64(8, 64 | (3L << 32));

        Assert.Equal("fault", CallScript.Run(guest, "fd_read 0 0 2 32"));
    }

    [Fact]
    public void APathAsLongAsMemoryCostsNothing()
    {
        using var guest = Guest("(memory (export \"memory\") 2048)");
        guest.Memory.GetSpan(0, 100 << 20).Fill((byte)'/');
        CallScript.Run(guest, "path_open 3 0 0 104857600 0 2 2 0 8");
        var before = GC.GetAllocatedBytesForCurrentThread();

        var answer = CallScript.Run(guest, "path_open 3 0 0 104857600 0 2 2 0 8");

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Equal("nametoolong", answer);
    }

    [Fact]
    public void NoMoreThan1024DescriptorsAreOpen()
    {
        using var guest = Guest();
        const string Open = "path_open 3 0 'top' 0 2 2 0 @u32";
        for (var fd = 4; fd < 1024; fd++)
        {
            Assert.Equal($"success {fd}", CallScript.Run(guest, Open));
        }

        Assert.Equal("mfile; success; success 700; mfile", CallScript.Run(guest, $"{Open}; fd_close 700; {Open}; {Open}"));
    }

    [Fact]
    public void BuffersThatOverlapFillAFileUpToItsTreesLimit()
    {
        using var guest = Guest(tree: WritableCopy());
        Assert.Equal("success 4", CallScript.Run(guest, "path_open 3 0 'new' 1 66 66 0 @u32"));
        for (var i = 0; i < 1024; i++)
        {
            guest.Memory.WriteInt64(8 * i, 0x1_0000L << 32);
        }

        Assert.Equal("success 1048576; nospc; success", CallScript.Run(guest, "fd_write 4 0 1024 @u32; fd_write 4 0 1024 @u32; fd_filestat_set_size 4 0"));
    }

    [Fact]
    public void FoldersCanLieAsDeepAsPathsAllow()
    {
        var deep = new VirtualTree();
        deep.MakeWritable("/");
        using var guest = Guest(tree: deep);
        var depth = 0;
        while (CallScript.Run(guest, "path_create_directory 3 'd'") == "success")
        {
            Assert.Equal("success 4; success", CallScript.Run(guest, "path_open 3 0 'd' 2 2 2 0 @u32; fd_renumber 4 3"));
            depth++;
        }

        Assert.Equal(2047, depth);
        Assert.Equal(2047, deep.Changes("/").Count());
    }

    [Fact]
    public void SymbolicLinksAreFollowedAtMost40Times()
    {
        using var guest = Guest(tree: WritableCopy());
        for (var i = 0; i < 41; i++)
        {
            Assert.Equal("success", CallScript.Run(guest, $"path_symlink '{(i == 0 ? "top" : $"l{i - 1}")}' 3 'l{i}'"));
        }

        Assert.Equal("success; loop", CallScript.Run(guest, "path_filestat_get 3 1 'l39' 60000; path_filestat_get 3 1 'l40' 60000"));
    }

    /// <summary>Numbers that are descriptors, flags, addresses, lengths, and the edges of them.</summary>
    private static long Argument(Random random) => random.Next(8) switch
    {
        0 or 1 => random.Next(-1, 8),
        2 or 3 => random.Next(0, 4096),
        4 => random.Next((2 << 16) - 64, (2 << 16) + 64),
        5 => random.Next(),
        6 => random.GetItems<long>([int.MinValue, int.MaxValue, long.MinValue, long.MaxValue, uint.MaxValue, -8], 1)[0],
        _ => random.NextInt64(),
    };

    private static VirtualTree WritableCopy()
    {
        var copy = new VirtualTree(new TreeLimits { MaxBytes = 1 << 20, MaxEntries = 50 });
        copy.AddFile("/top", "0123456789"u8.ToArray());
        copy.AddFile("/data/one.txt", "first file"u8.ToArray());
        copy.MakeWritable("/");
        return copy;
    }

    private ProbeGuest Guest(string? memory = null, IWasiOutput? stdout = null, byte[]? stdin = null, VirtualTree? tree = null)
    {
        var options = new WasiOptions
        {
            Arguments = ["a", "b"],
            Environment = [new("K", "v")],
            Stdin = stdin ?? Encoding.UTF8.GetBytes("stdin"),
            Stdout = stdout ?? new CountingOutput(),
            Stderr = new CountingOutput(),
            Tree = tree ?? readOnly.Virtual,
            Sleep = _ => throw new HostStoppedException(),
        };
        return memory is null ? ProbeGuest.OnVirtualWasi(options) : ProbeGuest.OnVirtualWasi(options, memory);
    }

    private sealed class CountingOutput : IWasiOutput
    {
        public long Bytes { get; private set; }

        public void Write(ReadOnlySpan<byte> bytes) => Bytes += bytes.Length;
    }
}
