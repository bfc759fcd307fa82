using System.Diagnostics;
using WasmAspire.Wasi;
using WasmAspire.Wasi.Files;
using Wasmtime;

namespace WasmAspire.Tests.Wasi;

/// <summary>What an observer is told of a guest's calls.</summary>
public sealed class WasiObserverTests
{
    private const long Hour = 3_600_000_000_000;

    public static TheoryData<string> Functions => [.. Preview1.Parameters.Keys];

    [Theory]
    [MemberData(nameof(Functions))]
    public void EveryFunctionIsToldOnceWithWhatItReturned(string function)
    {
        var observer = new RecordingObserver();
        using var guest = Guest(observer);
        var before = Stopwatch.GetTimestamp();

        var error = function == "proc_exit" ? null : ErrorOf(guest.Call(function, new long[Preview1.Parameters[function].Length]));
        if (function == "proc_exit")
        {
            Assert.Throws<WasmtimeException>(() => guest.Call(function, 0));
        }

        var call = Assert.Single(observer.Calls);
        Assert.Equal((function, error), (call.Name, call.Error));
        Assert.InRange(call.Start, before, Stopwatch.GetTimestamp());
        Assert.Equal(function.Split('_')[0] is "fd" or "path" or "sock" ? 0 : -1, call.Descriptor);
    }

    [Theory]
    [InlineData("fd_write 1 ['hello' ' world'] @u32", "fd_write fd 1 bytes 11")]
    [InlineData("fd_write 1 [] @u32", "fd_write fd 1 bytes 0")]
    [InlineData("fd_write 1 ['hello'] -1", "fd_write fd 1 bytes 5 fault")]
    [InlineData("fd_write 1 -1 1 @u32", "fd_write fd 1 fault")]
    [InlineData("fd_write 0 ['hello'] @u32", "fd_write fd 0 badf")]
    [InlineData("fd_read 0 [3 9] @u32", "fd_read fd 0 bytes 5")]
    [InlineData("fd_pread 0 [3] 0 @u32", "fd_pread fd 0 spipe")]
    [InlineData("path_open 3 0 'top' 0 2 2 0 @u32; fd_read 4 [2] @u32; fd_pread 4 [9] 1 @u32; fd_close 4; fd_close 4", "path_open fd 3 path top|fd_read fd 4 bytes 2|fd_pread fd 4 bytes 3|fd_close fd 4|fd_close fd 4 badf")]
    [InlineData("path_open 3 0 'no/such' 0 2 2 0 @u32", "path_open fd 3 path no/such noent")]
    [InlineData("path_open 3 0 '\\ff' 0 2 2 0 @u32", "path_open fd 3 ilseq")]
    [InlineData("path_open 9 0 'top' 0 2 2 0 @u32", "path_open fd 9 badf")]
    [InlineData("path_unlink_file 3 'top'", "path_unlink_file fd 3 path top perm")]
    [InlineData("path_rename 3 'top' 3 'new'", "path_rename fd 3 path top perm")]
    [InlineData("path_symlink 'to' 3 'new'", "path_symlink fd 3 path to perm")]
    [InlineData("fd_tell 1 @u32", "fd_tell fd 1 spipe")]
    [InlineData("clock_time_get 9 0 @u64", "clock_time_get inval")]
    [InlineData("proc_exit 7", "proc_exit exit 7")]
    [InlineData("proc_exit -1", "proc_exit exit 4294967295")]
    public void ACallIsToldWithWhatItWorkedOn(string calls, string told)
    {
        var observer = new RecordingObserver();
        using var guest = Guest(observer);

        CallScript.Run(guest, calls);

        Assert.Equal(told.Split('|'), observer.Calls.Select(ToText));
    }

    [Fact]
    public void ACallThatTheHostEndsIsToldToo()
    {
        var observer = new RecordingObserver();
        using var guest = Guest(observer);

        Assert.Throws<WasmtimeException>(() => CallScript.Run(guest, $"poll_oneoff <clock:1:{Hour}:0> @u32"));
        Assert.Throws<WasmtimeException>(() => CallScript.Run(guest, "fd_write 2 ['x'] @u32"));

        Assert.Equal(["poll_oneoff", "fd_write fd 2 bytes 0"], observer.Calls.Select(ToText));
    }

    [Fact]
    public void EachCallBeginsAfreshAndInOrder()
    {
        var observer = new RecordingObserver();
        using var guest = Guest(observer);

        CallScript.Run(guest, "path_open 3 0 'no' 0 2 2 0 @u32; sched_yield; fd_write 1 ['x'] @u32; fd_sync 1");

        Assert.Equal(["path_open fd 3 path no noent", "sched_yield", "fd_write fd 1 bytes 1", "fd_sync fd 1 badf"], observer.Calls.Select(ToText));
        Assert.Equal(observer.Calls.Select(call => call.Start).Order(), observer.Calls.Select(call => call.Start));
    }

    private static ProbeGuest Guest(IWasiObserver observer)
    {
        var tree = new VirtualTree();
        tree.AddFile("/top", "file"u8.ToArray());
        return ProbeGuest.OnVirtualWasi(new WasiOptions
        {
            Stdin = "stdin"u8.ToArray(),
            Stdout = new CapturedOutput(),
            Stderr = new FullOutput(),
            Tree = tree,
            Sleep = _ => throw new HostStoppedException(),
            Observer = observer,
        });
    }

    private static string? ErrorOf(int errno) => errno == 0 ? null : WitxErrno.Name(errno);

    private static string ToText(WasiCall call) => string.Concat(
        call.Name,
        call.Descriptor < 0 ? "" : $" fd {call.Descriptor}",
        call.Bytes < 0 ? "" : $" bytes {call.Bytes}",
        call.Path is null ? "" : $" path {call.Path}",
        call.ExitCode is null ? "" : $" exit {call.ExitCode}",
        call.Error is null ? "" : $" {call.Error}");

    private sealed class RecordingObserver : IWasiObserver
    {
        public List<WasiCall> Calls { get; } = [];

        public void Called(in WasiCall ended) => Calls.Add(ended);
    }
}
