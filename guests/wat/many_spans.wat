;; `spans` makes as many spans as its argument says, one after another, each as short as can be,
;; inside one that is tagged and so is kept.
(module $many_spans
  (import "dylibso:observe/api" "span-enter" (func $span_enter (param i32 i32)))
  (import "dylibso:observe/api" "span-exit" (func $span_exit))
  (import "dylibso:observe/api" "span-tags" (func $span_tags (param i32 i32)))

  (memory (export "memory") 1)
  (data (i32.const 16) "many")
  (data (i32.const 24) "short")
  (data (i32.const 32) "kind:short")

  (func $spans (export "spans") (param $count i32)
    (call $span_enter (i32.const 16) (i32.const 4))
    (call $span_tags (i32.const 32) (i32.const 10))
    (block $done
      (loop $again
        (br_if $done (i32.eqz (local.get $count)))
        (call $span_enter (i32.const 24) (i32.const 5))
        (call $span_exit)
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $again)))
    (call $span_exit)))
