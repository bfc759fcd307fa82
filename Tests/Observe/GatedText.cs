namespace WasmAspire.Tests.Observe;

/// <summary>What the instrumenter makes of functions, as text.</summary>
internal static class GatedText
{
    /// <summary>Imports, a memory of one page, and the section that says who made the module. The first own function has the index <see cref="First"/>.</summary>
    public const string Head = """
        (import "dylibso:observe/instrument" "enter" (func $enter (param i32)))
        (import "dylibso:observe/instrument" "exit" (func $exit (param i32)))
        (import "dylibso:observe/instrument" "memory-grow" (func $announce (param i32)))
        (import "dylibso:observe/api" "span-enter" (func $span-enter (param i32 i32)))
        (import "dylibso:observe/api" "span-exit" (func $span-exit))
        (import "dylibso:observe/api" "span-tags" (func $tags (param i32 i32)))
        (import "dylibso:observe/api" "metric" (func $metric (param i32 i32 i32)))
        (import "dylibso:observe/api" "log" (func $log (param i32 i32 i32)))
        (import "host" "call" (func $host-call (param i32)))
        (import "host" "spin" (func $spin (param i32)))
        (memory (export "memory") 1)
        (data (i32.const 0) "text")
        """ + Producer;

    public const string Producer = """(@custom "producers" "\01\0cprocessed-by\01\15wasmaspire-instrument\050.1.0")""";

    /// <summary>Number of the imports.</summary>
    public const int First = 10;

    /// <summary>The gate of a function: the global <c>$gateN</c>.</summary>
    public static string Gate(int index) => $"""(global $gate{index} (export "wasmaspire:gate/{index}") (mut i32) (i32.const 0))""";

    /// <summary>An instrumented function without its gate's global. Its gate's value on entry is its last local.</summary>
    /// <param name="index">Its index.</param>
    /// <param name="head">Its name, parameters and result: <c>$f (param $n i32) (result i32)</c>.</param>
    /// <param name="body">What it does, without a return.</param>
    public static string Function(int index, string head, string body) => $"""
        (func {head} (local $passed i32)
          (if (local.tee $passed (global.get $gate{index}))
            (then (global.set $gate{index} (i32.sub (local.get $passed) (i32.const 1))))
            (else (call $enter (i32.const {index}))))
          (block {(head.Contains("(result i32)", StringComparison.Ordinal) ? "(result i32)" : "")} {body})
          (if (i32.eqz (local.get $passed)) (then (call $exit (i32.const {index})))))
        """;

    /// <summary>An instrumented function and its gate.</summary>
    public static string GatedFunction(int index, string head, string body) => Gate(index) + Function(index, head, body);

    /// <summary>Code that calls again and again.</summary>
    /// <param name="count">How often.</param>
    /// <param name="body">What to do; <c>$i</c>, a local of the function, counts down to 1.</param>
    public static string Repeat(int count, string body) => $"""
        (local.set $i (i32.const {count}))
        (loop $again {body} (br_if $again (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
        """;

    /// <summary>The exported function <c>run</c>, with no telemetry of its own but one call around all.</summary>
    public static string Run(string body) => $"""
        (func (export "run") (local $i i32)
          (call $enter (i32.const 99)) {body} (call $exit (i32.const 99)))
        """;
}
