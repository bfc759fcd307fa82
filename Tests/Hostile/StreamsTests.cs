using System.Globalization;
using System.Text;
using WasmAspire.Jobs;
using WasmAspire.Tests.ComputeNode;
using WasmAspire.Tests.Requires;

namespace WasmAspire.Tests.Hostile;

/// <summary>Guests that misuse stdin, stdout and stderr, and jobs with more arguments and environment than a guest can hold.</summary>
[Collection(RunsAlone.Name)]
public sealed class StreamsTests(HostileNode node) : IClassFixture<HostileNode>
{
    private const int Limit = 1_000_001;

    [RequiresToolTheory("redis-server")]
    [InlineData("stdout_flood", "stdout")]
    [InlineData("stderr_drops", "stderr")]
    public Task AFloodEndsAtTheLimitAndWhatFitsIsKept(string program, string stream) => node.AttackAsync(
        program,
        run =>
        {
            run.AssertFailed("output-limit", $"^The job wrote more than {Limit} bytes to {stream}; limits\\.{stream}Bytes may be raised to 67108864\\.$");
            Assert.Equal(
                (new string('o', stream == "stdout" ? Limit : 0), new string('e', stream == "stderr" ? Limit : 0)),
                (run.Run.Stdout, run.Run.Stderr));
        },
        spec => spec with { Limits = spec.Limits with { StdoutBytes = Limit, StderrBytes = Limit, TimeoutSeconds = 10 } });

    [RequiresToolFact("redis-server")]
    public Task StandardDescriptorsCanBeMovedButLeadNowhereElse() => node.AttackAsync("renumber_standard", run => run.AssertExit(
        42,
        "(to stdout) (to stdout) ",
        """
        1 to 1: success
        1 to 99: badf
        99 to 1: badf
        -1 to 1: badf
        1 to -1: badf
        write to 1: success
        1 to 0: success
        write to 1: badf
        write to 0: success
        read from 0: badf
        3 to 0: success
        write to 0: badf
        prestat of 0: success
        prestat of 3: badf
        open data/file.txt from 0: success
        its number: 1

        """));

    [RequiresToolFact("redis-server")]
    public Task StandardDescriptorsCanBeClosedAndAreGoneThen() => node.AttackAsync("close_standard", run => run.AssertExit(
        42,
        stderr: """
        close 0: success
        close 0 again: badf
        read from 0: badf
        close 1: success
        write to 1: badf
        fdstat of 1: badf
        open data/file.txt: success
        read from it: success
        write to it: badf
        close 3: success
        open data/file.txt: badf
        close -1: badf
        close 1,000,000: badf

        """));

    [RequiresToolFact("redis-server")]
    public async Task ManyArgumentsAndALongEnvironmentArriveWhole()
    {
        var arguments = Enumerable.Range(0, 10_000).Select(i => $"{i:D5}{new string('a', 200)}").ToArray();
        var environment = Enumerable.Range(0, 10_000).ToDictionary(i => $"A{i:D5}", _ => new string('e', 200));
        var expected = new StringBuilder("argv[0]=module.wasm\n");
        foreach (var (argument, index) in arguments.Select((argument, index) => (argument, index)))
        {
            expected.Append(CultureInfo.InvariantCulture, $"argv[{index + 1}]={argument}\n");
        }

        foreach (var (name, value) in environment.OrderBy(variable => variable.Key, StringComparer.Ordinal))
        {
            expected.Append(CultureInfo.InvariantCulture, $"{name}={value}\n");
        }

        await node.AttackAsync(
            RunningNode.Guest("c/env_args"),
            run =>
            {
                Assert.Equal((JobState.Completed, null), (run.Run.Result.State, run.Run.Result.Message));
                Assert.StartsWith(expected.ToString(), run.Run.Stdout, StringComparison.Ordinal);
            },
            spec => spec with
            {
                Args = arguments,
                Env = environment,
                Limits = spec.Limits with { StdoutBytes = 64 << 20, TimeoutSeconds = 10 },
            });
    }

    [RequiresToolFact("redis-server")]
    public Task ArgumentsThatDoNotFitItsMemoryFailTheGuestAndNobodyElse() => node.AttackAsync(
        RunningNode.Guest("c/env_args"),
        run => Assert.Equal((JobState.Failed, JobReason.ExitCode, 70), (run.Run.Result.State, run.Run.Result.Reason, run.Run.Result.ExitCode)),
        spec => spec with
        {
            Args = [new string('a', 8 << 20)],
            Limits = spec.Limits with { MemoryBytes = 4 << 20, TimeoutSeconds = 10 },
        });
}
