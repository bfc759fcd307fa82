using System.Globalization;
using WasmAspire.Jobs;
using WasmAspire.Tests.Redis;
using WasmAspire.Tests.Requires;
using Wasmtime;

namespace WasmAspire.Tests.ComputeNode;

[Collection(RunsAlone.Name)]
public sealed class ImportModulesTests(RedisServer redis) : IClassFixture<RedisServer>, IAsyncLifetime, IDisposable
{
    private readonly RecordedTrace trace = new();
    private RunningNode node = null!;

    public async Task InitializeAsync() => node = await RunningNode.StartAsync(redis);

    public async Task DisposeAsync() => await node.DisposeAsync();

    public void Dispose() => trace.Dispose();

    [RequiresToolFact("redis-server")]
    public async Task TheyAreLinkedByNameInWhicheverOrderTheyCome()
    {
        var run = await RunAsync(
            """(import "twice" "twice" (func $twice (param i32) (result i32))) (func (export "run") (result i32) (call $twice (i32.const 21)))""",
            ("twice", """(import "add.wasm" "add" (func $add (param i32 i32) (result i32))) (func (export "twice") (param i32) (result i32) (call $add (local.get 0) (local.get 0)))"""),
            ("unused", "(memory 1)"),
            ("add.wasm", """(func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))"""));

        Assert.Equal((JobState.Completed, "42"), (run.Result.State, run.Result.Results[0].GetRawText()));
    }

    [RequiresToolFact("redis-server")]
    public async Task EachHasWasiOnItsOwnMemory()
    {
        const string Say = """
            (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32))) {1}
            (memory (export "memory") 1) (data (i32.const 0) "\08\00\00\00\04\00\00\00{0}")
            (func (export "say") (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 100))))
            """;
        var run = await RunAsync(
            string.Format(CultureInfo.InvariantCulture, Say, "two\\n", """(import "first" "say" (func $first))""") + """(func (export "run") (call $first) (call 2))""",
            ("first", string.Format(CultureInfo.InvariantCulture, Say, "one\\n", "")));

        Assert.Equal((JobState.Completed, "one\ntwo\n"), (run.Result.State, run.Stdout));
    }

    [RequiresToolFact("redis-server")]
    public async Task TablesMemoriesAndGlobalsAreSharedToo()
    {
        var run = await RunAsync(
            """
            (import "all" "memory" (memory 1)) (import "all" "global" (global $g (mut i32))) (import "all" "table" (table 1 funcref)) (import "all" "get" (func $get (result i32)))
            (func (export "run") (result i32) (i32.store (i32.const 8) (i32.const 40)) (global.set $g (i32.const 2)) (call_indirect (result i32) (i32.const 0)))
            """,
            ("all", """
            (memory (export "memory") 1) (global (export "global") (mut i32) (i32.const 0)) (table (export "table") 1 funcref) (elem (i32.const 0) $get)
            (func $get (export "get") (result i32) (i32.add (i32.load (i32.const 8)) (global.get 0)))
            """));

        Assert.Equal((JobState.Completed, "42"), (run.Result.State, run.Result.Results[0].GetRawText()));
    }

    [RequiresToolFact("redis-server")]
    public async Task AReactorIsInitializedBeforeItIsCalled()
    {
        var run = await RunAsync(
            """(import "counter" "get" (func $get (result i32))) (global $seen (mut i32) (i32.const 0)) (func $begin (global.set $seen (call $get))) (start $begin) (func (export "run") (result i32) (global.get $seen))""",
            ("counter", """(global $count (mut i32) (i32.const 0)) (func (export "_initialize") (global.set $count (i32.const 7))) (func (export "get") (result i32) (global.get $count))"""));

        Assert.Equal((JobState.Completed, "7"), (run.Result.State, run.Result.Results[0].GetRawText()));
    }

    [RequiresToolFact("redis-server")]
    public async Task AModuleFromCIsOne()
    {
        var library = new JobImport("add.wasm", await node.Blobs.PutAsync(RunningNode.Guest("c/add")));
        var module = Module.ConvertText("""(module (import "add.wasm" "add" (func $add (param i32 i32) (result i32))) (func (export "run") (result i32) (call $add (i32.const 20) (i32.const 22))))""");

        var run = await node.RunAsync(module, spec => spec with { Entrypoint = "run", Imports = [library] });

        Assert.Equal((JobState.Completed, "42"), (run.Result.State, run.Result.Results[0].GetRawText()));
    }

    [RequiresToolFact("redis-server")]
    public async Task ACircleIsRefused()
    {
        var run = await RunAsync(
            """(import "a" "f" (func)) (func (export "run"))""",
            ("a", """(import "b" "f" (func)) (func (export "f"))"""),
            ("b", """(import "c" "f" (func)) (func (export "f"))"""),
            ("c", """(import "b" "f" (func)) (func (export "f"))"""));

        Assert.Equal((JobState.Failed, JobReason.MissingImport, "The imports form a circle: b → c → b."), (run.Result.State, run.Result.Reason, run.Result.Message));
    }

    [RequiresToolTheory("redis-server")]
    [InlineData("""(import "lib" "g" (func))""", "unknown import: `lib::g` has not been defined")]
    [InlineData("""(import "other" "f" (func))""", "unknown import: `other::f` has not been defined")]
    [InlineData("""(import "lib" "f" (func (param i32)))""", "incompatible import type for `lib::f`")]
    public async Task WhatDoesNotFitIsMissing(string import, string message)
    {
        var run = await RunAsync($"""{import} (func (export "run"))""", ("lib", """(func (export "f"))"""));

        Assert.Equal((JobState.Failed, JobReason.MissingImport), (run.Result.State, run.Result.Reason));
        Assert.StartsWith(message, run.Result.Message, StringComparison.Ordinal);
        Assert.EndsWith("and by their names the modules of the job's imports.", run.Result.Message, StringComparison.Ordinal);
    }

    [RequiresToolFact("redis-server")]
    public async Task AnExitInOneIsTheJobs()
    {
        var run = await RunAsync(
            """(import "lib" "leave" (func $leave)) (func (export "run") (call $leave))""",
            ("lib", """(import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32))) (func (export "leave") (call $exit (i32.const 9)))"""));

        Assert.Equal((JobState.Failed, JobReason.ExitCode, 9L), (run.Result.State, run.Result.Reason, run.Result.ExitCode));
    }

    [RequiresToolFact("redis-server")]
    public async Task ATrapNamesTheFunctionsOfEachModule()
    {
        var run = await RunAsync(
            """(import "lib" "boom" (func $boom)) (func $main (export "run") (call $boom))""",
            ("lib", """(func $other) (func $boom (export "boom") (call $inner)) (func $inner unreachable)"""));

        Assert.Equal((JobState.Failed, JobReason.Trap), (run.Result.State, run.Result.Reason));
        var log = Assert.Single(node.Logs, line => line.Contains("exception.stacktrace=", StringComparison.Ordinal));
        Assert.Matches(@"exception.stacktrace=   at inner \(0x[0-9a-f]+\)\n   at boom \(0x[0-9a-f]+\)\n   at main \(0x[0-9a-f]+\)\n", log);
        Assert.Contains(" wasm.module=lib", log, StringComparison.Ordinal);
    }

    [RequiresToolFact("redis-server")]
    public async Task SpansSayWhichModuleTheyAreOf()
    {
        const string Span = """
            (import "dylibso:observe/api" "span-enter" (func $enter (param i32 i32))) (import "dylibso:observe/api" "span-exit" (func $exit)) {1}
            (memory (export "memory") 1) (data (i32.const 0) "{0}")
            """;
        var run = await RunAsync(
            string.Format(CultureInfo.InvariantCulture, Span, "outer", """(import "lib" "work" (func $work))""") + """(func (export "run") (call $enter (i32.const 0) (i32.const 5)) (call $work) (call $exit))""",
            ("lib", string.Format(CultureInfo.InvariantCulture, Span, "inner", "") + """(func (export "work") (call $enter (i32.const 0) (i32.const 5)) (call $exit))"""));

        Assert.Equal(JobState.Completed, run.Result.State);
        Assert.Equal(["outer job", "inner lib"], trace.GuestSpans.Select(span => $"{span.OperationName} {span.GetTagItem("wasm.module")}"));
        Assert.Equal(trace.GuestSpans[0].SpanId, trace.GuestSpans[1].ParentSpanId);
    }

    [RequiresToolFact("redis-server")]
    public async Task EachIsInstrumentedWhereTheJobAsksForIt()
    {
        var run = await RunAsync(
            spec => spec with { Observe = spec.Observe with { Instrument = ObserveSettings.Automatic } },
            """(import "lib" "work" (func $work (param i32))) (func $main (export "run") (call $work (i32.const 3)))""",
            ("lib", """(func $work (export "work") (param i32) (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))"""));

        Assert.Equal((JobState.Completed, null), (run.Result.State, run.Result.Message));
        Assert.Equal(["main job", "work lib"], trace.GuestSpans.Select(span => $"{span.OperationName} {span.GetTagItem("wasm.module")}"));
    }

    private Task<RunningNode.Run> RunAsync(string entry, params (string Name, string Fields)[] imports) => RunAsync(spec => spec, entry, imports);

    private async Task<RunningNode.Run> RunAsync(Func<JobSpec, JobSpec> configure, string entry, params (string Name, string Fields)[] imports)
    {
        var modules = new List<JobImport>();
        foreach (var (name, fields) in imports)
        {
            modules.Add(new JobImport(name, await node.Blobs.PutAsync(Module.ConvertText($"(module {fields})"))));
        }

        return await node.RunAsync(
            Module.ConvertText($"(module {entry})"),
            spec => configure(spec with { Name = "job", Entrypoint = "run", Imports = modules, Observe = new ObserveSettings { MinSpanMicroseconds = 0, Wasi = false } }),
            trace.Context());
    }
}
