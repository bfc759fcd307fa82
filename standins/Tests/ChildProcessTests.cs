using System.Threading.Channels;
using Aspire.Hosting;
using Aspire.Hosting.Orchestrator;

namespace WasmAspire.Tests.StandIns;

public sealed class ChildProcessTests
{
    private readonly Channel<string> lines = Channel.CreateUnbounded<string>();

    [LinuxTheory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("kill -TERM $$", 143)]
    [InlineData("kill -KILL $$", 137)]
    [InlineData("kill -SEGV $$", 139)]
    public async Task ExitCodeIsTheProgramsOwn(string script, int code) =>
        Assert.Equal(code, await (await Start(script)).Exited.InTime());

    [LinuxFact]
    public async Task ProgramHasASessionAndAProcessGroupOfItsOwn()
    {
        var process = await Start("echo $$; exec sleep 1000");
        var pid = int.Parse(await NextLine(), null);

        var (group, session) = ProcFileSystem.FindGroup(pid)!.Value;
        var (_, ownSession) = ProcFileSystem.FindGroup(Environment.ProcessId)!.Value;
        Assert.Equal(process.Group, group);
        Assert.Equal(process.Group, session);
        Assert.NotEqual(ownSession, session);

        await process.StopAsync(TimeSpan.FromSeconds(10));
        await AssertGoneAsync(process);
    }

    [LinuxFact]
    public async Task ProgramIsAskedToEndAndItsExitCodeKept()
    {
        var process = await Start("trap 'echo asked; exit 3' TERM; echo up; sleep 1000 & wait");
        await NextLine();

        await process.StopAsync(TimeSpan.FromSeconds(30));

        Assert.Equal("asked", await NextLine());
        Assert.Equal(3, await process.Exited);
    }

    [LinuxFact]
    public async Task ProgramThatIsAskedAtOnceEndsToo()
    {
        // Again and again: at no moment of the start may the request get lost.
        for (var attempt = 0; attempt < 50; attempt++)
        {
            var process = await Start("exec sleep 1000");

            await process.StopAsync(TimeSpan.FromSeconds(30)).InTime();

            Assert.Equal(143, await process.Exited);
            await AssertGoneAsync(process);
        }
    }

    [LinuxFact]
    public async Task ProgramHearsEverySignal()
    {
        var process = await Start("echo $$; exec sleep 1000");
        Signals.Send(int.Parse(await NextLine(), null), "INT");

        Assert.Equal(130, await process.Exited.InTime());
    }

    [LinuxFact]
    public async Task ProgramThatDoesNotEndIsKilledWithItsChildren()
    {
        var process = await Start("trap '' TERM; sh -c 'trap \"\" TERM; echo up; while :; do sleep 0.1; done'");
        await NextLine();

        await process.StopAsync(TimeSpan.FromMilliseconds(200));

        Assert.Equal(137, await process.Exited.InTime());
        await AssertGoneAsync(process);
    }

    [LinuxFact]
    public async Task WhatAProgramLeavesBehindIsKilled()
    {
        var process = await Start("sh -c 'trap \"\" TERM; echo up; while :; do sleep 0.1; done' & read -r _ < /dev/null; exit 5");
        Assert.Equal(5, await process.Exited.InTime());

        await AssertGoneAsync(process);
    }

    [LinuxFact]
    public async Task DeathOfTheGuardIsTheProgramsEnd()
    {
        var process = await Start("echo $$; exec sleep 1000");
        var pid = int.Parse(await NextLine(), null);

        // The guard alone: the group's leader.
        Signals.Send(process.Group, "KILL");

        Assert.Equal(137, await process.Exited.InTime());
        await Patience.Until(() => !ProcFileSystem.Exists(pid), () => "The program outlived its guard.");
    }

    [LinuxFact]
    public async Task EnvironmentReachesTheProgramWhateverItsNames()
    {
        var environment = new Dictionary<string, string> { ["services__my-api__http__0"] = "http://localhost:1", ["A.B"] = "x=y z", ["EMPTY"] = "" };
        // Not by way of sh, which drops such names.
        var process = await ChildProcess.StartAsync(new("/usr/bin/env", [], "/tmp", environment, []), (text, _) => lines.Writer.TryWrite(text));

        await process.Exited.InTime();

        Assert.Superset(environment.Select(e => $"{e.Key}={e.Value}").ToHashSet(), ReadAll().ToHashSet());
    }

    [LinuxFact]
    public async Task ProgramReadsNothingAndItsArgumentsAreNotTheShells()
    {
        var process = await ChildProcess.StartAsync(
            new("/bin/sh", ["-c", "cat; printf '%s\\n' \"$1\" >&2", "sh", "$HOME `id` 'x' *"], "/tmp", new Dictionary<string, string>(), []),
            (text, isError) => lines.Writer.TryWrite($"{isError} {text}"));

        Assert.Equal(0, await process.Exited.InTime());
        Assert.Equal(["True $HOME `id` 'x' *"], ReadAll());
    }

    [LinuxTheory]
    [InlineData("printf 'a\\nb'", new[] { "a", "b" })]
    [InlineData("printf 'a\\r\\n\\nb\\n'", new[] { "a", "", "b" })]
    [InlineData("printf 'h\\303\\244\\377\\n'", new[] { "hä\uFFFD" })]
    public async Task OutputComesByLines(string script, string[] expected)
    {
        await (await Start(script)).Exited.InTime();

        Assert.Equal(expected, ReadAll());
    }

    [LinuxFact]
    public async Task LineWithoutEndIsCut()
    {
        await (await Start("head -c 3000000 /dev/zero | tr '\\0' x; printf '\\nnext\\n'")).Exited.InTime();

        Assert.Equal([new string('x', OutputReader.MaxLineLength) + "… (cut)", "next"], ReadAll());
    }

    [LinuxFact]
    public async Task MissingFolderIsNamed()
    {
        var e = await Assert.ThrowsAsync<DistributedApplicationException>(() =>
            ChildProcess.StartAsync(new("/bin/true", [], "/no/such/folder", new Dictionary<string, string>(), []), (_, _) => { }));

        Assert.Equal("The working directory '/no/such/folder' does not exist.", e.Message);
    }

    private Task<ChildProcess> Start(string script, IReadOnlyDictionary<string, string>? environment = null) =>
        ChildProcess.StartAsync(new("/bin/sh", ["-c", script], "/tmp", environment ?? new Dictionary<string, string>(), []), (text, _) => lines.Writer.TryWrite(text));

    /// <summary>Killed they are when the process has ended; the kernel takes a moment to clear them away.</summary>
    private static Task AssertGoneAsync(ChildProcess process) =>
        Patience.Until(() => ProcFileSystem.FindByGroup(process.Group).Count == 0, () => $"Of the group are left: {string.Join(", ", ProcFileSystem.FindByGroup(process.Group))}");

    private async Task<string> NextLine() => await lines.Reader.ReadAsync(Patience.Token);

    private List<string> ReadAll()
    {
        var all = new List<string>();
        while (lines.Reader.TryRead(out var line))
        {
            all.Add(line);
        }

        return all;
    }
}
