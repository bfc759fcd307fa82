;; Makes a hundred spans with a name of 10 MiB, each name another, and a tag, a log and a metric as long.
(module $huge_span_name
  (import "dylibso:observe/api" "span-enter" (func $span_enter (param i32 i32)))
  (import "dylibso:observe/api" "span-exit" (func $span_exit))
  (import "dylibso:observe/api" "span-tags" (func $span_tags (param i32 i32)))
  (import "dylibso:observe/api" "log" (func $log (param i32 i32 i32)))
  (import "dylibso:observe/api" "metric" (func $metric (param i32 i32 i32)))

  (memory (export "memory") 170)

  (func $_start (export "_start") (local $left i32)
    (memory.fill (i32.const 0) (i32.const 0x6e) (i32.const 0xaa0000))
    (local.set $left (i32.const 100))
    (loop $again
      (i32.store (i32.const 0) (i32.add (i32.const 0x61616161) (local.get $left)))
      (call $span_enter (i32.const 0) (i32.const 0xa00000))
      (call $span_tags (i32.const 0) (i32.const 0xa00000))
      (call $log (i32.const 1) (i32.const 0) (i32.const 0xa00000))
      (call $metric (i32.const 1) (i32.const 0) (i32.const 0xa00000))
      (call $span_exit)
      (br_if $again (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))))
