namespace WasmAspire.Tests.Observe;

/// <summary>Calls of host functions that report themselves, as WASI's do.</summary>
public sealed class HostCallTests
{
    [Fact]
    public void AHostCallIsAChildOfTheInnermostSpanOrFolded()
    {
        using var guest = new ObservedGuest().Run(
            """
            (module
              (import "host" "call" (func $call (param i32)))
              (import "dylibso:observe/api" "span-enter" (func $enter (param i32 i32)))
              (import "dylibso:observe/api" "span-exit" (func $exit))
              (memory (export "memory") 1)
              (data (i32.const 0) "outer")
              (func (export "run")
                (call $call (i32.const 10000))
                (call $call (i32.const 0))
                (call $enter (i32.const 0) (i32.const 5))
                (call $call (i32.const 0))
                (call $call (i32.const 0))
                (call $exit)))
            """,
            options => options with { MinimumDuration = TimeSpan.FromSeconds(5) });

        // One directly under the host's span is no root: it is kept by its duration alone.
        Assert.Equal("host.call\nouter\n", guest.Tree());
        Assert.Equal(10000, guest.Span("host.call").GetTagItem("host.milliseconds"));
        Assert.Equal(1L, guest.Execute!.GetTagItem("wasm.folded.calls"));
        Assert.Equal(2L, guest.Span("outer").GetTagItem("wasm.folded.calls"));
        Assert.Equal("host.call", guest.Span("outer").Events.Single().Tags.Single(tag => tag.Key == "code.function.name").Value);
        Assert.Equal((2, 3), (guest.Summary.Spans, guest.Summary.FoldedCalls));
        Assert.True(guest.CurrentWasKept);
    }

    [Fact]
    public void AHostCallIsNeverARoot()
    {
        using var guest = new ObservedGuest().Run(
            """(module (import "host" "call" (func $call (param i32))) (func (export "run") (call $call (i32.const 10000))))""",
            options => options with { Parent = null });

        Assert.Equal((0, 1), (guest.Summary.Spans, guest.Summary.FoldedCalls));
    }

    [Fact]
    public void AHostCallLiesWithinItsParent()
    {
        using var guest = new ObservedGuest().Run(
            """
            (module
              (import "host" "call" (func $call (param i32)))
              (import "dylibso:observe/instrument" "enter" (func $enter (param i32)))
              (import "dylibso:observe/instrument" "exit" (func $exit (param i32)))
              (func (export "run") (call $enter (i32.const 10)) (call $call (i32.const 10000)) (call $exit (i32.const 10))))
            """,
            options => options with { MinimumDuration = TimeSpan.Zero });

        Assert.Equal("func[10]\n  host.call\n", guest.Tree());
        var (parent, child) = (guest.Span("func[10]"), guest.Span("host.call"));
        Assert.True(parent.StartTimeUtc <= child.StartTimeUtc);
        Assert.True(child.StartTimeUtc + child.Duration <= parent.StartTimeUtc + parent.Duration);
    }
}
