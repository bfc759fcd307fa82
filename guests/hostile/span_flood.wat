;; Makes spans for ever, each with a tag, so that none is too short to be kept.
(module $span_flood
  (import "dylibso:observe/api" "span-enter" (func $span_enter (param i32 i32)))
  (import "dylibso:observe/api" "span-exit" (func $span_exit))
  (import "dylibso:observe/api" "span-tags" (func $span_tags (param i32 i32)))

  (memory (export "memory") 1)
  (data (i32.const 16) "flood")
  (data (i32.const 32) "kept:yes")

  (func $_start (export "_start")
    (loop $again
      (call $span_enter (i32.const 16) (i32.const 5))
      (call $span_tags (i32.const 32) (i32.const 8))
      (call $span_exit)
      (br $again))))
