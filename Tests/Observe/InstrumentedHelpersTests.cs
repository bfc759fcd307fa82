namespace WasmAspire.Tests.Observe;

/// <summary>
/// A guest whose functions are instrumented, those included that open and close its manual spans: a binding's helpers
/// that were not inlined. Each helper's own call is then open while the span begins, and again while it ends.
/// </summary>
public sealed class InstrumentedHelpersTests
{
    private const string Guest = """
        (import "dylibso:observe/instrument" "enter" (func $enter (param i32)))
        (import "dylibso:observe/instrument" "exit" (func $exit (param i32)))
        (import "dylibso:observe/api" "span-enter" (func $span_enter (param i32 i32)))
        (import "dylibso:observe/api" "span-exit" (func $span_exit))
        (import "dylibso:observe/api" "span-tags" (func $span_tags (param i32 i32)))
        (import "dylibso:observe/api" "log" (func $log (param i32 i32 i32)))
        (memory (export "memory") 1)
        (data (i32.const 0) "outer")
        (data (i32.const 16) "inner")
        (data (i32.const 32) "count:3")
        (func $begin (param $name i32)                                    ;; 6
          (call $enter (i32.const 6)) (call $span_enter (local.get $name) (i32.const 5)) (call $exit (i32.const 6)))
        (func $begin_and_log (param $name i32)                            ;; 7
          (call $enter (i32.const 7)) (call $span_enter (local.get $name) (i32.const 5))
          (call $log (i32.const 3) (local.get $name) (i32.const 5)) (call $exit (i32.const 7)))
        (func $tag                                                        ;; 8
          (call $enter (i32.const 8)) (call $span_tags (i32.const 32) (i32.const 7)) (call $exit (i32.const 8)))
        (func $end                                                        ;; 9
          (call $enter (i32.const 9)) (call $span_exit) (call $exit (i32.const 9)))
        (func $work                                                       ;; 10
          (call $enter (i32.const 10)) (call $exit (i32.const 10)))
        """;

    private const string Nested = $"""
        (module {Guest}
          (func $main                                                     ;; 11
            (call $enter (i32.const 11))
            (call $begin (i32.const 0))
            (call $begin (i32.const 16)) (call $tag) (call $work) (call $end)
            (call $end)
            (call $exit (i32.const 11)))
          (func (export "run") (call $main)))
        """;

    [Fact]
    public void SpansOutliveTheCallThatBeganThemAndEndInsideTheOneThatEndsThem()
    {
        using var guest = new ObservedGuest().Run(Nested, options => options with { MinimumDuration = TimeSpan.Zero });

        Assert.Equal("""
            main
              begin
              outer
                begin
                inner
                  tag
                  work
                end
              end

            """, guest.Tree());
        Assert.Equal(3L, guest.Span("inner").GetTagItem("count"));
        Assert.Equal(9, guest.Summary.Spans);
        Assert.Equal(0, guest.Summary.Malformed);
    }

    [Fact]
    public void ShortHelpersFoldAndLeaveTheTreeThatTheSourceShows()
    {
        using var guest = new ObservedGuest().Run(Nested, options => options with { MinimumDuration = TimeSpan.FromHours(1) });

        Assert.Equal("main\n  outer\n    inner\n", guest.Tree());
        Assert.Equal(6, guest.Summary.FoldedCalls);
        Assert.Equal(0, guest.Summary.Malformed);
    }

    [Fact]
    public void ASpanThatWasMadeInsideItsHelperStaysThere()
    {
        using var guest = new ObservedGuest().Run(
            $"""
            (module {Guest}
              (func $main                                                 ;; 11
                (call $enter (i32.const 11))
                (call $begin_and_log (i32.const 0)) (call $begin (i32.const 16)) (call $tag) (call $end) (call $end)
                (call $exit (i32.const 11)))
              (func (export "run") (call $main)))
            """,
            options => options with { MinimumDuration = TimeSpan.FromHours(1) });

        Assert.Equal("main\n  begin_and_log\n    outer\n      inner\n", guest.Tree());
        Assert.Equal(guest.Span("outer").SpanId, Assert.Single(guest.Logs).SpanId);
        Assert.Equal(4, guest.Summary.FoldedCalls);
        Assert.Equal(0, guest.Summary.Malformed);
    }

    [Fact]
    public void ASpanWithoutAnEndIsMarkedAndOutlivesItsFunction()
    {
        using var guest = new ObservedGuest().Run(
            $"""
            (module {Guest}
              (func $forgets                                              ;; 11
                (call $enter (i32.const 11)) (call $begin (i32.const 0)) (call $exit (i32.const 11)))
              (func (export "run") (call $forgets) (call $work)))
            """,
            options => options with { MinimumDuration = TimeSpan.Zero });

        Assert.Equal("forgets\n  begin\nouter\n  work\n", guest.Tree());
        Assert.Equal(true, guest.Span("outer").GetTagItem("wasm.span.unbalanced"));
        Assert.Null(guest.Span("forgets").GetTagItem("wasm.span.unbalanced"));
    }
}
