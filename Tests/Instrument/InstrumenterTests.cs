using WasmAspire.Instrument;
using Wasmtime;

namespace WasmAspire.Tests.Instrument;

/// <summary>What instrumented modules report, and that they still do what they did.</summary>
public sealed class InstrumenterTests
{
    /// <summary>A module, the arguments of its export <c>run</c>, its result, and what it reports.</summary>
    public static TheoryData<string, int, object?, string> Ways { get; } = new()
    {
        { "(func $run (export \"run\") (param i32) (result i32) local.get 0)", 7, 7, "+run -run" },
        { "(func $run (export \"run\") (param i32))", 7, null, "+run -run" },
        { "(func $run (export \"run\") (param i32) (result i32) (return (local.get 0)))", 7, 7, "+run -run" },
        { "(func $run (export \"run\") (param i32) (result i32) (block (loop (if (local.get 0) (then (return (i32.const 5)))))) i32.const 6)", 1, 5, "+run -run" },
        { "(func $run (export \"run\") (param i32) (result i32) (block (loop (if (local.get 0) (then (return (i32.const 5)))))) i32.const 6)", 0, 6, "+run -run" },
        { "(func $run (export \"run\") (param i32) (result i32) i32.const 9 (block (br 1 (i32.const 5))) unreachable)", 0, 5, "+run -run" },
        { "(func $run (export \"run\") (param i32) (result i32) (block (result i32) i32.const 8 local.get 0 br_table 0 1 0) drop i32.const 3)", 1, 8, "+run -run" },
        { "(func $run (export \"run\") (param i32) (result i32) (block (result i32) i32.const 8 local.get 0 br_table 0 1 0) drop i32.const 3)", 2, 3, "+run -run" },
        { "(func $run (export \"run\") (param i32) (result i32) i32.const 1 i32.const 2 i32.const 3 return)", 0, 3, "+run -run" },
        { "(func $run (export \"run\") (param i32) (result i32) (i32.add (call $f (local.get 0)) (call $f (i32.const 1)))) (func $f (param i32) (result i32) local.get 0)", 4, 5, "+run +f -f +f -f -run" },
        { "(func $run (export \"run\") (param i32) (result i32) (return_call $f (local.get 0))) (func $f (param i32) (result i32) local.get 0)", 4, 4, "+run -run +f -f" },
        { "(type $t (func (param i32) (result i32))) (table funcref (elem $f $g)) (func $run (export \"run\") (param i32) (result i32) (return_call_indirect (type $t) (i32.const 40) (local.get 0))) (func $f (param i32) (result i32) unreachable) (func $g (param i32) (result i32) (i32.add (local.get 0) (i32.const 2)))", 1, 42, "+run -run +g -g" },
        { "(type $t (func (result i32))) (table funcref (elem $f $g)) (func $run (export \"run\") (param i32) (result i32) (call_indirect (type $t) (local.get 0))) (func $f (result i32) i32.const 10) (func $g (result i32) i32.const 20)", 1, 20, "+run +g -g -run" },
        { "(func $run (export \"run\") (param i32) (result i32) (call $two) i32.sub) (func $two (result i32 i32) (if (i32.const 1) (then i32.const 9 i32.const 4 return)) i32.const 1 i32.const 1)", 0, 5, "+run +two -two -run" },
        { "(func $run (export \"run\") (param i32) (result i32) (local i64 i32) (local.set 2 (i32.const 3)) (i32.add (local.get 0) (local.get 2)))", 4, 7, "+run -run" },
        { "(func $run (export \"run\") (param i32) (result i32) (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 0)) (else (call $run (i32.sub (local.get 0) (i32.const 1))))))", 2, 0, "+run +run +run -run -run -run" },
        { "(memory 1 3) (func $run (export \"run\") (param i32) (result i32) (memory.grow (local.get 0)))", 2, 1, "+run grow 2 -run" },
        { "(memory 1 3) (func $run (export \"run\") (param i32) (result i32) (memory.grow (local.get 0)))", -1, -1, "+run grow 4294967295 -run" },
        { "(memory 1 3) (memory $b 0 9) (func $run (export \"run\") (param i32) (result i32) (memory.grow (i32.const 1)) (memory.grow $b (local.get 0)) i32.sub memory.size $b i32.sub)", 7, -6, "+run grow 1 grow 7 -run" },
        { "(func $start (global.set $g (i32.const 6))) (start $start) (global $g (mut i32) (i32.const 0)) (func $run (export \"run\") (param i32) (result i32) global.get $g)", 0, 6, "+start -start +run -run" },
        { "(global $r funcref (ref.func $f)) (table 2 funcref) (type $t (func (result i32))) (func $f (result i32) i32.const 33) (func $run (export \"run\") (param i32) (result i32) (table.set (i32.const 1) (global.get $r)) (call_indirect (type $t) (i32.const 1)))", 0, 33, "+run +f -f -run" },
        { "(table 4 funcref) (elem declare func $f) (type $t (func (result i32))) (func $f (result i32) i32.const 34) (func $run (export \"run\") (param i32) (result i32) (table.set (i32.const 1) (ref.func $f)) (call_indirect (type $t) (i32.const 1)))", 0, 34, "+run +f -f -run" },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void ReportsEachWayThroughAFunctionAndKeepsWhatItDoes(string body, int argument, object? result, string events)
    {
        foreach (var gates in new[] { true, false })
        {
            using var run = new ReportingRun($"(module {body})", new InstrumentOptions { All = true, Gates = gates });

            Assert.Equal(result, run.Call("run", argument));
            Assert.Equal(events, run.Events);
        }
    }

    [Fact]
    public void SkipsAsManyCallsAsTheGateSays()
    {
        using var run = new ReportingRun("""(module (func $f (param i32)) (func $run (export "run") (call $f (i32.const 1)) (call $f (i32.const 2)) (call $f (i32.const 3))))""");

        run.Gate("f").SetValue(2);
        run.Call("run");

        Assert.Equal("+run +f -f -run", run.Events);
        Assert.Equal(0, run.Gate("f").GetValue());
    }

    [Fact]
    public void MatchesEachExitWithItsEnterWhereverTheGateOpensOrCloses()
    {
        // The innermost call of a recursion finds the gate at 0 again; the outer ones have no exit for it.
        using var run = new ReportingRun("""(module (func $run (export "run") (param i32) (if (local.get 0) (then (call $run (i32.sub (local.get 0) (i32.const 1)))))))""");

        run.Gate("run").SetValue(2);
        run.Call("run", 3);

        Assert.Equal("+run +run -run -run", run.Events);
    }

    [Fact]
    public void SkipsTheExitBeforeATailCallOfASkippedCall()
    {
        using var run = new ReportingRun("""(module (func $f (param i32) (if (local.get 0) (then (return_call $f (i32.sub (local.get 0) (i32.const 1)))))) (func $run (export "run") (call $f (i32.const 3))))""");

        run.Gate("f").SetValue(1);
        run.Call("run");

        Assert.Equal("+run +f -f +f -f +f -f -run", run.Events);
    }

    [Fact]
    public void LeavesOpenWhatATrapEnds()
    {
        using var run = new ReportingRun("""(module (func $f unreachable) (func $run (export "run") call $f))""");

        Assert.Throws<TrapException>(() => run.Call("run"));

        Assert.Equal("+run +f", run.Events);
    }

    [Fact]
    public void LeavesAnInstrumentedModuleAlone()
    {
        var once = Instrumenter.Instrument(Module.ConvertText("""(module (func (export "run") call 0))"""));
        var twice = Instrumenter.Instrument(once.Wasm.Span);

        Assert.Equal(1, once.Report.Instrumented);
        Assert.Null(once.Report.InstrumentedBefore);
        Assert.Equal("wasmaspire-instrument 0.1.0", twice.Report.InstrumentedBefore);
        Assert.Equal(once.Wasm.ToArray(), twice.Wasm.ToArray());
    }
}
