;; Sleeps for 292 years in one call.
(module $huge_sleep
  (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll_oneoff (param i32 i32 i32 i32) (result i32)))

  (memory (export "memory") 1)

  (func $_start (export "_start")
    (i32.store (i32.const 16) (i32.const 1))                       ;; the monotonic clock
    (i64.store (i32.const 24) (i64.const 0x7fffffffffffffff))      ;; nanoseconds from now
    (drop (call $poll_oneoff (i32.const 0) (i32.const 64) (i32.const 1) (i32.const 128)))))
