;; Calls itself until the stack is used up, and at each depth functions of the host, which need stack of their own.
(module $recursion_into_host
  (import "wasi_snapshot_preview1" "path_open" (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "dylibso:observe/api" "span-enter" (func $span_enter (param i32 i32)))
  (import "dylibso:observe/api" "span-tags" (func $span_tags (param i32 i32)))
  (import "dylibso:observe/api" "span-exit" (func $span_exit))
  (import "dylibso:observe/api" "metric" (func $metric (param i32 i32 i32)))
  (import "dylibso:observe/api" "log" (func $log (param i32 i32 i32)))

  (memory (export "memory") 1)
  (data (i32.const 0) "\08\00\00\00\01\00\00\00.")
  (data (i32.const 16) "data/../data/./none")
  (data (i32.const 48) "depth:1|c|#depth:many")

  (func $deeper (param $n i32) (result i32)
    (drop (call $path_open (i32.const 3) (i32.const 1) (i32.const 16) (i32.const 19) (i32.const 0) (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 80)))
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 80)))
    (call $span_enter (i32.const 48) (i32.const 5))
    (call $span_tags (i32.const 48) (i32.const 7))
    (call $log (i32.const 1) (i32.const 48) (i32.const 5))
    (call $metric (i32.const 1) (i32.const 48) (i32.const 21))
    (call $span_exit)
    (i32.add (call $deeper (i32.add (local.get $n) (i32.const 1))) (i32.const 1)))

  (func $_start (export "_start")
    (drop (call $deeper (i32.const 0)))))
