using System.Diagnostics;
using WasmAspire.Observe;
using Wasmtime;
using static WasmAspire.Tests.Observe.GatedText;

namespace WasmAspire.Tests.Observe;

/// <summary>Sessions and instances whose lives do not match.</summary>
public sealed class AttachTests : IDisposable
{
    private static readonly byte[] Wasm = Module.ConvertText($"""
        (module {Head} {GatedFunction(First, "$f", "")}
          (func (export "outer") (call $enter (i32.const 99)))
          (func (export "grow") (call $announce (i32.const 2)) (drop (memory.grow (i32.const 1))))
          (func (export "calls") (param $i i32)
            (loop $again (call $f) (br_if $again (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))))
        """);

    // Sources are one a process: of all that ends, the test's own.
    private readonly ActivityTraceId trace = ActivityTraceId.CreateRandom();
    private readonly List<Activity> ended = [];
    private readonly ActivityListener listener;
    private readonly Engine engine = new();
    private readonly Module module;
    private readonly Linker linker;

    public AttachTests()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ObserveSession.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if (span.TraceId == trace)
                {
                    ended.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        module = Module.FromBytes(engine, "module", Wasm);
        linker = new Linker(engine);
        linker.DefineObserve();
        linker.DefineFunction("host", "call", (int _) => { });
        linker.DefineFunction("host", "spin", (int _) => { });
    }

    public void Dispose()
    {
        linker.Dispose();
        module.Dispose();
        engine.Dispose();
        listener.Dispose();
    }

    [Fact]
    public void AStoreMayBeGoneBeforeItsSession()
    {
        using var session = Start();
        using (var store = new Store(engine, session))
        {
            Open(store, session)(10_000);
        }

        session.Complete(GuestOutcome.Success);

        // What was left of the last window nobody knows.
        Assert.InRange(session.Summary.GatedCalls, 0, 10_000);
        Assert.InRange(session.Summary.Spans + session.Summary.FoldedCalls, 257, 10_001 - session.Summary.GatedCalls);
    }

    [Fact]
    public void AGrowthThatNobodyCanSeeAnyMoreCountsAsAnnounced()
    {
        using var session = Start();
        using (var store = new Store(engine, session))
        {
            Open(store, session);
            linker.Instantiate(store, module).GetAction("grow")!();
        }

        session.Complete(GuestOutcome.Success);

        Assert.Equal(2L, Assert.Single(ended).GetTagItem("wasm.memory.grow"));
    }

    [Fact]
    public void AnInstanceOfAStoreThatIsGoneIsNeverGated()
    {
        using var session = Start();
        var other = new Store(engine, session);
        session.Attach(linker.Instantiate(other, module));
        other.Dispose();
        using var store = new Store(engine, session);

        Open(store, session)(10_000);
        session.Complete(GuestOutcome.Success);

        Assert.Equal((10_001, 0), (session.Summary.Spans + session.Summary.FoldedCalls, session.Summary.GatedCalls));
    }

    [Fact]
    public void OfTwoInstancesOfAModuleTheFirstIsGatedAndAllCallsAreCounted()
    {
        using var session = Start();
        using var store = new Store(engine, session);
        var first = Open(store, session);
        var second = linker.Instantiate(store, module);
        session.Attach(second);
        var calls = second.GetAction<int>("calls")!;
        for (var i = 0; i < 5; i++)
        {
            first(1_000);
            calls(1_000);
        }

        session.Complete(GuestOutcome.Success);

        Assert.InRange(session.Summary.GatedCalls, 1, 5_000);
        Assert.Equal(10_001, session.Summary.Spans + session.Summary.FoldedCalls + session.Summary.GatedCalls);
        Assert.Equal(0, second.GetGlobal("wasmaspire:gate/10")!.GetValue());
    }

    [Fact]
    public void GatedCallsAreToldOnTheLastParent()
    {
        using var instantiate = NewParent();
        using var execute = NewParent();
        using var session = Start(instantiate);
        using var store = new Store(engine, session);
        Open(store, session)(10_000);
        session.Parent = execute;

        session.Complete(GuestOutcome.Success);

        Assert.Null(instantiate.GetTagItem("wasm.gated.calls"));
        Assert.Equal(session.Summary.GatedCalls, execute.GetTagItem("wasm.gated.calls"));
    }

    [Fact]
    public void AfterItsEndASessionWritesNoGates()
    {
        using var session = Start();
        using var store = new Store(engine, session);
        var instance = linker.Instantiate(store, module);
        session.Complete(GuestOutcome.Success);
        session.Attach(instance);

        instance.GetAction<int>("calls")!(10_000);

        Assert.Equal((10_000, 0), (session.Summary.FoldedCalls, session.Summary.GatedCalls));
        Assert.Equal(0, instance.GetGlobal("wasmaspire:gate/10")!.GetValue());
    }

    [Fact]
    public void TheInstanceIsOneOfTheSessionsModules()
    {
        using var session = Start();
        using var store = new Store(engine, session);
        var instance = linker.Instantiate(store, module);

        Assert.Throws<ArgumentNullException>(() => session.Attach(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => session.Attach(instance, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => session.Attach(instance, 1));
    }

    [Fact]
    public void CallsAllocateNothingOnceTheirFunctionIsKnown()
    {
        using var session = Start();
        using var store = new Store(engine, session);
        var calls = Open(store, session);
        calls(100_000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        calls(1_000_000);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
    }

    private Activity NewParent() => new Activity("parent").SetParentId(trace, ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded).Start();

    private ObserveSession Start(Activity? parent = null) => ObserveSession.Start(new ObserveOptions
    {
        Modules = [new SessionModule(ObservedModule.Read(Wasm), "module")],
        Parent = parent ?? NewParent(),
        MinimumDuration = TimeSpan.FromHours(1),
    });

    // Below one call, so that the others are no outermost spans.
    private Action<int> Open(Store store, ObserveSession session)
    {
        var instance = linker.Instantiate(store, module);
        session.Attach(instance);
        instance.GetAction("outer")!();
        return instance.GetAction<int>("calls")!;
    }
}
