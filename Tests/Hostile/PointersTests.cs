using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Hostile;

/// <summary>Guests whose pointers, lengths and lists of buffers are lies: each call is answered with an errno.</summary>
[Collection(RunsAlone.Name)]
public sealed class PointersTests(HostileNode node) : IClassFixture<HostileNode>
{
    private static readonly string[] Pointers =
    [
        "args_get", "args_sizes_get, first", "args_sizes_get, second", "environ_get", "environ_sizes_get", "clock_res_get",
        "clock_time_get", "fd_fdstat_get", "fd_filestat_get", "fd_pread, list", "fd_prestat_get", "fd_prestat_dir_name",
        "fd_read, list", "fd_readdir, buffer", "fd_seek", "fd_tell", "fd_write, list", "path_create_directory",
        "path_filestat_get, path", "path_filestat_get, result", "path_filestat_set_times", "path_link, old",
        "path_open, path", "path_open, result", "path_readlink, path", "path_remove_directory", "path_rename, old",
        "path_symlink, target", "path_unlink_file", "poll_oneoff, subscriptions", "poll_oneoff, events", "random_get",
        "fd_pread, buffer", "fd_read, buffer", "fd_write, buffer",
    ];

    private const string NegativeLengths = """
        fd_pread: inval
        fd_pread, offset: success
        fd_prestat_dir_name: success
        fd_read: inval
        fd_readdir: fault
        fd_readdir, cookie: success
        fd_seek: inval
        fd_write: inval
        path_create_directory: nametoolong
        path_filestat_get: nametoolong
        path_link: nametoolong
        path_open: nametoolong
        path_readlink: nametoolong
        path_remove_directory: nametoolong
        path_rename: nametoolong
        path_symlink: nametoolong
        path_unlink_file: nametoolong
        poll_oneoff: inval
        random_get: inval
        fd_read, buffer: fault
        fd_write, buffer: fault

        """;

    [RequiresToolFact("redis-server")]
    public Task PointersOutOfBoundsAreFaults()
    {
        string[] places = ["behind memory", "across its end", "at the last address", "so that it begins anew"];
        var expected = "open data/file.txt: success\n" + string.Concat(places.Select(place => $"{place}\n" + string.Concat(Pointers
            // One byte still fits before the end, and the name of `/` is no longer.
            .Select(call => $"{call}: {((place, call) is ("across its end", "fd_prestat_dir_name") ? "success" : "fault")}\n"))));

        return node.AttackAsync("pointers_out_of_bounds", run =>
        {
            run.AssertCompleted(expected);
            Assert.Equal((0, 0), (run.Telemetry.Logs, run.Telemetry.Metrics));
        });
    }

    [RequiresToolFact("redis-server")]
    public Task NegativeLengthsAreRefused() => node.AttackAsync("negative_lengths", run =>
    {
        run.AssertCompleted($"open data/file.txt: success\n-1\n{NegativeLengths}the least\n{NegativeLengths}");
        Assert.Equal((0, 0), (run.Telemetry.Logs, run.Telemetry.Metrics));
    });

    [RequiresToolFact("redis-server")]
    public Task BuffersMayOverlap() => node.AttackAsync("overlapping_iovecs", run => run.AssertCompleted(
        $"""
        open data/file.txt: success
        read into four buffers of 4: success
        16 bytes, ceohe f.
        read into the list itself: fault
        read into the list's second half: fault
        result in the list: success
        4 bytes
        result in the buffer: success
        8 bytes
        {new string('=', 1024)}
        write one byte 1,024 times: success
        1024 bytes
        read all of memory over: success
        0 bytes

        """));

    [RequiresToolFact("redis-server")]
    public Task AMillionBuffersAreTooMany() => node.AttackAsync("million_iovecs", run => run.AssertCompleted(
        """
        open data/file.txt: success
        empty buffers
        fd_write: inval
        fd_read: inval
        fd_pread: inval
        buffers of a byte
        fd_write: inval
        fd_read: inval
        fd_pread: inval
        1,025 buffers: inval

        """));
}
