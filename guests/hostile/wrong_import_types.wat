;; Imports functions of the host with types that they do not have.
(module $wrong_import_types
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i64 i64 i64 i64) (result i64)))
  (import "dylibso:observe/api" "span-enter" (func $span_enter (param f64)))

  (memory (export "memory") 1)

  (func $_start (export "_start")
    (drop (call $fd_write (i64.const 1) (i64.const 0) (i64.const 1) (i64.const 0)))
    (call $span_enter (f64.const 1))))
