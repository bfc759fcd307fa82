using static WasmAspire.Tests.Wasi.Cases.Differences;

namespace WasmAspire.Tests.Wasi.Cases;

/// <summary>Arguments <c>a</c> and <c>b c</c>, environment <c>K=v</c>, clocks, waiting, random bytes, the end, sockets, memory that is not there.</summary>
internal static class ProcessCases
{
    public static readonly WasiCase[] All =
    [
        new("args_get @any64 @text16", "success any 'a.b c...........'"),
        new("args_sizes_get @u32 @u32", "success 2 6"),
        new("environ_get @any64 @text16", "success any 'K=v.............'"),
        new("environ_sizes_get @u32 @u32", "success 1 4"),

        new("clock_res_get 0 @u64", "success 100") { OnWasmtime = "success 1", Because = ClockTicks },
        new("clock_res_get 1 @u64", "success 100") { OnWasmtime = "success 1", Because = ClockTicks },
        new("clock_res_get 2 @u64", "badf"),
        new("clock_res_get 3 @u64", "badf"),
        new("clock_res_get 4 @u64", "inval") { OnWasmtime = "trap", Because = UnknownClock },
        new("clock_time_get 0 0 @any64", "success any"),
        new("clock_time_get 1 -1 @any64", "success any"),
        new("clock_time_get 2 0 @any64", "badf"),
        new("clock_time_get 3 0 @any64", "badf"),
        new("clock_time_get -1 0 @any64", "inval") { OnWasmtime = "trap", Because = UnknownClock },

        new("poll_oneoff <clock:1:0:1> @u32", "success <1 clock success bytes 0> 1"),
        new("poll_oneoff <clock:0:1:1> @u32", "success <1 clock success bytes 0> 1"),
        new("poll_oneoff <clock:1:0:0> @u32", "success <1 clock success bytes 0> 1"),
        new("poll_oneoff <clock:1:0:1 clock:0:0:1> @u32", "success <1 clock success bytes 0> <2 clock success bytes 0> 2"),
        new("poll_oneoff <read:0> @u32", "success <1 read success bytes 11> 1") { OnWasmtime = "success <1 read success bytes 1> 1", Because = BytesAvailable },
        new("fd_read 0 [11] @u32; poll_oneoff <read:0> @u32", "success [stdin bytes] 11; success <1 read success bytes 0 hangup> 1") { OnWasmtime = "success [stdin bytes] 11; success <1 read success bytes 1> 1", Because = BytesAvailable },
        new("poll_oneoff <read:4> @u32", "success <1 read success bytes 11> 1") { OnWasmtime = "success <1 read success bytes 1> 1", Because = BytesAvailable },
        new("fd_seek 4 0 2 @u64; poll_oneoff <read:4> @u32", "success 11; success <1 read success bytes 0 hangup> 1") { OnWasmtime = "success 11; success <1 read success bytes 1 hangup> 1", Because = BytesAvailable },
        new("poll_oneoff <write:1> @u32", "success <1 write success bytes 1> 1"),
        new("poll_oneoff <write:2 write:1> @u32", "success <1 write success bytes 1> <2 write success bytes 1> 2"),
        new("poll_oneoff <clock:1:3600000000000:0 write:1> @u32", "success <2 write success bytes 1> 1"),
        new("poll_oneoff <read:1> @u32", "success <1 read badf bytes 0> 1") { OnWasmtime = "badf", Because = ErrorInEvent },
        new("poll_oneoff <read:5> @u32", "success <1 read badf bytes 0> 1") { OnWasmtime = "badf", Because = ErrorInEvent },
        new("poll_oneoff <write:0> @u32", "success <1 write badf bytes 0> 1") { OnWasmtime = "badf", Because = ErrorInEvent },
        new("poll_oneoff <write:4> @u32", "success <1 write badf bytes 0> 1") { OnWasmtime = "perm", Because = ErrorInEvent },
        new("poll_oneoff <write:1 read:99> @u32", "success <1 write success bytes 1> <2 read badf bytes 0> 2") { OnWasmtime = "badf", Because = ErrorInEvent },
        new("poll_oneoff <clock:2:0:0> @u32", "inval"),
        new("poll_oneoff <write:1 clock:2:0:0> @u32", "inval"),
        new("poll_oneoff <clock:4:0:1> @u32", "inval"),
        new("poll_oneoff <clock:1:0:2> @u32", "inval"),
        new("poll_oneoff <3:0> @u32", "inval"),
        new("poll_oneoff <write:1 255:0> @u32", "inval"),
        new("poll_oneoff 65536 98304 0 @u32", "inval"),
        new("poll_oneoff 65536 98304 4097 @u32", "inval") { OnWasmtime = "trap", Because = TooManySubscriptions },
        new("poll_oneoff 65536 98304 -1 @u32", "inval") { OnWasmtime = "nomem", Because = TooManySubscriptions },

        new("proc_exit 0", "exit 0"),
        new("proc_exit 125", "exit 125"),
        new("proc_exit 126", "exit 126") { OnWasmtime = "trap", Because = AnyExitCode },
        new("proc_exit -1", "exit 4294967295") { OnWasmtime = "trap", Because = AnyExitCode },
        new("proc_raise 9", "notsup"),
        new("proc_raise 99", "notsup") { OnWasmtime = "trap", Because = NoSignal },
        new("sched_yield", "success"),

        new("random_get 65536 100", "success"),
        new("random_get 131072 0", "success"),
        new("random_get 65536 67108865", "inval") { OnWasmtime = "trap", Because = TooMuchRandom },

        .. Sockets(),
        .. Pointers(),
    ];

    private static IEnumerable<WasiCase> Sockets()
    {
        foreach (var (fd, answer) in new[] { ("0", "notsock"), ("3", "notsock"), ("4", "notsock"), ("99", "badf") })
        {
            yield return new($"sock_accept {fd} 0 @u32", answer);
            yield return new($"sock_recv {fd} [4] 0 @u32 @u32", answer);
            yield return new($"sock_send {fd} ['x'] 0 @u32", answer);
            yield return new($"sock_shutdown {fd} 3", answer);
        }
    }

    /// <summary>Each pointer of each function outside of the guest's two pages: past the end, across it, and where adding overflows.</summary>
    private static IEnumerable<WasiCase> Pointers()
    {
        string[] pointers = ["131072", "-1", "-2147483648"];
        string[] calls =
        [
            "args_get {0} 65536", "args_get 65536 {0}", "args_sizes_get {0} 65536", "args_sizes_get 65536 {0}",
            "environ_get {0} 65536", "environ_get 65536 {0}", "environ_sizes_get {0} 65536", "environ_sizes_get 65536 {0}",
            "clock_res_get 1 {0}", "clock_time_get 1 0 {0}",
            "fd_fdstat_get 4 {0}", "fd_filestat_get 4 {0}", "fd_prestat_get 3 {0}",
            "fd_prestat_dir_name 3 {0} 1", "fd_seek 4 0 0 {0}", "fd_tell 4 {0}",
            "fd_read 4 {0} 1 65536", "fd_read 4 [1] {0}", "fd_pread 4 {0} 1 0 65536", "fd_pread 4 [1] 0 {0}",
            "fd_write 1 {0} 1 65536", "fd_write 1 [''] {0}",
            "fd_readdir 5 {0} 100 0 65536", "fd_readdir 5 @names:100 0 {0}",
            "path_create_directory 3 {0} 1", "path_filestat_get 3 0 {0} 1 65536", "path_filestat_get 3 0 'top' {0}",
            "path_filestat_set_times 3 0 {0} 1 0 0 0", "path_link 3 0 {0} 1 3 'new'", "path_link 3 0 'top' 3 {0} 1",
            "path_open 3 0 {0} 1 0 2 2 0 65536", "path_open 3 0 'top' 0 2 2 0 {0}",
            "path_readlink 3 {0} 1 65536 9 65536", "path_remove_directory 3 {0} 1",
            "path_rename 3 {0} 1 3 'new'", "path_rename 3 'top' 3 {0} 1",
            "path_symlink {0} 1 3 'new'", "path_symlink 'top' 3 {0} 1", "path_unlink_file 3 {0} 1",
            "poll_oneoff {0} 65536 1 98304", "poll_oneoff 65536 {0} 1 98304", "poll_oneoff <write:1> {0}",
            "random_get {0} 1",
        ];
        return from call in calls
               from pointer in pointers
               select new WasiCase(call.Replace("{0}", pointer, StringComparison.Ordinal), "fault") { OnWasmtime = "trap", Because = TrapsOnPointers };
    }
}
