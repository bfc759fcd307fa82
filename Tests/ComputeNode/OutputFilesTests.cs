using System.Text;
using WasmAspire.Jobs;
using WasmAspire.Tests.Redis;
using WasmAspire.Tests.Requires;
using Wasmtime;

namespace WasmAspire.Tests.ComputeNode;

/// <summary>What a guest makes under its output paths is stored with its end, whichever that is.</summary>
public sealed class OutputFilesTests(RedisServer redis) : IClassFixture<RedisServer>, IAsyncLifetime
{
    // Makes the file of the name at 200 and writes the 5 bytes at 300 to it; a failure is the exit code.
    private const string Write = """
        (module
          (import "wasi_snapshot_preview1" "path_open" (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
          (memory (export "memory") 1)
          (data (i32.const 0) "\2c\01\00\00\05\00\00\00") (data (i32.const 200) "NAME") (data (i32.const 300) "hello")
          (func $check (param i32) (if (local.get 0) (then (call $exit (local.get 0)))))
          (func (export "_start")
            (call $check (call $open (i32.const 3) (i32.const 0) (i32.const 200) (i32.const LENGTH) (i32.const 9) (i64.const 66) (i64.const 0) (i32.const 0) (i32.const 100)))
            (call $check (call $write (i32.load (i32.const 100)) (i32.const 0) (i32.const 1) (i32.const 104)))
            END))
        """;

    private const int ReadOnly = 63;

    private RunningNode node = null!;

    public async Task InitializeAsync() => node = await RunningNode.StartAsync(redis);

    public Task DisposeAsync() => node.DisposeAsync().AsTask();

    [RequiresToolTheory("redis-server")]
    [InlineData("", JobState.Completed)]
    [InlineData("unreachable", JobState.Failed)]
    [InlineData("(call $exit (i32.const 3))", JobState.Failed)]
    public async Task AFileIsStoredHoweverTheJobEnds(string end, JobState state)
    {
        var run = await RunAsync("out/a.txt", end, "/out");

        Assert.Equal(state, run.Result.State);
        var file = Assert.Single(await node.Store.GetOutputsAsync(run.Job.Id));
        Assert.Equal(("/out/a.txt", false, 5L), (file.Path, file.IsFolder, file.Bytes));
        Assert.Equal("hello", await ContentAsync(file));
        Assert.InRange(file.Modified, run.Job.SubmittedAt.AddSeconds(-5), run.Job.FinishedAt!.Value.AddSeconds(5));
    }

    [RequiresToolTheory("redis-server")]
    [InlineData("in/a.txt", "/in")]
    [InlineData("in/a.txt", "/")]
    [InlineData("in/a.txt", "/in", "/", "/in")]
    public async Task AnInputUnderAnOutputIsACopyToWriteTo(string name, params string[] outputs)
    {
        var input = new JobInput("/in/a.txt", await node.Blobs.PutAsync("the input, longer"u8.ToArray()));
        var run = await RunAsync(name, "", spec => spec with { Inputs = [input, new JobInput("/in/b.txt", input.Content)] }, outputs);

        var file = Assert.Single(await node.Store.GetOutputsAsync(run.Job.Id));
        Assert.Equal(("/in/a.txt", "hello"), (file.Path, await ContentAsync(file)));
        Assert.Equal("the input, longer"u8.ToArray(), node.Blobs.Get(input.Content));
    }

    [RequiresToolTheory("redis-server")]
    [InlineData("a.txt")]
    [InlineData("in/a.txt")]
    [InlineData("in/new.txt")]
    public async Task ElsewhereTheTreeIsReadOnly(string name)
    {
        var input = new JobInput("/in/a.txt", await node.Blobs.PutAsync("the input"u8.ToArray()));
        var run = await RunAsync(name, "", spec => spec with { Inputs = [input] }, "/out");

        Assert.Equal((JobReason.ExitCode, ReadOnly), (run.Result.Reason, run.Result.ExitCode));
        Assert.Empty(await node.Store.GetOutputsAsync(run.Job.Id));
    }

    [RequiresToolFact("redis-server")]
    public async Task OfTheTemporaryFolderNothingIsKept()
    {
        var run = await RunAsync("tmp/a.txt", "", "/out");

        Assert.Equal(JobState.Completed, run.Result.State);
        Assert.Empty(await node.Store.GetOutputsAsync(run.Job.Id));
    }

    [RequiresToolFact("redis-server")]
    public async Task PastTheLimitThereIsNoSpace()
    {
        const int NoSpace = 51;
        var run = await RunAsync("out/a.txt", "", spec => spec with { Limits = spec.Limits with { OutputBytes = 0 } }, "/out");

        Assert.Equal((JobReason.ExitCode, NoSpace), (run.Result.Reason, run.Result.ExitCode));
    }

    [RequiresToolFact("redis-server")]
    public async Task AFileThatIsLongerThanAPieceComesBackWhole()
    {
        // The file's end is put 20 MB behind its beginning.
        const string Grow = """(call $check (call $size (i32.load (i32.const 100)) (i64.const 20000000)))""";
        var text = Write.Replace("(memory", """(import "wasi_snapshot_preview1" "fd_filestat_set_size" (func $size (param i32 i64) (result i32))) (memory""", StringComparison.Ordinal);

        var run = await node.RunAsync(Guest(text, "out/a.txt", Grow), spec => spec with { Outputs = ["/out"] });

        Assert.Equal(JobState.Completed, run.Result.State);
        var file = Assert.Single(await node.Store.GetOutputsAsync(run.Job.Id));
        Assert.Equal((20_000_000L, 3), (file.Bytes, file.Pieces.Count));
        Assert.Equal("hello" + new string('\0', 20_000_000 - 5), await ContentAsync(file));
    }

    private static byte[] Guest(string text, string name, string end) => Module.ConvertText(text
        .Replace("NAME", name, StringComparison.Ordinal)
        .Replace("LENGTH", $"{name.Length}", StringComparison.Ordinal)
        .Replace("END", end, StringComparison.Ordinal));

    private Task<RunningNode.Run> RunAsync(string name, string end, params string[] outputs) => RunAsync(name, end, spec => spec, outputs);

    private Task<RunningNode.Run> RunAsync(string name, string end, Func<JobSpec, JobSpec> configure, params string[] outputs) =>
        node.RunAsync(Guest(Write, name, end), spec => configure(spec with { Outputs = outputs }));

    private async Task<string> ContentAsync(OutputFile file)
    {
        var content = new StringBuilder();
        foreach (var piece in file.Pieces)
        {
            content.Append(Encoding.ASCII.GetString((await node.Blobs.FindContentAsync(piece))!));
        }

        return content.ToString();
    }
}
