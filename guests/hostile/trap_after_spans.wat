;; Traps under three open spans, after a hundred that were closed.
(module $trap_after_spans
  (import "dylibso:observe/api" "span-enter" (func $span_enter (param i32 i32)))
  (import "dylibso:observe/api" "span-exit" (func $span_exit))
  (import "dylibso:observe/api" "span-tags" (func $span_tags (param i32 i32)))

  (memory (export "memory") 1)
  (data (i32.const 16) "closed")
  (data (i32.const 32) "open")
  (data (i32.const 48) "kept:yes")

  (func $_start (export "_start") (local $left i32)
    (local.set $left (i32.const 100))
    (loop $again
      (call $span_enter (i32.const 16) (i32.const 6))
      (call $span_tags (i32.const 48) (i32.const 8))
      (call $span_exit)
      (br_if $again (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
    (call $span_enter (i32.const 32) (i32.const 4))
    (call $span_enter (i32.const 32) (i32.const 4))
    (call $span_enter (i32.const 32) (i32.const 4))
    unreachable))
