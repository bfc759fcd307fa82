;; Tags one open span for ever, each time with another key.
(module $tag_flood
  (import "dylibso:observe/api" "span-enter" (func $span_enter (param i32 i32)))
  (import "dylibso:observe/api" "span-tags" (func $span_tags (param i32 i32)))

  (memory (export "memory") 1)
  (data (i32.const 16) "tagged")
  (data (i32.const 32) "aaaa:value")

  (func $_start (export "_start")
    (call $span_enter (i32.const 16) (i32.const 6))
    (loop $again
      (i32.store (i32.const 32) (i32.add (i32.load (i32.const 32)) (i32.const 1)))
      (call $span_tags (i32.const 32) (i32.const 10))
      (br $again))))
