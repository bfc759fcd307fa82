;; Leaves by proc_exit(7) a thousand calls deep, by way of a table and under two open spans. Nothing after it may run:
;; each call would print a line when it returns.
(module $exit_in_call_chain
  (type $call (func (param i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "dylibso:observe/api" "span-enter" (func $span_enter (param i32 i32)))
  (import "dylibso:observe/api" "span-exit" (func $span_exit))

  (memory (export "memory") 1)
  (data (i32.const 16) "outer")
  (data (i32.const 32) "inner")
  (data (i32.const 48) "still here\n")
  (data (i32.const 64) "\30\00\00\00\0b\00\00\00")
  (table 1 funcref)
  (elem (i32.const 0) $deeper)

  (func $deeper (param $left i32)
    (if (i32.eqz (local.get $left))
      (then (call $proc_exit (i32.const 7))))
    (call_indirect (type $call) (i32.sub (local.get $left) (i32.const 1)) (i32.const 0))
    (drop (call $fd_write (i32.const 1) (i32.const 64) (i32.const 1) (i32.const 80))))

  (func $_start (export "_start")
    (call $span_enter (i32.const 16) (i32.const 5))
    (call $span_enter (i32.const 32) (i32.const 5))
    (call $deeper (i32.const 1000))
    (call $span_exit)
    (call $span_exit)))
