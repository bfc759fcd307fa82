using Wasmtime;

namespace WasmAspire.Benchmarks.Flood;

/// <summary>A guest that gives telemetry as fast as it can and never ends.</summary>
internal static class FloodModule
{
    public static byte[] Bytes { get; } = Module.ConvertText("""
        (module
          (import "dylibso:observe/instrument" "enter" (func $enter (param i32)))
          (import "dylibso:observe/instrument" "exit" (func $exit (param i32)))
          (import "dylibso:observe/api" "span-enter" (func $span-enter (param i32 i32)))
          (import "dylibso:observe/api" "span-exit" (func $span-exit))
          (import "dylibso:observe/api" "span-tags" (func $tags (param i32 i32)))
          (import "dylibso:observe/api" "log" (func $log (param i32 i32 i32)))
          (import "dylibso:observe/api" "metric" (func $metric (param i32 i32 i32)))
          (memory (export "memory") 1)
          (data (i32.const 0) "a line of the flood, with a number: ")
          (data (i32.const 64) "n0000:1|c|#tag:0000")
          (func $quick (call $enter (i32.const 7)) (call $exit (i32.const 7)))
          (func (export "_start") (local $i i32)
            (call $enter (i32.const 8))
            (loop $forever
              (i32.store (i32.const 32) (local.get $i))
              (i32.store (i32.const 65) (i32.or (i32.const 0x30303030) (i32.and (local.get $i) (i32.const 0x0f0f0f0f))))
              (i32.store (i32.const 79) (i32.or (i32.const 0x30303030) (i32.and (local.get $i) (i32.const 0x0f0f0f0f))))
              (call $quick) (call $quick) (call $quick) (call $quick)
              (call $span-enter (i32.const 0) (i32.const 36))
              (call $tags (i32.const 64) (i32.const 6))
              (call $log (i32.const 3) (i32.const 0) (i32.const 36))
              (call $metric (i32.const 1) (i32.const 64) (i32.const 19))
              (call $span-exit)
              (local.set $i (i32.add (local.get $i) (i32.const 1)))
              (br $forever))))
        """);
}
