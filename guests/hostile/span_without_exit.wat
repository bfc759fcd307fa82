;; Opens a million spans, each in the one before, and closes none of them.
(module $span_without_exit
  (import "dylibso:observe/api" "span-enter" (func $span_enter (param i32 i32)))

  (memory (export "memory") 1)
  (data (i32.const 16) "open")

  (func $_start (export "_start") (local $left i32)
    (local.set $left (i32.const 1000000))
    (loop $again
      (call $span_enter (i32.const 16) (i32.const 4))
      (br_if $again (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))))
