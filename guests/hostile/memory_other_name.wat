;; Exports its memory by another name than WASI asks for, and a function by that name. It exits with the errno.
(module $memory_other_name
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (import "dylibso:observe/api" "span-enter" (func $span_enter (param i32 i32)))
  (import "dylibso:observe/api" "log" (func $log (param i32 i32 i32)))

  (memory (export "mem") 1)
  (data (i32.const 0) "\08\00\00\00\06\00\00\00hello\n")

  (func $memory (export "memory"))

  (func $_start (export "_start")
    (call $span_enter (i32.const 8) (i32.const 5))
    (call $log (i32.const 1) (i32.const 8) (i32.const 5))
    (call $proc_exit (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 16)))))
