;; The Observe API under its old module name, with underscores and 64-bit pointers.
(module $old_names
  (import "dylibso_observe" "instrument_enter" (func $instrument_enter (param i32)))
  (import "dylibso_observe" "instrument_exit" (func $instrument_exit (param i32)))
  (import "dylibso_observe" "instrument_memory_grow" (func $instrument_memory_grow (param i32)))
  (import "dylibso_observe" "span_enter" (func $span_enter (param i64 i32)))
  (import "dylibso_observe" "span_exit" (func $span_exit))
  (import "dylibso_observe" "span_tags" (func $span_tags (param i64 i32)))
  (import "dylibso_observe" "metric" (func $metric (param i32 i64 i32)))
  (import "dylibso_observe" "log" (func $log (param i32 i64 i32)))

  (memory (export "memory") 1)
  (data (i32.const 16) "old_span")
  (data (i32.const 32) "names:old,answer:42")
  (data (i32.const 64) "old_calls:1|c")
  (data (i32.const 80) "hello from the old names")

  (func $work                                                               ;; 8
    (call $span_enter (i64.const 16) (i32.const 8))
    (call $span_tags (i64.const 32) (i32.const 19))
    (call $log (i32.const 3) (i64.const 80) (i32.const 24))
    (call $metric (i32.const 1) (i64.const 64) (i32.const 13))
    (call $instrument_memory_grow (i32.const 1))
    (drop (memory.grow (i32.const 1)))
    (call $span_exit))

  (func $_start (export "_start")
    (call $instrument_enter (i32.const 8))
    (call $work)
    (call $instrument_exit (i32.const 8))))
