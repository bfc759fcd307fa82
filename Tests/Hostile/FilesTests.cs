using System.Globalization;
using System.Text.RegularExpressions;
using WasmAspire.Jobs;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Hostile;

/// <summary>Guests that make more files, inodes, directories and descriptors than they may have.</summary>
[Collection(RunsAlone.Name)]
public sealed class FilesTests(HostileNode node) : IClassFixture<HostileNode>
{
    private const int Limit = 4 << 20;

    [RequiresToolFact("redis-server")]
    public Task NoMoreThan1024DescriptorsAreOpenAtOnce() => node.AttackAsync("open_file_flood", run => run.AssertCompleted(
        """
        1020 open: mfile
        close the last: success
        open another: success
        open one more: mfile

        """));

    [RequiresToolFact("redis-server")]
    public Task AllFilesTogetherHaveTheBytesOfTheLimit() => node.AttackAsync(
        "file_flood",
        run =>
        {
            var told = Regex.Match(run.Run.Stdout, "^(\\d+) bytes, then: nospc\ndelete the first: success\n(\\d+) bytes in its place: (success|nospc)\n$");
            run.AssertCompleted(told.Value);
            // What the file system needs for itself may count too, but not much.
            Assert.InRange(int.Parse(told.Groups[1].Value, CultureInfo.InvariantCulture), Limit * 3 / 4, Limit);
            Assert.InRange(int.Parse(told.Groups[2].Value, CultureInfo.InvariantCulture), 4096, 65536);
        },
        WithLimit);

    [RequiresToolFact("redis-server")]
    public Task InodesOfAllKindsAreCounted() => node.AttackAsync(
        "inode_flood",
        run =>
        {
            var told = Regex.Match(
                run.Run.Stdout,
                "^a file: nospc\na directory: nospc\na symbolic link: nospc\na hard link: (success|nospc)\n(\\d+) inodes, then: nospc\n$");
            run.AssertCompleted(told.Value);
            Assert.InRange(int.Parse(told.Groups[2].Value, CultureInfo.InvariantCulture), 1000, 1_000_000);
        },
        spec => WithLimit(spec) with { Limits = spec.Limits with { TimeoutSeconds = 20 } });

    [RequiresToolFact("redis-server")]
    public Task DirectoriesMayBeDeepButNotEndless() => node.AttackAsync(
        "directory_depth",
        run => run.AssertCompleted("deeper: nametoolong\ninto itself: inval\ndeep\n"),
        spec => WithLimit(spec) with { Limits = spec.Limits with { TimeoutSeconds = 20 } });

    [RequiresToolFact("redis-server")]
    public Task AFileIsNotLongerThanTheLimitThoughNothingIsInIt() => node.AttackAsync(
        "huge_file",
        run => run.AssertCompleted(string.Concat(
            "create tmp/huge: success\n",
            string.Concat(new[] { "2^32", "2^40", "2^62", "2^63", "2^64 - 1" }.Select(size =>
                $"{size}\n  set its size: refused\n  write there: refused\n  allocate: refused\n  allocate from there: refused\n  write after a seek: refused\n")),
            "stat: success\n0 bytes\n")),
        WithLimit);

    private static JobSpec WithLimit(JobSpec spec) => spec with { Limits = spec.Limits with { OutputBytes = Limit } };
}
